"""A whole report, drawn for a terminal."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len

from judge.cli.show.reader import Reader
from judge.cli.show.report import page, width_of
from judge.domain.problem import Language, Text
from judge.domain.report import Difference, ExceptionReport, Message, Report, Sample, Spot
from judge.domain.verdict import Device, Fact, Verdict

Draw = Callable[..., str]
Make = Any
WIDTHS = pytest.mark.parametrize("width", [40, 80, 200])
BOTH = pytest.mark.parametrize("language", Language)


def eventful(make: Make) -> Report:
    """A report with something of everything."""
    report: Report = make.report(
        make.case(0),
        dataclasses.replace(make.values(make.small()), index=1),
        dataclasses.replace(make.values(make.large()), index=2),
        make.raising(3, output="one\ntwo\n", errors="warned\n"),
        make.shape(4, simulated=True, device=Device.CUDA),
        make.case(5, verdict=None, message=Message("skipped.timeouts")),
        explanations=(
            Text("星号是逐元素相乘。" * 9, "A star multiplies element by element. " * 4),
        ),
    )
    return report


@WIDTHS
@BOTH
def test_no_line_is_wider_than_the_terminal(
    width: int, language: Language, make: Make, draw: Draw
) -> None:
    reader = Reader(language, ("import torch", "", "", "    return q * k  # " + "长" * 150))
    text = draw(page(eventful(make), title=make.title, reader=reader), width=width)
    assert max(map(cell_len, text.splitlines())) <= width


@WIDTHS
def test_no_line_ends_with_spaces(width: int, make: Make, english: Reader, draw: Draw) -> None:
    lines = draw(page(eventful(make), title=make.title, reader=english), width=width).splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


@BOTH
def test_without_a_terminal_nothing_but_text_is_written(
    language: Language, make: Make, draw: Draw
) -> None:
    text = draw(page(eventful(make), title=make.title, reader=Reader(language)))
    assert {each for each in text if unicodedata.category(each) == "Cc"} == {"\n"}


def test_the_verdict_the_score_and_the_time_come_first(
    make: Make, english: Reader, draw: Draw
) -> None:
    report = make.report(make.case(0), make.shape(1))
    lines = draw(page(report, title=make.title, reader=english)).splitlines()
    assert lines[0] == "✗ Wrong shape · 1 of 2 points · 1 of 2 cases fail · 12 ms"
    assert lines[1] == "Batched scores · 02-arithmetic/batched-scores"


def test_a_problem_known_by_its_slug_alone_is_named_once(
    make: Make, english: Reader, draw: Draw
) -> None:
    report = make.report(make.case(0))
    slug = Text(report.problem, report.problem)
    assert draw(page(report, title=slug, reader=english)).splitlines()[1] == report.problem


def test_the_same_in_chinese(make: Make, chinese: Reader, draw: Draw) -> None:
    report = make.report(make.case(0), make.shape(1))
    lines = draw(page(report, title=make.title, reader=chinese)).splitlines()
    assert lines[0] == "✗ 形状错误 · 得分 1/2 · 2 个测试点中 1 个未通过 · 12 ms"
    assert lines[1] == "批量打分 · 02-arithmetic/batched-scores"


def test_an_accepted_answer_has_a_line_for_each_case(
    make: Make, english: Reader, draw: Draw
) -> None:
    report = make.report(make.case(0, shown=True), make.case(1))
    lines = draw(page(report, title=make.title, reader=english)).splitlines()
    assert lines[0].startswith("✓ Accepted · 2 of 2 points")
    assert lines[-2:] == ["✓ 1  example 1 · sample", "✓ 2  example 2 · hidden"]


def test_many_accepted_cases_are_run_together(make: Make, english: Reader, draw: Draw) -> None:
    report = make.report(*(make.case(index) for index in range(12)))
    lines = draw(page(report, title=make.title, reader=english)).splitlines()
    assert lines[4].startswith("✓ 1 example 1  ✓ 2 example 2")
    assert len(lines) < 8


def test_failing_cases_come_before_accepted_ones(make: Make, english: Reader, draw: Draw) -> None:
    report = make.report(make.case(0), make.shape(1), make.case(2))
    text = draw(page(report, title=make.title, reader=english))
    assert text.index("✗ 2  example 2") < text.index("✓ 1  example 1") < text.index("✓ 3")


def test_a_case_names_the_first_differing_property_and_shows_both_sides(
    make: Make, english: Reader, draw: Draw
) -> None:
    text = draw(page(make.report(make.shape()), title=make.title, reader=english))
    assert "│ shape: `result` has shape (2, 4) where (2, 2, 4) is expected" in text
    assert "│ expected    got\n│ (2, 2, 4)   (2, 4)\n" in text


def test_further_differences_are_smaller_lines(make: Make, english: Reader, draw: Draw) -> None:
    parameters = {"path": "result", "expected": "float32", "got": "float64"}
    message = Message("dtype.double", parameters)
    second = Difference(Fact.DTYPE, "result", message, "float32", "float64")
    case = make.shape()
    case = dataclasses.replace(case, differences=(*case.differences, second))
    text = draw(page(make.report(case), title=make.title, reader=english))
    assert "│ + dtype: `result` expected float32, got float64\n" in text


def test_what_a_hidden_case_may_not_show_is_called_so(
    make: Make, english: Reader, draw: Draw
) -> None:
    case = make.shape()
    hidden = dataclasses.replace(case.differences[0], got="…")
    report = make.report(dataclasses.replace(case, differences=(hidden,)))
    assert "(2, 2, 4)   (not shown)" in draw(page(report, title=make.title, reader=english))


def test_a_case_that_fails_like_an_earlier_one_only_says_so(
    make: Make, english: Reader, draw: Draw
) -> None:
    report = make.report(make.shape(0), make.shape(1), make.shape(2))
    text = draw(page(report, title=make.title, reader=english))
    assert text.count("has shape (2, 4)") == 1
    assert text.endswith(
        "\n\n"
        "✗ 2  example 2 · Wrong shape · hidden · as in case 1\n"
        "✗ 3  example 3 · Wrong shape · hidden · as in case 1\n"
    )


def test_what_differs_from_the_earlier_case_is_still_shown(
    make: Make, english: Reader, draw: Draw
) -> None:
    second = make.shape(1)
    other = dataclasses.replace(second.differences[0], expected="(5, 5)", got="(5,)")
    report = make.report(make.shape(0), dataclasses.replace(second, differences=(other,)))
    text = draw(page(report, title=make.title, reader=english))
    assert text.endswith("hidden · as in case 1\n│ expected   got\n│ (5, 5)     (5,)\n")


def test_repetitions_share_a_card(make: Make, english: Reader, draw: Draw) -> None:
    runs = [make.shape(0, repetition=each) for each in range(3)]
    late = make.case(0, repetition=3, verdict=Verdict.TIME_LIMIT, message=Message("died.garbled"))
    right = make.case(0, repetition=4)
    text = draw(page(make.report(late, *runs, right), title=make.title, reader=english))
    assert "✗ 1  example 1 · Wrong shape · hidden · 4 of 5 runs fail\n" in text
    assert "│ other runs: Time limit (1)" in text


def test_an_exception_comes_with_the_students_own_line(
    make: Make, english: Reader, draw: Draw
) -> None:
    text = draw(page(make.report(make.raising()), title=make.title, reader=english))
    assert "│ RuntimeError: sizes differ\n" in text
    assert "│   3 │ def scores(q, k):\n│ > 4 │     return q * k\n" in text


def test_the_call_of_a_visible_case_is_shown(make: Make, english: Reader, draw: Draw) -> None:
    text = draw(page(make.report(make.raising()), title=make.title, reader=english))
    assert "│ called with\n│ q         tensor([1., 2.])\n│ expected  tensor([3.])\n" in text
    assert "raises RuntimeError" not in text


def test_what_a_visible_case_printed_is_shown(make: Make, english: Reader, draw: Draw) -> None:
    case = make.raising(output="".join(f"line {each}\n" for each in range(30)), errors="oh\n")
    text = draw(page(make.report(case), title=make.title, reader=english))
    assert "│ printed\n│   line 0\n│   line 1\n" in text
    assert "line 19\n" in text
    assert "line 20" not in text
    assert "… 10 more" in text
    assert "│ written to stderr\n│   oh\n" in text


def test_a_syntax_error_has_a_caret_below_its_column(make: Make, draw: Draw) -> None:
    reader = Reader(Language.EN, ("x = 1", "y = (1,", "z = 2"))
    message = Message("syntax.error", {"detail": "'(' was never closed"})
    report = make.report(
        verdict=Verdict.SYNTAX_ERROR, message=message, spots=(Spot(2, 5, message),)
    )
    text = draw(page(report, title=make.title, reader=reader))
    assert "Python cannot read your file: '(' was never closed.\n" in text
    assert text.count("never closed") == 1
    assert "│   1 │ x = 1\n│ > 2 │ y = (1,\n│           ^\n│   3 │ z = 2\n" in text


def test_a_caret_counts_a_chinese_character_as_two_columns(make: Make, draw: Draw) -> None:
    reader = Reader(Language.EN, ('x = "中文" + (1',))
    message = Message("syntax.error", {"detail": "d"})
    report = make.report(
        verdict=Verdict.SYNTAX_ERROR, message=message, spots=(Spot(1, 12, message),)
    )
    lines = draw(page(report, title=make.title, reader=reader)).splitlines()
    quoted = next(line for line in lines if "中文" in line)
    caret = lines[lines.index(quoted) + 1]
    assert cell_len(quoted[: quoted.index("(")]) == caret.index("^")


def test_every_forbidden_place_is_quoted(make: Make, english: Reader, draw: Draw) -> None:
    first = Message("forbidden.syntax", {"keyword": "for"})
    second = Message("forbidden.name", {"name": "torch.mm"})
    spots = (Spot(3, 1, first), Spot(4, 12, second))
    report = make.report(verdict=Verdict.FORBIDDEN, message=first, spots=spots)
    text = draw(page(report, title=make.title, reader=english))
    assert "> 3 │ def scores(q, k):" in text
    assert "> 4 │     return q * k" in text
    assert text.count("`for` may not be used") == 1
    assert "│ `torch.mm` may not be used" in text


@pytest.mark.parametrize("line", [0, -3, 99, 10**12])
def test_a_line_that_the_file_does_not_have_is_only_named(
    line: int, make: Make, english: Reader, draw: Draw
) -> None:
    message = Message("import.raised", {"exception": "ValueError"})
    report = make.report(
        verdict=Verdict.RUNTIME_ERROR, message=message, spots=(Spot(line, 1, message),)
    )
    assert f"line {line}" in draw(page(report, title=make.title, reader=english))


def test_a_recognised_mistake_is_explained_in_a_box(
    make: Make, english: Reader, draw: Draw
) -> None:
    report = make.report(make.shape(), explanations=(Text("星号", "A star is not `@`."),))
    text = draw(page(report, title=make.title, reader=english))
    assert "┏━ A known mistake ━━┓\n┃ A star is not `@`. ┃\n" in text


def test_a_simulated_device_is_said_once(make: Make, english: Reader, draw: Draw) -> None:
    cases = [make.case(each, simulated=True, device=Device.CUDA) for each in range(2)]
    text = draw(page(make.report(*cases), title=make.title, reader=english))
    assert "✓ 1  example 1 · hidden · on cuda, simulated\n" in text
    assert text.count("There is no GPU here") == 1


def test_a_skipped_case_is_neither_right_nor_wrong(make: Make, english: Reader, draw: Draw) -> None:
    late = make.case(0, verdict=Verdict.TIME_LIMIT, message=Message("limit.time", {"limit_s": 2.0}))
    skipped = make.case(1, verdict=None, message=Message("skipped.timeouts"))
    text = draw(page(make.report(late, skipped), title=make.title, reader=english))
    assert "– 2  example 2 · hidden · not run\n" in text
    assert "1 of 2 cases fail" in text
    assert "Not run: too many earlier cases" in text


def test_what_a_student_writes_is_neither_markup_nor_a_terminals_command(
    make: Make, draw: Draw
) -> None:
    evil = "[bold red]x[/] \x1b[31m \x07 \x9b2J \u202eabc\u202c \r"
    reader = Reader(Language.EN, (evil,) * 4)
    case = make.raising(
        exception=ExceptionReport(evil, evil),
        sample=Sample(((evil, evil),), evil, evil),
        output=evil,
        errors=evil,
        name=Text(evil, evil),
    )
    message = Message("outcome.raised", {"exception": evil})
    case = dataclasses.replace(
        case, differences=(Difference(Fact.TYPE, evil, message, evil, evil),)
    )
    report = make.report(case, spots=(Spot(1, 3, message),), output=evil)
    text = draw(page(report, title=make.title, reader=reader, notes=[evil]), width=200)
    categories = {unicodedata.category(each) for each in text.replace("\n", "")}
    assert not categories & {"Cc", "Cf", "Cs"}
    assert "[bold red]x[/]" in text


def test_colour_is_never_alone(make: Make, english: Reader, draw: Draw) -> None:
    content = page(eventful(make), title=make.title, reader=english)
    assert "\x1b[" in draw(content, terminal=True)
    text = draw(content)
    for sign in ("✗ 2", "– 6", "✓ 1", "*3.25", "> 4 │", "█"):
        assert sign in text


@pytest.mark.parametrize(("terminal", "drawn"), [(10, 40), (40, 40), (100, 100), (500, 200)])
def test_a_page_is_never_drawn_too_narrow_or_too_wide(terminal: int, drawn: int) -> None:
    assert width_of(terminal) == drawn
