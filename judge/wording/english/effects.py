"""English: what a call left behind: arguments, global state, memory, output, files, operations."""

SENTENCES = {
    "input.changed": (
        "Your function changed the {aspect} of its input `{path}`, which the caller may still "
        "need. Methods that end in `_`, `+=` and assignments to slices work in place: use a copy."
    ),
    "input.unchanged": (
        "`{path}` should be changed in place, but is as it was before the call. `x = …` only "
        "rebinds a name; `x[...] = …` and methods that end in `_` write into the tensor."
    ),
    "input.differs": (
        "After the call, `{path}` is not as the reference leaves it: look at its {aspect}."
    ),
    "input.count": "After the call, `{path}` are not those that the function was called with.",
    "state.differs": (
        "Your function left {name} at {got} where {expected} is expected. Global settings outlive "
        "the call and change other people's code: use a context manager, or set it back."
    ),
    "state.rng": (
        "Your function left the random generator of {generator} elsewhere than the reference does: "
        "it drew more or fewer numbers, or seeded it anew. A library must not seed."
    ),
    "layout.strides": (
        "`{path}` has strides {got} where {expected} is expected: the elements lie "
        "otherwise in memory. `transpose` and `expand` only change strides, `clone` copies."
    ),
    "layout.not_contiguous": (
        "`{path}` is not contiguous (strides {got}, expected {expected}): `view` will refuse it. "
        "`.contiguous()` copies it into row-major order."
    ),
    "layout.contiguous": (
        "`{path}` is contiguous (strides {got}) where a view with strides {expected} is expected: "
        "something has copied the data."
    ),
    "memory.not_shared": (
        "`{path}` should share memory with `{other}`, as a view of it, but is a copy. Writing to "
        "one no longer shows in the other, and memory is used twice."
    ),
    "memory.shared_but_should_not": (
        "`{path}` shares memory with `{other}`: whoever writes to one changes the other. Return "
        "memory of its own, by `.clone()` for instance."
    ),
    "output.line": "The output differs first in line {line}.",
    "output.nothing": (
        "Nothing was printed, and output is expected. Returning a value does not print it."
    ),
    "output.missing": "The output ends too early: line {line} is missing.",
    "output.extra": (
        "The output goes on after it should have ended: line {line} is too much. A forgotten debug "
        "`print`?"
    ),
    "files.missing": "Files that should have been written are missing: {names}.",
    "files.extra": "Files were written that should not be there: {names}.",
    "files.differs": "`{path}` was written, but its {aspect} is not as expected.",
    "ops.too_many": (
        "The call dispatched {count} tensor operations; {limit} are enough. The most frequent is "
        "`{most}` ({times} of them): a loop over elements that one operation could do?"
    ),
    "ops.over": (
        "The call dispatched more than the {limit} tensor operations that are enough: a loop over "
        "elements that one operation could do?"
    ),
    "ops.unknown": (
        "The tensor operations of the call could not be counted, so they cannot be accepted."
    ),
}
