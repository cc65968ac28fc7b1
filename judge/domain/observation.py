"""What one call in a child was seen to do: a tree of nodes, and the facts around it.

The bytes come from a process that ran somebody's code, so nothing here is trusted to be true, only
to be well formed: the reader in ``judge.sandbox`` builds these or says that it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from judge.domain.verdict import Ending


@dataclass(frozen=True, slots=True)
class TensorNode:
    """A strided tensor of exact type ``Tensor`` or ``Parameter``.

    ``strides`` and ``offset`` count elements. ``storage`` numbers the memory it lies in: equal
    numbers within one observation mean shared memory, ``-1`` means none (no elements).
    ``data`` holds the elements in row-major order, little-endian; None where there are no values
    (simulated devices) or where they are more than may be sent (``omitted``).
    """

    dtype: str
    device: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int
    storage: int
    requires_grad: bool
    is_leaf: bool
    parameter: bool
    data: bytes | None
    omitted: bool = False
    grad: Node | None = None
    """What a leaf's ``.grad`` held."""


@dataclass(frozen=True, slots=True)
class ArrayNode:
    """A NumPy array of exact type ``ndarray``; ``strides`` count elements, ``data`` is row-major.

    ``dtype`` is NumPy's name without byte order, ``float64`` say.
    """

    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    storage: int
    data: bytes | None
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A plain value.

    ``kind`` is ``NoneType bool int float complex str bytes`` or ``numpy.<dtype>``.
    """

    kind: str
    value: bool | int | float | complex | str | bytes | None


@dataclass(frozen=True, slots=True)
class SymbolNode:
    """A value that is only its name, as a device is. ``kind`` is its type: ``torch.device``."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A ``list``, ``tuple``, ``set``, ``torch.Size`` or ``torch.return_types.max`` and the like."""

    kind: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MappingNode:
    """``dict`` or ``OrderedDict``, in its own order."""

    kind: str
    items: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class ModuleNode:
    """An ``nn.Module``: its class name, its mode, and its parameters and buffers by name."""

    kind: str
    training: bool
    state: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class OpaqueNode:
    """Something the judge does not look into: sparse, meta, a subclass, too deep, unknown.

    ``reason`` is a word of ``judge.sandbox.protocol.REASONS``; ``kind`` is the type's own name,
    which its author chose.
    """

    kind: str
    reason: str


Node = (
    TensorNode
    | ArrayNode
    | ScalarNode
    | SymbolNode
    | SequenceNode
    | MappingNode
    | ModuleNode
    | OpaqueNode
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback that lies in the student's own file; ``line`` counts from 1."""

    line: int
    function: str


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception: the names of its class and its bases, nearest first, and what it said."""

    classes: tuple[str, ...]
    message: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Gradient:
    """The gradient with respect to one argument; None where no gradient reached it."""

    path: str
    value: Node | None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call used.

    CPU and wall seconds are taken outside the child; memory is its peak over what a warm child has
    anyway, in bytes, for the process so far.
    """

    cpu_s: float = 0.0
    wall_s: float = 0.0
    memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything seen of one call.

    ``arguments`` is a sequence of the positional ones, then the keywords, after the call;
    ``inputs`` the same before it (only an author's child sends it).
    """

    ending: Ending
    raised: Raised | None = None
    result: Node | None = None
    arguments: tuple[tuple[str, Node], ...] = ()
    inputs: tuple[tuple[str, Node], ...] = ()
    state: tuple[tuple[str, str], ...] = ()
    gradients: tuple[Gradient, ...] | None = None
    gradient_error: Raised | None = None
    files: tuple[tuple[str, Node], ...] | None = None
    operations: tuple[tuple[str, int], ...] | None = None
    calls: frozenset[str] | None = None
    output: bytes = b""
    errors: bytes = b""
    simulated: bool = False
    death: str = ""
    """Where it died: ``SIGSEGV``, ``exit 0``, ``garbled``."""
    usage: Usage = field(default=Usage())
    origin: object | None = field(default=None, init=False, compare=False, repr=False)
    """Where it was read from, if nothing was left out there: two of the same origin came in the
    same bytes, and differ at most in what was printed and used."""


def tensors(node: Node, path: str) -> Iterator[tuple[str, TensorNode | ArrayNode]]:
    """Yield every tensor and array below ``node`` with its path, depth first."""
    for where, each in walk(node, path):
        if isinstance(each, TensorNode | ArrayNode):
            yield where, each


def walk(node: Node, path: str) -> Iterator[tuple[str, Node]]:
    """Yield ``node`` and everything below it with its path (``result[0]['w']``), parents first."""
    yield path, node
    match node:
        case SequenceNode(items=items):
            for index, item in enumerate(items):
                yield from walk(item, f"{path}[{index}]")
        case MappingNode(items=pairs):
            for key, value in pairs:
                yield from walk(value, f"{path}[{notation(key)}]")
        case ModuleNode(state=state):
            for name, value in state:
                yield from walk(value, f"{path}.{name}")
        case _:
            return


def notation(key: Node) -> str:
    """Write a mapping's key as Python would: ``'w'``, ``3``; the type's name for anything else."""
    match key:
        case ScalarNode(value=value):
            return repr(value)
        case SymbolNode(name=name):
            return name
        case _:
            return key.kind if not isinstance(key, TensorNode | ArrayNode) else "Tensor"
