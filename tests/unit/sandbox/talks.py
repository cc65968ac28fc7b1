"""Jobs, and what children of different honesty say to them."""

from __future__ import annotations

from judge.domain.problem import Case, Limits, Signature, Text
from judge.domain.verdict import Ending, Fact
from judge.sandbox.children import Death
from judge.sandbox.job import Job, RunId, RunSpec, Simulation, call_of, specify
from judge.sandbox.protocol import FrameKind
from judge.sandbox.session import Session, SessionResult
from tests.unit.sandbox import wire
from tests.unit.sandbox.fakes import FakeZygote, Script, Voice

SOURCE = "def f(x):\n    return x\n"
LIMITS = Limits(time_s=30.0, memory_bytes=1 << 20)
SIGNATURE = Signature("f(x)", "f", ("x",))


def runs(count: int, *checks: Fact) -> tuple[RunSpec, ...]:
    case = Case(Text("", ""), arguments=("1",), checks=frozenset(checks))
    call = call_of(case, Simulation.NONE, signature=SIGNATURE, trace_calls=False)
    return tuple(specify(case, RunId(index, 0), seed="s", call=call) for index in range(count))


def job(count: int = 1, *checks: Fact, author: bool = False) -> Job:
    return Job(SOURCE, "f", "", (), LIMITS, runs(count, *checks), author=author)


def run(
    *scripts: Script, count: int = 1, death: Death | None = None, asked: Job | None = None
) -> SessionResult:
    zygote = FakeZygote(*scripts, death=death or Death(9, None))
    return Session(zygote, asked or job(count)).run()


def honest(voice: Voice) -> None:
    """Return each call's place in the job."""
    voice.begin()
    for order in range(len(voice.job["runs"])):
        voice.say(FrameKind.FORWARD, wire.forward(order, wire.integer(order)))
    voice.end(b'{"stages_s": {"call": 0.5, "odd": 1}, "modules": ["json"]}')


def saying(*frames: bytes) -> Script:
    """Begin as an honest child does, then send these bytes and close."""

    def script(voice: Voice) -> None:
        voice.begin()
        for frame in frames:
            voice.channel.sendall(frame)

    return script


def calling(*calls: bytes) -> Script:
    """Make these calls, and end as an honest child does."""

    def script(voice: Voice) -> None:
        voice.begin()
        for call in calls:
            voice.say(FrameKind.FORWARD, call)
        voice.end()

    return script


def leaving(voice: Voice) -> None:
    voice.begin()


def only(result: SessionResult) -> tuple[Ending, str]:
    (seen,) = result.observations.values()
    return seen.ending, seen.death
