"""Show one difference: the sentence about it, both sides, and where numbers go wrong."""

from __future__ import annotations

import math

from rich.console import RenderableType
from rich.text import Text

from judge.cli.show.layout import SideBySide
from judge.cli.show.numbers import differing, flat, pair_texts, short_text
from judge.cli.show.picture import Picture, tells_something
from judge.cli.show.reader import Reader
from judge.cli.show.tensor import Tensor, place_slice, place_text
from judge.cli.show.text import Prose, block, clean, joined, plain, sentence, shortened
from judge.domain.report import Difference, DifferenceMap, ValueDifference
from judge.domain.verdict import Fact

EXPECTED, GOT = "green", "red"
_REDACTED = "…"
_HAVE_PLACES = frozenset(Fact) - {
    Fact.OUTCOME,
    Fact.STATE,
    Fact.OUTPUT,
    Fact.FILES,
    Fact.OPERATIONS,
}
_LONGEST_ASIDE = 60
_MANY_TIMES = 10
"""From here on nobody thinks in percent."""
_TIMES_SIGN = "\N{MULTIPLICATION SIGN}"


def told(difference: Difference, reader: Reader) -> Prose:
    """Name a property and say what is wrong with it."""
    said = sentence(reader.say(difference.message))
    if difference.fact is Fact.OUTCOME:
        return Prose(said)
    return Prose(Text.assemble(_named(difference, reader, "bold yellow"), said))


def aside(difference: Difference, reader: Reader) -> Prose:
    """Mention a further difference in a line or two."""
    name = _named(difference, reader, "yellow")
    short = _both_in_words(difference, reader) or reader.say(difference.message)
    return Prose(Text.assemble("+ ", name, sentence(short, style="dim")), indent=2)


def _named(difference: Difference, reader: Reader, style: str) -> Text:
    return plain(reader("named", name=reader.fact(difference.fact)), style=style)


def _both_in_words(difference: Difference, reader: Reader) -> str | None:
    expected, got = difference.expected, difference.got
    if difference.fact is Fact.OUTCOME or expected is None or got in (None, _REDACTED):
        return None
    if len(expected) + len(str(got)) > _LONGEST_ASIDE:
        return None
    both = reader("expected_got", expected=expected, got=str(got))
    # Where there is only one output, its name says nothing.
    return f"`{difference.path}` {both}" if difference.fact in _HAVE_PLACES else both


def evidence(difference: Difference, reader: Reader) -> list[RenderableType]:
    """Return both sides of a difference, as far as they may be shown."""
    if difference.values is not None:
        return _values(difference, difference.values, reader)
    if difference.fact is Fact.OUTCOME or (difference.expected is None and difference.got is None):
        return []
    sides = (difference.expected, difference.got)
    left, right = (
        block(reader("unshown") if side in (None, _REDACTED) else str(side), style=style)
        for side, style in zip(sides, (EXPECTED, GOT), strict=True)
    )
    return [SideBySide(left, right, titles=titles(reader))]


def titles(reader: Reader) -> tuple[Text, Text]:
    """Return the titles of the two sides of every comparison."""
    return plain(reader("expected"), style="bold"), plain(reader("got"), style="bold")


def _values(
    difference: Difference, values: ValueDifference, reader: Reader
) -> list[RenderableType]:
    if values.worst_expected is None and values.worst_got is None:
        # A hidden case. Most sentences say how many elements differ.
        told_already = "total" in difference.message.parameters
        return [] if told_already else [Prose(sentence(_count(values, reader)))]
    shown: list[RenderableType] = []
    if values.expected is not None:
        shown += _tensors(values, reader)
    elif values.map is not None and tells_something(values.map):
        part = _part(values.map)
        name = reader("map.part", part=f"`{clean(difference.path)}{part}`")
        shown += [Prose(sentence(name)), Picture(values.map, reader=reader)]
    return [*shown, *(Prose(line) for line in _figures(values, reader) if line)]


def _count(values: ValueDifference, reader: Reader) -> str:
    return reader("values.count", differing=values.differing, total=values.total)


def _figures(values: ValueDifference, reader: Reader) -> list[Text]:
    """How many differ, which one most, by how much, and how much would have been allowed."""
    (expected,), (got,) = pair_texts([values.worst_expected], [values.worst_got], [0])
    first = Text()
    if values.total > 1:
        place = place_text(values.worst)
        sides = {"expected": expected.rstrip("."), "got": got.rstrip(".")}
        worst = reader("values.worst", place=place, **sides)
        first = joined(sentence(_count(values, reader)), sentence(worst))
    second = []
    if values.largest_absolute is not None and math.isfinite(values.largest_absolute):
        size = short_text(values.largest_absolute)
        second.append(reader("values.largest", absolute=size))
    if values.largest_relative is not None and math.isfinite(values.largest_relative):
        second.append(reader("values.relative", relative=_percent(values.largest_relative)))
    second.append(_allowed(values, reader))
    return [first, joined(*(sentence(each, style="dim") for each in second))]


def _percent(ratio: float) -> str:
    return (
        f"{short_text(100 * ratio)} %"
        if ratio < _MANY_TIMES
        else f"{short_text(ratio)} {_TIMES_SIGN}"
    )


def _allowed(values: ValueDifference, reader: Reader) -> str:
    if values.rtol == 0.0 and values.atol == 0.0:
        return reader("values.exact")
    allowed = f"{values.atol:g} + {values.rtol:g} |{reader('expected')}|"
    return reader("values.allowed", allowed=allowed)


def _tensors(values: ValueDifference, reader: Reader) -> list[RenderableType]:
    expected, shape = flat(values.expected)
    got, other_shape = flat(values.got)
    if shape != other_shape or len(expected) != len(got):
        return []
    places = differing(expected, got, values)
    # Where everything differs, marks say nothing.
    marked = places if len(places) < len(expected) else frozenset[int]()
    texts = pair_texts(expected, got, places)
    left, right = (
        Tensor(
            [shortened(clean(text), 40) for text in side], shape=shape, marked=marked, style=style
        )
        for side, style in zip(texts, (EXPECTED, GOT), strict=True)
    )
    legend = [sentence(reader("values.marked"), style="dim")] if marked else []
    return [SideBySide(left, right, titles=titles(reader)), *legend]


def _part(drawn: DifferenceMap) -> str:
    """Name the part of the tensor that is drawn, as one would index it."""
    ranges = (f"{start}:{stop}" for start, stop in (drawn.rows, drawn.columns))
    return place_slice([*map(str, drawn.leading), *ranges])
