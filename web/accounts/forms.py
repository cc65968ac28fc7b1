"""The forms of accounts, each field checked where it is typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from judge.store.accounts import NAME_LENGTH
from judge.store.passwords import LONGEST, SHORTEST
from judge.store.users import name_key
from web.languages import _

_NAME = re.compile(r"[\w][\w .·-]*[\w]|[\w]")
_ADDRESS = Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_COMMON = frozenset(
    [
        "1234567890",
        "12345678910",
        "0123456789",
        "1111111111",
        "passwordpassword",
        "password123",
        "password1234",
        "qwertyuiop",
        "qwerty1234",
        "qwertyuiop123",
        "iloveyou123",
        "administrator",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "letmein1234",
        "welcome1234",
        "abcdefghij",
        "abc1234567",
        "0987654321",
        "changeme123",
    ]
)


class Lazy:
    """A label in the language of whoever looks at it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return _(self.text)

    def __html__(self) -> str:
        return str(self)


def check_name(form: FlaskForm, field: Any) -> None:  # noqa: ANN401  as WTForms calls it
    """Refuse a name that looks like another, or that can't be typed as it looks."""
    del form
    name = field.data or ""
    normal = unicodedata.normalize("NFKC", name)
    scripts = {_script(char) for char in normal if char.isalpha()}
    if name != normal.strip() or not _NAME.fullmatch(name) or len(scripts) > 1:
        # One script a name: a Cyrillic letter among Latin ones looks like somebody else.
        raise ValidationError(
            _("Letters of one script, digits, spaces, points and hyphens; no space at the ends.")
        )


def _script(char: str) -> str:
    word = unicodedata.name(char, "?").split(" ", maxsplit=1)[0]
    # Chinese, Japanese and Korean names mix these as a matter of course.
    return "CJK" if word in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO") else word


def _check_password(form: FlaskForm, field: Any) -> None:  # noqa: ANN401  as WTForms calls it
    password = field.data or ""
    name = getattr(getattr(form, "name", None), "data", None)
    if password.casefold() in _COMMON or len(set(password)) < 4:  # noqa: PLR2004
        raise ValidationError(_("This password is among the first that anybody would try."))
    if isinstance(name, str) and name and name_key(password) == name_key(name):
        raise ValidationError(_("The password may not be the name."))


def _new_password() -> PasswordField:
    return PasswordField(
        Lazy("New password"),
        [DataRequired(), Length(SHORTEST, LONGEST), _check_password],
        render_kw={"autocomplete": "new-password"},
    )


class SignIn(FlaskForm):
    """Name and password."""

    name = StringField(
        Lazy("Name"), [DataRequired(), Length(max=200)], render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        Lazy("Password"),
        [DataRequired(), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class Register(FlaskForm):
    """A new account."""

    name = StringField(
        Lazy("Name"),
        [DataRequired(), Length(2, NAME_LENGTH), check_name],
        render_kw={"autocomplete": "username"},
    )
    email = EmailField(
        Lazy("E-mail (optional)"),
        [Optional(), Length(max=254), _ADDRESS],
        render_kw={"autocomplete": "email"},
    )
    password = PasswordField(
        Lazy("Password"),
        [DataRequired(), Length(SHORTEST, LONGEST), _check_password],
        render_kw={"autocomplete": "new-password"},
    )
    invitation = StringField(Lazy("Invitation code"), [Length(max=80)])


class Reset(FlaskForm):
    """A new password, by a link."""

    password = _new_password()


class Forgotten(FlaskForm):
    """Whoever has forgotten a password."""

    name = StringField(
        Lazy("Name"), [DataRequired(), Length(max=200)], render_kw={"autocomplete": "username"}
    )


class ChangePassword(FlaskForm):
    """The old password, and the new one."""

    current = PasswordField(
        Lazy("Current password"),
        [DataRequired(), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    password = _new_password()


class Profile(FlaskForm):
    """What others see, and where links go."""

    email = EmailField(Lazy("E-mail (optional)"), [Optional(), Length(max=254), _ADDRESS])
    in_ranking = BooleanField(Lazy("Show me in the ranking"))


class NewToken(FlaskForm):
    """A name for a token."""

    label = StringField(Lazy("What it is for"), [DataRequired(), Length(max=60)])


class Delete(FlaskForm):
    """The password, to be sure."""

    current = PasswordField(
        Lazy("Current password"),
        [DataRequired(), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
