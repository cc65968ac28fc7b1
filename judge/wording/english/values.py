"""English: how the numbers of a result differ, and how its gradients do."""

SENTENCES = {
    "value.omitted": (
        "`{path}` is too large for its values to be compared, so they cannot be accepted."
    ),
    "value.absent": "`{path}` came back without its values, so they cannot be accepted.",
    "value.unreadable": "The values of `{path}` could not be read, so they cannot be accepted.",
    "value.grad_missing": (
        "`{path}.grad` should hold a gradient after the call, and is None: no backward pass has "
        "reached `{path}`."
    ),
    "value.grad_extra": (
        "`{path}.grad` should be None after the call, but holds a gradient: a backward pass has "
        "written to it. `torch.autograd.grad` returns gradients without storing them."
    ),
    "value.mask": (
        "The mask `{path}` differs in {differing} of {total} places. Check the comparison's "
        "direction, and whether equality belongs to it."
    ),
    "value.nan": (
        "`{path}` holds NaN where a number is expected (elements: {count}). 0/0, inf - inf, the "
        "log of a negative number and a softmax over nothing but -inf make NaN."
    ),
    "value.infinite": (
        "`{path}` is infinite where a finite number is expected (elements: {count}): a division by "
        "zero, or an exponential that overflowed."
    ),
    "value.nan_expected": (
        "`{path}` has numbers where NaN is expected (elements: {count}): NaN in the input has to "
        "come through here, not to be replaced."
    ),
    "value.zeros": (
        "Every number in `{path}` is zero, and the expected ones are not: the result was probably "
        "allocated and never filled."
    ),
    "value.negated": "`{path}` has the right size everywhere and the wrong sign.",
    "value.scaled": (
        "Every number in `{path}` is {factor} times the expected one: a factor is missing or too "
        "much. Sum or mean? Divided by n or n - 1? Which base?"
    ),
    "value.shifted": (
        "Every number in `{path}` is off by the same amount ({offset}): a constant is missing, or "
        "counting starts at the wrong end."
    ),
    "value.reordered": (
        "`{path}` holds the right numbers in the wrong places. `reshape` does not transpose: look "
        "at the order of dimensions, of sorting or of flattening."
    ),
    "value.single": "`{path}` has the right form, but its one number is wrong.",
    "value.close": (
        "`{path}` is nearly right: {differing} of {total} numbers are off by less than a "
        "hundredth, more than rounding explains. Look for lost precision, a missing eps, or an "
        "approximation."
    ),
    "value.all": (
        "`{path}` has the right shape and dtype, but all {total} numbers are wrong: it is the "
        "formula rather than an edge."
    ),
    "value.some": (
        "`{path}` has the right shape and dtype, but {differing} of {total} numbers are wrong. "
        "Where they lie tells which part of the computation to look at."
    ),
    "value.number": "`{path}` is of the right type, but the number is wrong.",
    "value.truth": "`{path}` says True where False is expected, or the other way round.",
    "value.text": "`{path}` is text, as expected, but another text.",
    "value.symbol": "`{path}` is {got} where {expected} is expected.",
    "value.training": (
        "Module `{path}` was left in `{got}` mode where `{expected}` is expected. The mode changes "
        "what dropout and batch normalization do."
    ),
    "grad_state.detached": (
        "`{path}` does not require a gradient, but should: the graph was cut on the way. "
        "`.detach()`, `.data`, `.item()`, NumPy, `torch.tensor(...)` and `no_grad` cut it."
    ),
    "grad_state.attached": (
        "`{path}` still requires a gradient, but should not: compute it under `torch.no_grad()`, "
        "or detach it."
    ),
    "grad_state.not_leaf": (
        "`{path}` should be a leaf tensor, one made directly and not by an operation: an optimizer "
        "takes only leaf tensors, and only they keep `.grad`."
    ),
    "grad_state.leaf": (
        "`{path}` is a leaf tensor, but should be computed from another one, so that gradients "
        "flow on through it."
    ),
    "grad.error": (
        "The values are right, but the backward pass raised `{exception}`. Something that it needs "
        "was changed in place, or the graph was cut or used up."
    ),
    "grad.no_error": (
        "The backward pass should raise `{expected}` here, and went through instead."
    ),
    "grad.missing": (
        "The values are right, but no gradients came back: the result is not connected to its "
        "inputs."
    ),
    "grad.none": (
        "No gradient reaches `{path}`: the graph between it and the result is cut. `.detach()`, "
        "`.data`, `.item()`, NumPy and `torch.tensor(...)` do that."
    ),
    "grad.unexpected": ("A gradient reaches `{path}`, and none should: `.detach()` stops it."),
    "grad.zeros": (
        "The gradient for `{path}` is zero everywhere. Rounding, comparing and clamping have "
        "gradient zero; or only a constant part of the result depends on `{path}`."
    ),
    "grad.negated": "The gradient for `{path}` has the wrong sign everywhere.",
    "grad.scaled": (
        "The gradient for `{path}` is {factor} times the expected one, though the values are "
        "right: something is counted too often, or not on the way back."
    ),
    "grad.nan": (
        "The gradient for `{path}` holds NaN (elements: {count}). `torch.where` computes both "
        "branches: make the unused one safe too, and beware of `sqrt` and `log` at 0."
    ),
    "grad.value": (
        "The values are right, but {differing} of {total} numbers of the gradient for `{path}` are "
        "wrong: part of the computation is outside the graph, or differentiated otherwise."
    ),
    "grad.differs": "The gradient for `{path}` has the wrong {aspect}.",
}
