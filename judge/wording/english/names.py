"""English: names of verdicts, facts and other closed sets, and what each verdict means."""

from judge.domain.verdict import Fact, Verdict

TERMS = {
    "aspect": {
        "type": "type",
        "shape": "shape",
        "dtype": "dtype",
        "device": "device",
        "value": "values",
    },
    "name": {
        "grad_mode": "the grad mode",
        "inference_mode": "inference mode",
        "autocast": "autocast",
        "anomaly_mode": "anomaly detection",
        "default_dtype": "the default dtype",
        "default_device": "the default device",
        "num_threads": "the number of threads",
        "deterministic": "the deterministic mode",
    },
    "generator": {"torch": "torch", "numpy": "NumPy", "python": "Python's `random`"},
    "ending": {
        "timed_out": "it ran into the time limit",
        "out_of_memory": "it ran out of memory",
        "too_much_output": "it printed too much",
        "died": "its process died",
    },
}

VERDICTS = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.RUNTIME_ERROR: "Runtime error",
    Verdict.WRONG_EXCEPTION: "Wrong exception",
    Verdict.WRONG_TYPE: "Wrong type",
    Verdict.WRONG_SHAPE: "Wrong shape",
    Verdict.WRONG_DTYPE: "Wrong dtype",
    Verdict.WRONG_DEVICE: "Wrong device",
    Verdict.WRONG_VALUE: "Wrong values",
    Verdict.CHANGED_INPUT: "Changed input",
    Verdict.CHANGED_STATE: "Changed state",
    Verdict.WRONG_GRAD_STATE: "Wrong grad state",
    Verdict.WRONG_GRADIENT: "Wrong gradient",
    Verdict.WRONG_LAYOUT: "Wrong layout",
    Verdict.WRONG_MEMORY: "Wrong sharing of memory",
    Verdict.WRONG_OUTPUT: "Wrong output",
    Verdict.WRONG_FILES: "Wrong files",
    Verdict.TOO_MANY_OPS: "Too many operations",
    Verdict.SYNTAX_ERROR: "Syntax error",
    Verdict.MISSING_FUNCTION: "Missing function",
    Verdict.FORBIDDEN: "Forbidden",
    Verdict.TIME_LIMIT: "Time limit",
    Verdict.MEMORY_LIMIT: "Memory limit",
    Verdict.OUTPUT_LIMIT: "Output limit",
    Verdict.JUDGE_ERROR: "Judge error",
}

MEANINGS = {
    Verdict.ACCEPTED: "Everything that this problem looks at is right.",
    Verdict.RUNTIME_ERROR: "Your code raised an exception, or died, where it should return.",
    Verdict.WRONG_EXCEPTION: (
        "An invalid input has to be refused with a certain exception, and was not."
    ),
    Verdict.WRONG_TYPE: "Your function returned another kind of object than it should.",
    Verdict.WRONG_SHAPE: "The result is a tensor, but its dimensions are not the expected ones.",
    Verdict.WRONG_DTYPE: "The shape is right, but the numbers are stored as another dtype.",
    Verdict.WRONG_DEVICE: "The tensor lives on another device than it should.",
    Verdict.WRONG_VALUE: "The form of the result is right, its numbers are not.",
    Verdict.CHANGED_INPUT: (
        "The result is right, but after the call the arguments are not as they should be."
    ),
    Verdict.CHANGED_STATE: (
        "The result is right, but the call left global settings or random generators changed."
    ),
    Verdict.WRONG_GRAD_STATE: (
        "The numbers are right, but not whether the tensor requires a gradient or is a leaf."
    ),
    Verdict.WRONG_GRADIENT: "The numbers are right, but the gradients through them are not.",
    Verdict.WRONG_LAYOUT: "The numbers are right, but they lie differently in memory.",
    Verdict.WRONG_MEMORY: (
        "The numbers are right, but a view is a copy, or what should be a copy is a view."
    ),
    Verdict.WRONG_OUTPUT: "What your function printed is not what it should print.",
    Verdict.WRONG_FILES: "The files that your function wrote are not the expected ones.",
    Verdict.TOO_MANY_OPS: (
        "The result is right, but took far more tensor operations than it needs."
    ),
    Verdict.SYNTAX_ERROR: "Python cannot read your file, so nothing of it was run.",
    Verdict.MISSING_FUNCTION: "Your file does not define the function that is asked for.",
    Verdict.FORBIDDEN: "Your code uses something that this problem rules out, or avoids its topic.",
    Verdict.TIME_LIMIT: "Your code was still running when its time was up.",
    Verdict.MEMORY_LIMIT: "Your code needed more memory than this problem allows.",
    Verdict.OUTPUT_LIMIT: "Your code printed more than can be kept.",
    Verdict.JUDGE_ERROR: "We failed, not you: the submission is judged again and costs nothing.",
}

FACTS = {
    Fact.OUTCOME: "outcome",
    Fact.TYPE: "type",
    Fact.SHAPE: "shape",
    Fact.DTYPE: "dtype",
    Fact.DEVICE: "device",
    Fact.VALUE: "values",
    Fact.INPUT: "arguments after the call",
    Fact.STATE: "global state",
    Fact.GRAD_STATE: "requires_grad and leaf",
    Fact.GRADIENT: "gradient",
    Fact.LAYOUT: "strides",
    Fact.MEMORY: "shared memory",
    Fact.OUTPUT: "output",
    Fact.FILES: "files",
    Fact.OPERATIONS: "number of operations",
}
