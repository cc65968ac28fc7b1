"""English: what kept an answer from being compared, from its first line to its death."""

SENTENCES = {
    "limit.time": (
        "The call used more than {limit_s} s of CPU time and was stopped. Look for a loop that "
        "never ends, or one over elements that a single tensor operation could do."
    ),
    "limit.wall": (
        "The call had not finished after {limit_s} s and was stopped, though it was hardly "
        "computing: it was waiting for something, such as input or a sleep."
    ),
    "limit.memory": (
        "The call needed more than {limit_mb} MB of memory. Look for a tensor that is larger than "
        "the problem needs, often one that broadcasting has blown up."
    ),
    "limit.output": "The call printed more than {limit_kb} kB and was stopped: print less.",
    "died.signal": (
        "The Python process was killed by {signal} during the call. Python code alone rarely does "
        "that; endless recursion or an index far out of range in native code can."
    ),
    "died.exit": (
        "The Python process ended (exit code {code}) before the call returned. Do not call "
        "`exit()`, `quit()` or `os._exit()`: return a value instead."
    ),
    "died.garbled": (
        "What came back from the process could not be read. Usually the answer wrote to files or "
        "descriptors that are not its own."
    ),
    "skipped.timeouts": (
        "Not run: too many earlier cases ran into the time limit, so this one would too."
    ),
    "own.syntax": "Your own input is not a list of arguments: {detail}.",
    "own.failed": "Your own input could not be made ({exception}: {detail}).",
    "own.returned": "Your function ran on your own input; this is what it gave.",
    "own.nothing": "This problem shows no samples. Type an input of your own to try your code on.",
    "forbidden.name": "`{name}` may not be used in this problem.",
    "forbidden.syntax": (
        "`{keyword}` may not be used in this problem: find a way with tensor operations."
    ),
    "forbidden.called": (
        "While it ran, your code called `{name}`, which this problem does not allow, under "
        "whatever name."
    ),
    "required.name": "This problem is about `{name}`: your answer has to use it, and does not.",
    "missing.function": (
        "Your file defines no function `{name}`. Check the spelling, and that the definition is "
        "not indented under something else."
    ),
    "missing.not_callable": (
        "`{name}` exists in your file but is no function. Perhaps a later line gave the name "
        "another value."
    ),
    "syntax.error": "Python cannot read your file: {detail}.",
    "syntax.encoding": "Your file is not valid UTF-8 text. Save it as UTF-8 and send it again.",
    "syntax.too_large": "Your file is larger than {limit_kb} kB, the most that is accepted.",
    "syntax.too_deep": "Your file nests expressions or blocks deeper than Python can read.",
    "import.raised": (
        "Your file raised `{exception}` while it was being loaded, before any function was called. "
        "Look at the code outside of functions."
    ),
    "judge.error": (
        "Something went wrong on our side ({detail}). This does not count against you; your "
        "submission will be judged again."
    ),
    "hidden.exception": (
        "Your function raised `{name}`. The case is hidden, so its message is not shown."
    ),
    "simulated.note": (
        "There is no GPU here, so this case ran on a simulated one: shape, dtype, device and "
        "errors were judged there, values on the CPU."
    ),
}
