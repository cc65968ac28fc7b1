"""Send the one kind of e-mail there is: a link for a new password."""

from __future__ import annotations

import logging
import smtplib
import threading
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from judge.settings import Settings
from web.languages import _

_log = logging.getLogger(__name__)
_LIMIT_S = 10


def is_configured(settings: Settings) -> bool:
    """Tell whether e-mail can be sent."""
    return bool(settings.smtp_url.get_secret_value())


def reset_words(link: str) -> dict[str, str]:
    """Return subject and text of a letter with a link, in the reader's language."""
    text = _(
        "Somebody, you we hope, asked for a new password.\n\n%(link)s\n\n"
        "The link works once, within two hours. If it was not you, nothing needs to be done.",
        link=link,
    )
    return {"subject": _("A new password for TensorJudge"), "text": text}


def send_later(settings: Settings, to: str, *, subject: str, text: str) -> None:
    """Send in a thread of its own: how long it takes must not tell whether there is an account."""
    message = EmailMessage()
    message["Subject"] = subject
    message["To"] = to
    address = urlsplit(settings.smtp_url.get_secret_value())
    message["From"] = unquote(address.username or f"judge@{address.hostname}")
    message.set_content(text)
    threading.Thread(
        target=_send, args=(settings.smtp_url.get_secret_value(), message), daemon=True
    ).start()


def _send(url: str, message: EmailMessage) -> None:
    address = urlsplit(url)
    kind = smtplib.SMTP_SSL if address.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(address.hostname or "localhost", address.port or 0, timeout=_LIMIT_S) as server:
            if address.scheme == "smtp" and address.username:
                server.starttls()
            if address.username:
                server.login(unquote(address.username), unquote(address.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as exc:
        # Their texts name whom it was for.
        _log.warning("e-mail could not be sent: %s", type(exc).__name__, exc_info=exc)
