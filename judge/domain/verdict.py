"""The closed sets that a verdict is made of, and the one table that joins them."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a case, and a submission, is called in the end."""

    ACCEPTED = "accepted"
    RUNTIME_ERROR = "runtime_error"
    WRONG_EXCEPTION = "wrong_exception"
    WRONG_TYPE = "wrong_type"
    WRONG_SHAPE = "wrong_shape"
    WRONG_DTYPE = "wrong_dtype"
    WRONG_DEVICE = "wrong_device"
    WRONG_VALUE = "wrong_value"
    CHANGED_INPUT = "changed_input"
    CHANGED_STATE = "changed_state"
    WRONG_GRAD_STATE = "wrong_grad_state"
    WRONG_GRADIENT = "wrong_gradient"
    WRONG_LAYOUT = "wrong_layout"
    WRONG_MEMORY = "wrong_memory"
    WRONG_OUTPUT = "wrong_output"
    WRONG_FILES = "wrong_files"
    TOO_MANY_OPS = "too_many_ops"
    SYNTAX_ERROR = "syntax_error"
    MISSING_FUNCTION = "missing_function"
    FORBIDDEN = "forbidden"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    JUDGE_ERROR = "judge_error"


class Fact(StrEnum):
    """A property of one call, in teaching order: the first that differs names the verdict."""

    OUTCOME = "outcome"
    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    DEVICE = "device"
    VALUE = "value"
    INPUT = "input"
    STATE = "state"
    GRAD_STATE = "grad_state"
    GRADIENT = "grad"
    LAYOUT = "layout"
    MEMORY = "memory"
    OUTPUT = "output"
    FILES = "files"
    OPERATIONS = "ops"


ON_REQUEST = frozenset(
    {
        Fact.GRAD_STATE,
        Fact.GRADIENT,
        Fact.LAYOUT,
        Fact.MEMORY,
        Fact.OUTPUT,
        Fact.FILES,
        Fact.OPERATIONS,
    }
)
"""The facts that a case has to ask for under ``check:``; all others are always compared."""

ALWAYS = frozenset(Fact) - ON_REQUEST

VERDICT_OF = {
    # An outcome has two ways to be wrong: the comparison picks RUNTIME_ERROR if the key returned.
    Fact.OUTCOME: Verdict.WRONG_EXCEPTION,
    Fact.TYPE: Verdict.WRONG_TYPE,
    Fact.SHAPE: Verdict.WRONG_SHAPE,
    Fact.DTYPE: Verdict.WRONG_DTYPE,
    Fact.DEVICE: Verdict.WRONG_DEVICE,
    Fact.VALUE: Verdict.WRONG_VALUE,
    Fact.INPUT: Verdict.CHANGED_INPUT,
    Fact.STATE: Verdict.CHANGED_STATE,
    Fact.GRAD_STATE: Verdict.WRONG_GRAD_STATE,
    Fact.GRADIENT: Verdict.WRONG_GRADIENT,
    Fact.LAYOUT: Verdict.WRONG_LAYOUT,
    Fact.MEMORY: Verdict.WRONG_MEMORY,
    Fact.OUTPUT: Verdict.WRONG_OUTPUT,
    Fact.FILES: Verdict.WRONG_FILES,
    Fact.OPERATIONS: Verdict.TOO_MANY_OPS,
}


class Ending(StrEnum):
    """How one call in a child ended, seen from outside wherever that is possible."""

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MUCH_OUTPUT = "too_much_output"
    DIED = "died"
    """The process ended under us: a signal, ``os._exit``, a garbled message."""


class Device(StrEnum):
    """Where a case's tensors live."""

    CPU = "cpu"
    CUDA = "cuda"
