"""Write the names that the editor completes: torch's public ones, with their signatures.

Run it with the torch that the judge pins; its output is committed:
``python web/frontend/tools/torch_names.py``.
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
from pathlib import Path
from types import ModuleType

import torch

MODULES = (
    "torch", "torch.nn", "torch.nn.functional", "torch.nn.init", "torch.nn.utils", "torch.linalg",
    "torch.fft", "torch.special", "torch.autograd", "torch.optim", "torch.optim.lr_scheduler",
    "torch.utils.data", "torch.cuda", "torch.random", "torch.testing",
)  # fmt: skip
CLASSES_OF_TORCH = {"Generator", "Size", "Tensor"}  # the other capitals are the C++ side's own
INTERNAL = re.compile(r"(sym_|fbgemm|cudnn_|miopen|mkldnn|quantize|fake_quantize|q_|_)|.*_$")
LONGEST_SIGNATURE = 110
TARGET = Path(__file__).parents[1] / "scripts" / "editor" / "torch-names.json"

Row = tuple[str, str] | tuple[str, str, str]


def kind_of(value: object) -> str:
    """Return the letter for a kind: function, class, module, or a value such as a dtype."""
    if isinstance(value, ModuleType):
        return "m"
    if inspect.isclass(value):
        return "c"
    return "f" if callable(value) else "v"


def signature_of(name: str, value: object) -> str:
    """Return ``(input, dim=None) -> Tensor``, from the docstring where C has no signature."""
    text = ""
    found = re.match(rf"\s*(?:[\w.]*\.)?{re.escape(name)}(\(.*?\)(?:\s*->\s*[^\n]+)?)\s*$",
                     inspect.getdoc(value) or "", re.MULTILINE)  # fmt: skip
    if found:
        text = found[1]
    elif callable(value):
        try:
            text = str(inspect.signature(value))
        except (TypeError, ValueError):
            return ""
    text = re.sub(r"torch\._?[\w.]*\b(Tensor|dtype|device|layout)\b", r"\1", text.strip())
    text = re.sub(r" at 0x[0-9a-f]+|<class '([\w.]+)'>", r"\1", text).replace("'", "")
    short = len(text) <= LONGEST_SIGNATURE
    return text if short else text[: LONGEST_SIGNATURE - 1] + "…"


def row(name: str, value: object) -> Row:
    """Return a name, its kind and, for what can be called, its signature."""
    kind = kind_of(value)
    signature = signature_of(name, value) if kind in "fc" else ""
    return (name, kind, signature) if signature else (name, kind)


def is_offered(name: str, module: ModuleType) -> bool:
    """Tell whether a student may have a use for a name."""
    if INTERNAL.match(name) or not hasattr(module, name):
        return False
    if module is torch:
        return not name[0].isupper() or name in CLASSES_OF_TORCH
    return kind_of(getattr(module, name)) != "m"


def public_names(module: ModuleType) -> list[str]:
    """Return the names that a module offers: its ``__all__``, and what torch puts beside it."""
    offered = set(getattr(module, "__all__", ())) or set(dir(module))
    if module is torch:
        offered |= {name for name in dir(torch) if isinstance(getattr(torch, name), torch.dtype)}
        offered |= {"nn", "linalg", "fft", "special", "optim", "autograd", "utils", "cuda"}
    return sorted(name for name in offered if is_offered(name, module))


def main() -> None:
    """Write the list, and say how long it is."""
    names: dict[str, list[Row]] = {}
    for path in MODULES:
        module = importlib.import_module(path)
        names[path] = [row(name, getattr(module, name)) for name in public_names(module)]
    names["Tensor"] = [
        row(name, getattr(torch.Tensor, name, None))
        for name in sorted(dir(torch.Tensor))
        if not name.startswith("_")
    ]
    lines = (f"{json.dumps(path)}:{json.dumps(rows, separators=(',', ':'), ensure_ascii=False)}"
             for path, rows in names.items())  # fmt: skip
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print({path: len(rows) for path, rows in names.items()})  # noqa: T201


if __name__ == "__main__":
    main()
