"""Have torch compile and load native code.

Tries: 1/122, 1/66
Attacks: secret
Expects: runtime_error, time_limit
"""

def f(x, word):
    from torch.utils.cpp_extension import load_inline

    module = load_inline(
        "mine", "at::Tensor g(at::Tensor x) { return x * 2 + 1; }", functions=["g"]
    )
    return module.g(x)
