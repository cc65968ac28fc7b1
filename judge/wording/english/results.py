"""English: how a call ended, and what its result is: type, shape, dtype, device."""

SENTENCES = {
    "outcome.raised": (
        "Your function raised `{exception}` where it should return a result. The last line of "
        "your own code in the traceback is the place to look."
    ),
    "outcome.ended": "The call neither returned nor raised: {ending}.",
    "outcome.not_raised": (
        "This input is invalid, so your function should raise `{expected}`; it returned a result "
        "as if nothing were wrong."
    ),
    "outcome.other_exception": (
        "Raising an exception is right here, but it should be `{expected}`; yours is `{got}`."
    ),
    "type.none": (
        "`{path}` is None where {expected} is expected. Most often a `return` is missing, or the "
        "return value of a method that works in place was used."
    ),
    "type.not_none": (
        "`{path}` should be None, but is {got}: this function does its work in place and returns "
        "nothing."
    ),
    "type.parameter": (
        "`{path}` is a plain Tensor where a Parameter is expected. Only what is wrapped in "
        "`nn.Parameter` is found by `parameters()` and so by an optimizer."
    ),
    "type.not_parameter": (
        "`{path}` is a Parameter where a plain Tensor is expected: return what was computed from "
        "it, not the parameter itself."
    ),
    "type.array": (
        "`{path}` is a NumPy array where a Tensor is expected. An array carries no gradient and "
        "lives on the CPU; stay in torch, or come back with `torch.from_numpy`."
    ),
    "type.number_for_tensor": (
        "`{path}` is a Python number ({got}) where {expected} is expected. `.item()`, `float()` "
        "and `len()` leave torch, and gradients with it."
    ),
    "type.tensor_for_number": (
        "`{path}` is {got} where a Python number ({expected}) is expected. `.item()` takes the "
        "number out of a tensor of one element."
    ),
    "type.number": (
        "`{path}` is of type {got} where {expected} is expected: the number may be right, but its "
        "Python type is not. `/` gives a float, `//` an int, a comparison a bool."
    ),
    "type.sequence": (
        "`{path}` is {got} where {expected} is expected. A list and a tuple are different types, "
        "even with the same items."
    ),
    "type.container": (
        "`{path}` is a single {got} where {expected} is expected: several values have to be "
        "returned together."
    ),
    "type.module": "`{path}` is a module of class {got} where {expected} is expected.",
    "type.differs": "`{path}` is {got} where {expected} is expected.",
    "type.length": (
        "`{path}` is a {kind} of length {got_count} where length {expected_count} is expected."
    ),
    "type.keys_missing": "Keys are missing from `{path}`: {names}.",
    "type.keys_extra": "`{path}` has keys that should not be there: {names}.",
    "type.states_missing": (
        "Module `{path}` lacks parameters or buffers: {names}. Only `nn.Parameter`, submodules and "
        "`register_buffer` register anything; a plain list hides its modules."
    ),
    "type.states_extra": (
        "Module `{path}` has parameters or buffers that should not be there: {names}."
    ),
    "type.opaque.unknown": (
        "`{path}` is {got}, a type that can be no answer here; {expected} is expected."
    ),
    "type.opaque.subclass": (
        "`{path}` is an instance of the subclass {got} where {expected} itself is expected. "
        "Return a plain object."
    ),
    "type.opaque.layout": (
        "`{path}` is a {got}, sparse or otherwise not dense, where {expected} is expected. "
        "`.to_dense()` turns it into an ordinary tensor."
    ),
    "type.opaque.device": (
        "`{path}` is on a device that holds no values ({got}), such as `meta`; {expected} is "
        "expected, with real numbers in it."
    ),
    "type.opaque.too_deep": "`{path}` is nested too deeply to look at; {expected} is expected.",
    "type.opaque.too_many": (
        "What is returned has too many items to look at, from `{path}` on. Return one tensor "
        "rather than thousands of objects."
    ),
    "type.opaque.too_large": "`{path}` is too large to look at; {expected} is expected.",
    "type.opaque.unreadable": "`{path}` could not be read; {expected} is expected.",
    "shape.ones": (
        "`{path}` has shape {got} where {expected} is expected. Only dimensions of size 1 differ: "
        "look at `keepdim`, `unsqueeze` and `squeeze`, or at an index that dropped a dimension."
    ),
    "shape.order": (
        "`{path}` has shape {got} where {expected} is expected: the same sizes in another order. "
        "A `transpose`, `permute` or the `dim` of an operation is off."
    ),
    "shape.elements": (
        "`{path}` has shape {got} where {expected} is expected: as many elements, arranged "
        "differently. Look at `reshape`, `view` and `flatten`."
    ),
    "shape.rank": (
        "`{path}` has shape {got} where {expected} is expected: the number of dimensions itself is "
        "wrong. A reduction has lost its `dim`, or broadcasting has added a dimension."
    ),
    "shape.sizes": (
        "`{path}` has shape {got} where {expected} is expected. The number of dimensions is right, "
        "their sizes are not: follow the sizes through each operation."
    ),
    "dtype.only": (
        "The numbers in `{path}` are right, but they are {got} where {expected} is expected. Give "
        "the dtype when creating the tensor, or convert with `.to(torch.{expected})`."
    ),
    "dtype.mask": (
        "`{path}` is {got} where a bool mask is expected. Comparisons give one directly; numbers "
        "used as an index pick positions, they do not mask."
    ),
    "dtype.integer": (
        "`{path}` is {got} where {expected} is expected. Tensors made from Python integers hold "
        "integers, and integer arithmetic loses fractions: start from floating numbers."
    ),
    "dtype.floating": (
        "`{path}` is {got} where {expected} is expected. `/` and `mean` give floating numbers even "
        "for integers; only integers can index or count."
    ),
    "dtype.double": (
        "`{path}` is float64 where float32 is expected. It usually comes in from a NumPy array: "
        "its default is float64, torch's is float32."
    ),
    "dtype.differs": (
        "`{path}` has dtype {got} where {expected} is expected. When two dtypes meet, the wider "
        "one wins; look for where {got} came in."
    ),
    "device.differs": (
        "`{path}` is on {got} where {expected} is expected. A new tensor is made on the CPU unless "
        "told otherwise: pass `device=x.device` when creating it."
    ),
}
