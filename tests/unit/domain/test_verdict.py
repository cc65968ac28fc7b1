"""The tables of verdicts have no gaps."""

from __future__ import annotations

from judge.domain.verdict import ALWAYS, ON_REQUEST, VERDICT_OF, Fact, Verdict


def test_every_fact_has_a_verdict_of_its_own() -> None:
    assert set(VERDICT_OF) == set(Fact)
    assert len(set(VERDICT_OF.values())) == len(Fact)


def test_no_fact_that_differs_is_accepted_or_called_our_fault() -> None:
    assert not {Verdict.ACCEPTED, Verdict.JUDGE_ERROR} & set(VERDICT_OF.values())


def test_every_fact_is_compared_always_or_on_request_and_never_both() -> None:
    assert set(Fact) == ALWAYS | ON_REQUEST
    assert not ALWAYS & ON_REQUEST


def test_what_a_result_is_comes_before_what_was_done_on_the_way() -> None:
    order = list(Fact)
    assert order[0] is Fact.OUTCOME
    assert order.index(Fact.TYPE) < order.index(Fact.SHAPE) < order.index(Fact.VALUE)
    assert all(order.index(Fact.VALUE) < order.index(each) for each in ON_REQUEST)
