"""A forbidden name is found however an answer gets at it, and nothing else is."""

from __future__ import annotations

import ast

import pytest

from judge.sandbox.child.rules import KEYWORDS, violations


def found(source: str, *rules: str) -> list[tuple[int, int, str, str]]:
    return list(violations(ast.parse(source), list(rules)))


def hits(source: str, *rules: str) -> bool:
    return bool(found(source, *rules))


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ntorch.einsum('ij', x)",
        "import torch as t\nt.einsum('ij', x)",
        "from torch import einsum",
        "from torch import einsum as e\ne('ij', x)",
        "import torch\nf = torch.einsum\nf('ij', x)",
        "import torch\nf = t = torch.einsum",
        "import torch\nf: object = torch.einsum",
        "from torch import *\neinsum('ij', x)",
        "import torch\ndef g(x):\n    torch = x.y\ndef f(x):\n    return torch.einsum('ij', x)",
        "import torch\nt = torch\nt.einsum('ij', x)",
        "import torch\n(f := torch.einsum)('ij', x)",
        "import torch\ngetattr(torch, 'einsum')('ij', x)",
        "import torch as t\ngetattr(t, 'einsum', None)",
        "def f(x):\n    import torch\n    return torch.einsum('ij', x)",
        "import torch\ndef f(x, e=torch.einsum):\n    return e('ij', x)",
        "import torch\nmap(torch.einsum, [])",
        "torch.einsum('ij', x)",  # as `given` may have imported it
    ],
)
def test_a_function_is_found_by_any_of_its_names(source: str) -> None:
    assert hits(source, "torch.einsum")


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ntorch.einsums(x)",
        "import torch\nx.einsum(y)",
        "import numpy as torch\ntorch.einsum(x)",
        "einsum = 3",
        "'torch.einsum'",
        "# torch.einsum",
        "import torch\ngetattr(torch, name)",
        "import torch\ngetattr(torch)",
    ],
)
def test_what_only_looks_like_it_is_not(source: str) -> None:
    assert not hits(source, "torch.einsum")


@pytest.mark.parametrize(
    "source",
    [
        "import torch.nn.functional as F\nF.relu(x)",
        "from torch.nn import functional\nfunctional.relu(x)",
        "from torch import nn\nnn.functional.relu(x)",
        "import torch\ntorch.nn.functional.relu(x)",
        "import torch.nn.functional\ntorch.nn.functional.relu(x)",
        "from torch.nn.functional import relu",
    ],
)
def test_a_name_deep_in_a_package_is_found_and_so_is_all_below_a_forbidden_package(
    source: str,
) -> None:
    assert hits(source, "torch.nn.functional.relu")
    assert hits(source, "torch.nn.functional")


def test_a_whole_module_can_be_forbidden() -> None:
    assert hits("import numpy", "numpy")
    assert hits("import numpy.linalg", "numpy")
    assert hits("from numpy import array", "numpy")
    assert not hits("import numpysomething", "numpy")


@pytest.mark.parametrize(
    "source",
    ["x.item()", "f(x).item", "x[0].item()", "getattr(x, 'item')()", "torch.Tensor.item(x)"],
)
def test_a_method_is_found_on_anything(source: str) -> None:
    assert hits(source, "Tensor.item")


@pytest.mark.parametrize("source", ["item(x)", "x.items()", "x['item']", "item = 3", "x.items"])
def test_what_is_no_such_method_is_not(source: str) -> None:
    assert not hits(source, "Tensor.item")


def test_a_builtin_is_found_by_its_name_and_not_as_an_attribute() -> None:
    assert hits("eval('1')", "eval")
    assert hits("f = eval", "eval")
    assert hits("def g(x):\n    eval = x.y\ndef f(x):\n    return eval(x)", "eval")
    assert not hits("model.eval()", "eval")
    assert not hits("evaluate(x)", "eval")


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("for", "for x in y: pass"),
        ("for", "[x for x in y]"),
        ("for", "{x for x in y}"),
        ("for", "{x: x for x in y}"),
        ("for", "sum(x for x in y)"),
        ("for", "async def f():\n    async for x in y: pass"),
        ("while", "while x: pass"),
        ("if", "if x: pass"),
        ("if", "x if y else z"),
        ("try", "try:\n    pass\nexcept E:\n    pass"),
        ("try", "try:\n    pass\nexcept* E:\n    pass"),
        ("with", "with x: pass"),
        ("lambda", "f = lambda: 1"),
        ("class", "class A: pass"),
        ("import", "import os"),
        ("import", "from os import path"),
        ("global", "def f():\n    global x"),
        ("nonlocal", "def f():\n    x = 1\n    def g():\n        nonlocal x"),
        ("assert", "assert x"),
        ("del", "del x"),
        ("yield", "def f():\n    yield"),
        ("yield", "def f():\n    yield from x"),
        ("@", "x @ y"),
        ("@", "x @= y"),
    ],
)
def test_a_keyword_is_found_in_each_of_its_forms(rule: str, source: str) -> None:
    assert hits(source, rule)
    assert not hits("x = torch.relu(y + z)", rule)


def test_every_keyword_has_a_test_of_its_own() -> None:
    (mark,) = test_a_keyword_is_found_in_each_of_its_forms.pytestmark  # type: ignore[attr-defined]
    assert {rule for rule, _ in mark.args[1]} == set(KEYWORDS)


def test_a_decorator_is_no_matrix_product() -> None:
    assert not hits("@cache\ndef f(): pass", "@")


def test_places_count_from_one_and_come_in_the_file_s_order() -> None:
    source = "import torch\n\ndef f(x):\n    for y in x:\n        pass\n    return [z for z in x]\n"
    assert found(source, "while", "for") == [(4, 5, "for", "for"), (6, 12, "for", "for")]


def test_a_matrix_product_is_found_once_and_where_it_is() -> None:
    assert found("y = 1\nx = (a @ b)", "@") == [(2, 6, "@", "@")]
    assert found("y = 1\nx @= b", "@") == [(2, 1, "@", "@")]


def test_what_was_found_is_named_in_full() -> None:
    assert found("import torch as t\nt.einsum", "torch.einsum") == [
        (2, 1, "torch.einsum", "torch.einsum")
    ]
    assert found("x.item()", "Tensor.item") == [(1, 1, "Tensor.item", ".item")]


def test_a_name_that_is_bound_anew_again_and_again_takes_no_time() -> None:
    source = "x = torch\n" + "".join(f"x = x.a{place}\n" for place in range(200))
    assert not hits(source, "torch.einsum")


def test_without_rules_nothing_is_found() -> None:
    assert not hits("import os\nfor x in y: eval(x)")
