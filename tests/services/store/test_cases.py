"""Cases are kept to the byte, whatever a student printed into them, and come back in order."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from judge.store import Store, cases
from judge.store.work import CaseResult
from tests.services.conftest import put_user
from tests.services.store.test_outcomes import submit

pytestmark = pytest.mark.services
ODD: list[dict[str, Any]] = [
    {"verdict": "wrong_value", "output": "NUL \0, half a pair \ud800, \u2028, 😀, \\u0000, '\""},
    {"verdict": None, "numbers": [0, -0.0, 1e-320, 1.7976931348623157e308, 10**30, 0.1, True]},
    {"output": "no verdict, and a list", "深": [[], {}, [[{"a": [None]}]]]},
    *({"verdict": "accepted", "number": number} for number in range(30)),
]


def test_whatever_stands_in_a_case_comes_back(store: Store) -> None:
    number, other = submit(store, put_user(store)).id, submit(store, put_user(store, "Bo")).id
    with store.write() as session:
        cases.put(session.connection(), number, ODD)
        cases.put(session.connection(), other, ODD[3:5])
        cases.put(session.connection(), other, [])
    with store.look() as connection:
        assert connection.scalar(select(cases.of(number))) == ODD
        assert connection.scalar(select(cases.of(other))) == ODD[3:5]
        assert not connection.scalar(select(cases.of(other + 1)))
        rows = connection.execute(
            select(CaseResult.position, CaseResult.verdict)
            .where(CaseResult.submission_id == number)
            .order_by(CaseResult.position)
        ).all()
    assert [tuple(row) for row in rows] == [
        (place, case.get("verdict")) for place, case in enumerate(ODD)
    ]
