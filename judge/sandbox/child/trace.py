"""Record what a run really called: torch's functions by name, and dispatched operations."""

from __future__ import annotations

from collections import Counter
from typing import Any

import torch
from torch.overrides import TorchFunctionMode, resolve_name
from torch.utils._python_dispatch import TorchDispatchMode

from judge.sandbox.protocol import MAX_CALL_NAMES


class CallTrace(TorchFunctionMode):
    """Names of the torch functions that Python code called: ``torch.bmm``, ``torch.Tensor.add``."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if len(self.names) < MAX_CALL_NAMES:
            self.names.add(_name(func))
        return func(*args, **(kwargs or {}))


class OperationTrace(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch's own
    """How often each operation was dispatched; one for each kernel, however it was asked for."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch's own
        self.counts: Counter[str] = Counter()

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # Else torch imports its compiler, 800 modules, to keep it off a mode that nobody compiles.
        return False

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if len(self.counts) < MAX_CALL_NAMES:
            self.counts[str(func)] += 1
        return func(*args, **(kwargs or {}))


def know_names() -> None:
    """Have torch make its table of names now, in the zygote: it takes 20 ms and touches 4 MB."""
    resolve_name(torch.Tensor.__pow__)


_NAMES: dict[Any, str] = {}
_HOMES = (
    ("torch", torch),
    ("torch.Tensor", torch.Tensor),
    ("torch.nn.functional", torch.nn.functional),
)


def _name(func: Any) -> str:
    """Name a function as users do: ``torch.einsum``, though it lives in ``torch.functional``."""
    try:
        name = _NAMES.get(func)
        if name is None:
            own = getattr(func, "__name__", "")
            homes = (f"{home}.{own}" for home, where in _HOMES if getattr(where, own, None) is func)
            name = _NAMES[func] = next(homes, None) or resolve_name(func) or own or str(func)
    except Exception:  # noqa: BLE001  an odd callable is not worth a failed run
        return "unknown"
    return name
