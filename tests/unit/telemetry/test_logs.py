"""Everybody's words come as one line each, followed by an id, and quote nobody."""

from __future__ import annotations

import io
import logging
import sys
import threading
import warnings

import pytest

from judge.telemetry import logs
from judge.telemetry.following import bind, following, forget, new_request_id, request_id
from tests.unit.telemetry.catching import Caught

OURS = logging.getLogger("worker.tests")
ESCAPES = "one\ntwo\r\x1b[31mred\x00\x9b1m\u202e\u2028"


def test_a_line_says_when_who_how_loudly_and_what(caught: Caught) -> None:
    OURS.info("judged", extra={"submission": 7, "verdict": "accepted", "duration_ms": 3.5})
    (line,) = caught.objects()
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "judged",
        "level": "info",
        "service": "tests",
        "logger": "worker.tests",
        "submission": 7,
        "verdict": "accepted",
        "duration_ms": 3.5,
    }


def test_every_line_of_a_block_says_what_it_is_about(caught: Caught) -> None:
    with following(submission=7, request="abcdefgh"):
        OURS.info("inside")
        logging.getLogger("celery.worker").warning("inside, by somebody else")
    OURS.info("outside")
    inside, other, outside = caught.objects()
    assert (inside["submission"], inside["request"]) == (7, "abcdefgh")
    assert (other["submission"], other["request"]) == (7, "abcdefgh")
    assert "submission" not in outside


def test_what_one_thread_is_busy_with_another_does_not_say(caught: Caught) -> None:
    bind(request="abcdefgh", submission=1)
    thread = threading.Thread(target=lambda: OURS.info("elsewhere"))
    thread.start()
    thread.join()
    OURS.info("here")
    forget()
    OURS.info("over")
    elsewhere, here, over = caught.objects()
    assert here["submission"] == 1
    assert "submission" not in elsewhere
    assert "request" not in over


def test_a_field_that_nobody_agreed_on_is_left_out(caught: Caught) -> None:
    OURS.info("submitted", extra={"code": "import os", "password": "x", "submission": 1})
    assert "import os" not in caught.getvalue()
    assert caught.objects()[0].keys() & {"code", "password"} == set()


@pytest.mark.parametrize("style", ["json", "text"])
def test_nothing_breaks_out_of_its_line(style: logs.Style, restored: None) -> None:
    del restored
    stream = io.StringIO()
    logs.configure("tests", style=style, stream=stream)
    OURS.info("said %s", ESCAPES, extra={"problem": ESCAPES})
    text = stream.getvalue()
    assert text.endswith("\n")
    assert text.removesuffix("\n").isprintable()


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("key hunter2-hunter2 is set", "hunter2-hunter2"),
        ("postgresql://judge:s3cret@db/judge", "s3cret"),
        ("GET /reset/pX9zKq1_vT-aB3dE5fG7hJ", "pX9zKq1_vT-aB3dE5fG7hJ"),
        ("at /sign-in?next=/&token=abc", "token=abc"),
        ("Authorization: Bearer abc.def", "abc.def"),
    ],
)
def test_what_is_secret_is_hidden_wherever_it_stands(
    said: str, hidden: str, caught: Caught
) -> None:
    OURS.warning("%s", said, extra={"problem": said})
    assert hidden not in caught.getvalue()
    assert "…" in caught.getvalue()


def test_what_only_looks_random_stays(caught: Caught) -> None:
    words = "celery task 8d2f6a30-0f43-4b2a-9c1e-52d1b7a3c9e4 on judge-worker-of-the-second-host"
    OURS.info(words)
    assert caught.objects()[0]["event"] == words


def test_an_exception_is_told_by_kind_and_place_and_not_by_its_message(caught: Caught) -> None:
    try:
        try:
            raise KeyError("import os  # the student's")  # noqa: TRY301  so that there is a cause
        except KeyError as exc:
            raise ValueError("def answer(): the student's") from exc
    except ValueError as exc:
        OURS.error("no verdict: %s", type(exc).__name__, exc_info=exc)
    (line,) = caught.objects()
    told = "\n".join(line["exception"])
    assert "student" not in caught.getvalue()
    assert told.startswith("ValueError\n")
    assert "because of KeyError" in told
    assert "test_logs.py" in told


def test_the_systems_own_words_are_told(caught: Caught) -> None:
    OURS.error("can't write", exc_info=OSError(28, "No space left on device"))
    assert caught.objects()[0]["exception"] == ["OSError: No space left on device"]


def test_strangers_are_heard_without_what_they_speak_of(caught: Caught) -> None:
    gunicorn = logging.getLogger("gunicorn.error")
    gunicorn.error("Error handling request %s", "/reset/secret")
    gunicorn.warning("Invalid request from ip=127.0.0.1: 'import os'")
    gunicorn.error("Worker (pid:%s) was sent code %s", 12, "import os")
    logging.getLogger("web").error("Exception on %s [%s]", "/reset/secret", "GET")
    assert [line["event"] for line in caught.objects()] == [
        "Error handling request …",
        "Invalid request from ip=127.0.0.1",
        "Worker (pid:12) was sent code …",
        "Exception on … […]",
    ]


def test_a_warning_is_told_by_its_place(caught: Caught) -> None:
    warnings.showwarning("invalid escape in 'import os'", SyntaxWarning, "answer.py", 3)
    assert caught.objects()[0]["event"] == "SyntaxWarning at answer.py:3"


def test_what_ends_a_thread_or_the_process_is_told_without_its_message(caught: Caught) -> None:
    def fail() -> None:
        raise RuntimeError("import os")

    thread = threading.Thread(target=fail, name="doomed")
    thread.start()
    thread.join()
    error = ValueError("import os")
    sys.excepthook(ValueError, error, None)
    first, second = caught.objects()
    assert first["event"] == "the thread doomed ended: RuntimeError"
    assert second["event"] == "this process ends: ValueError"
    assert "import os" not in caught.getvalue()


def test_a_format_that_does_not_fit_is_a_line_too(caught: Caught) -> None:
    record = OURS.makeRecord(OURS.name, logging.INFO, "", 1, "%d of %d", ("one",), None)
    # Not by the logger: pytest listens too, and insists on a format that fits.
    ours = [
        each for each in logging.getLogger().handlers if isinstance(each, logging.StreamHandler)
    ]
    next(each for each in ours if each.stream is caught).handle(record)
    assert caught.objects()[0]["event"] == "%d of %d"


def test_what_is_less_important_than_the_level_is_left_out(restored: None) -> None:
    del restored
    stream = Caught()
    logs.configure("tests", style="json", level="warning", stream=stream)
    OURS.info("left out")
    OURS.warning("kept")
    assert [line["event"] for line in stream.objects()] == ["kept"]


def test_a_long_text_is_cut(caught: Caught) -> None:
    OURS.info("x" * 100_000)
    assert len(caught.getvalue()) < 2000


def test_an_id_from_elsewhere_is_taken_only_if_it_can_stand_in_a_log() -> None:
    given = ["abcdefgh-1234", new_request_id()]
    assert [request_id(each) for each in given] == given
    for bad in ("short", "a" * 65, "line\nbreak-line", "\x1b[31mabcdefgh", "a b c d e f g h", 7):
        assert request_id(bad) is None
