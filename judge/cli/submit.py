"""``judge submit``: send a file to a site, and show its verdict as ``judge run`` does."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import click
import httpx

from judge.cli.options import json_option, language_option, print_json, settings
from judge.cli.run import read_answer
from judge.domain.problem import Language, Text
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.errors import UsageError
from judge.wording.interface import label

_WAIT_S = 5
_LIMIT_S = 600.0
_TIMEOUT_S = 30.0
_OK = 300


@click.command("submit")
@click.argument("problem")
@click.argument("file")
@click.option(
    "--server", metavar="URL", help="The site; else JUDGE_PUBLIC_URL, else this machine's."
)
@click.option(
    "--token-file", type=click.Path(dir_okay=False, path_type=Path), help="Holds a token."
)
@click.option("--run", "trial", is_flag=True, help="Only the samples; costs nothing.")
@json_option
@language_option
@click.pass_context
def command(
    context: click.Context,
    /,
    problem: str,
    file: str,
    *,
    as_json: bool,
    trial: bool,
    token_file: Path | None,
    **given: str | None,
) -> None:
    """Submit FILE (- for standard input) as an answer to PROBLEM, chapter/slug.

    The token is made on the site's account page; it is read from --token-file, else from the
    environment variable TENSORJUDGE_TOKEN. Exits as `judge run` does.
    """
    chosen = settings()
    language = Language(given["lang"] or chosen.language)
    server = given["server"] or chosen.public_url or f"http://{chosen.host}:{chosen.port}"
    source = read_answer(file)
    headers = {"Authorization": f"Bearer {_token(token_file)}"}
    body = {
        "problem": problem,
        "code": source.decode("utf-8", "replace"),
        "kind": "run" if trial else "submit",
    }
    with httpx.Client(base_url=f"{server}/api/v1", headers=headers, timeout=_TIMEOUT_S) as client:
        found = _followed(client, body, language)
    report = found["report"]
    if report is None:
        raise UsageError(f"the submission {found['id']} has no verdict: {found['state']}")
    if as_json:
        print_json(found)
    else:
        _show(report, source=source, language=language)
    context.exit(0 if report["verdict"] == Verdict.ACCEPTED else 1)


def _token(path: Path | None) -> str:
    if path is not None:
        try:
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as exc:
            raise UsageError(f"the file {str(path)!r} can't be read: {exc}") from exc
    token = os.environ.get("TENSORJUDGE_TOKEN", "")  # noqa: TID251  a secret of the caller's own
    if not token:
        raise UsageError(
            "no token: make one on the site's account page, then set TENSORJUDGE_TOKEN, "
            "or use --token-file"
        )
    return token


def _followed(client: httpx.Client, body: dict[str, str], language: Language) -> dict[str, Any]:
    """Send an answer, and wait until it is judged."""
    from judge.cli.terminal import waiting  # noqa: PLC0415  needless where the call is wrong

    end = time.monotonic() + _LIMIT_S
    with waiting(label("progress.judging", language)):
        found = _asked(client, "POST", "/submissions", json=body, language=language)
        while found["state"] in ("queued", "running") and time.monotonic() < end:
            path = f"/submissions/{found['id']}"
            found = _asked(client, "GET", path, language=language, wait=_WAIT_S)
    return found


def _asked(
    client: httpx.Client,
    method: str,
    path: str,
    *,
    json: dict[str, str] | None = None,
    **query: str | int,
) -> dict[str, Any]:
    try:
        answer = client.request(method, path, json=json, params=query)
        found: dict[str, Any] = answer.json()
    except httpx.HTTPError as exc:
        raise UsageError(f"the site {client.base_url} can't be reached: {exc}") from exc
    except ValueError as exc:
        raise UsageError(f"{client.base_url} does not answer like this judge's site") from exc
    if answer.status_code >= _OK:
        raise UsageError(f"the site refuses: {found.get('title')}. {found.get('detail', '')}")
    return found


def _show(report: dict[str, Any], *, source: bytes, language: Language) -> None:
    from pydantic import TypeAdapter  # noqa: PLC0415  needless with --json

    from judge.cli.show.reader import Reader, lines_of  # noqa: PLC0415
    from judge.cli.show.report import page  # noqa: PLC0415
    from judge.cli.terminal import show  # noqa: PLC0415

    found: Report = TypeAdapter(Report).validate_python(report)
    title = Text(found.problem, found.problem)
    show(page(found, title=title, reader=Reader(language, lines_of(source))))
