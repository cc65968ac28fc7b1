"""The generators that a call may draw from: seed them, and tell what has become of them.

All three are Mersenne twisters, 624 words and an index, and are looked at where they lie: asking
torch for its state takes 10 us and fresh memory, asking NumPy and Python takes 90.
"""

from __future__ import annotations

import random
import struct
import zlib
from typing import Any

import numpy as np

from judge.sandbox.child import genuine

Digests = tuple[int, int, int]
"""Of torch's, NumPy's and Python's states. No secrets: a liar could send any."""
_WORDS_BYTES = 624 * 4
_TWISTER_BYTES = _WORDS_BYTES + 4
_HEAD_BYTES, _TAIL_BYTES = 128, 64
"""Both ends tell enough: the index is at one of them, and all words change together."""
_OBJECT_BYTES = 2600
"""So much is searched for torch's words; an at::CPUGeneratorImpl of torch 2.13 has 2,624."""
_crc32 = zlib.crc32
_spare = genuine.randn(1)
_python: Any = random._inst  # noqa: SLF001  whose methods the module's functions are


def seed_everything(seed: int) -> None:
    """Seed torch, NumPy and Python, so that a call draws the same numbers in every child."""
    genuine.seed_torch(genuine.default_generator, seed)
    genuine.seed_numpy(seed & 0xFFFFFFFF)
    genuine.seed_python(_python, seed)
    _python.gauss_next = None


def seed_for_a_call(seed: int) -> None:
    """Seed everything, then draw a little: seeding anew must not be the same as never drawing."""
    seed_everything(seed)
    genuine.draw_torch(_spare)
    genuine.draw_numpy()
    genuine.draw_python()


def digests() -> Digests:
    """Return short names of the three states as they are."""
    return (
        _torch_digest(),
        _crc32(_numpy_tail, _crc32(_numpy_head)),
        _crc32(_python_tail, _crc32(_python_head)),
    )


def _ends(address: int) -> tuple[memoryview, memoryview]:
    data = genuine.memory_of(address, _TWISTER_BYTES)
    return data[:_HEAD_BYTES], data[-_TAIL_BYTES:]


_numpy_head, _numpy_tail = _ends(
    np.random.mtrand._rand._bit_generator.ctypes.state_address  # noqa: SLF001
)
_python_head, _python_tail = _ends(id(_python) + object.__basicsize__)


def _asked() -> int:
    """Digest what torch says of its state."""
    with genuine.no_overrides():
        # By way of NumPy, which looks: under a mode that was left on, this may be any tensor.
        state = genuine.to_numpy(genuine.torch_state(genuine.default_generator))
    data = genuine.array_bytes(state)
    return _crc32(data[-_TAIL_BYTES:], _crc32(data[:_HEAD_BYTES]))


class _Torchs:
    """What an at::CPUGeneratorImpl holds, given where in it the words begin.

    Before them the seed, how many words are left and, behind a gap, the next one's index; behind
    them two normal numbers that were drawn in a pair and not used yet, each followed by whether
    there is one. Gaps, and numbers that are not there, hold anything.
    """

    def __init__(self, generator: Any, words: int) -> None:
        end = words + _WORDS_BYTES
        memory = genuine.memory_of(genuine.inside_of(generator), end + 21)
        self._seed, self._head = memory[words - 20 : words - 8], memory[words - 4 : words + 128]
        self._tail = memory[end - _TAIL_BYTES : end]
        self.single, self.double = memory[end + 4 : end + 9], memory[end + 12 : end + 21]

    def digest(self) -> int:
        """Name the state."""
        digest = _crc32(self._tail, _crc32(self._head, _crc32(self._seed)))
        if self.double[8]:
            digest = _crc32(self.double, digest)
        if self.single[4]:
            digest = _crc32(self.single, digest)
        return digest


def _torchs_words() -> int | None:
    """Find where a generator of torch's has its words; None where it is not as we know it."""
    generator = genuine.new_generator()
    genuine.seed_torch(generator, 1)
    said = genuine.array_bytes(genuine.to_numpy(genuine.torch_state(generator)))
    # In what it says each word has eight bytes, behind a seed and three numbers.
    words = struct.pack("<624I", *struct.unpack_from("<624Q", said, 24))
    memory = genuine.memory_at(genuine.inside_of(generator), _OBJECT_BYTES)
    found = memory.find(words, 20)
    if found < 0:
        return None
    inside = _Torchs(generator, found)
    unused = inside.single[4] | inside.double[8]
    genuine.randn(1, generator=generator)
    said = genuine.array_bytes(genuine.to_numpy(genuine.torch_state(generator)))
    used = inside.double[8] == 1 and bytes(inside.double[:8]) == said[-32:-24]
    return found if used and not unused else None


_words = _torchs_words()
_torch_digest = _asked if _words is None else _Torchs(genuine.default_generator, _words).digest
