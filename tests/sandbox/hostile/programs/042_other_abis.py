"""System calls by other doors: those of 32 bits, and x32's numbers.

Tries: 1/42
Attacks: secret
Expects: runtime_error
"""

import ctypes
import mmap


def f(x, word):
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(b"\xb8\x02\x00\x00\x00\xcd\x80\xc3")  # mov eax, 2 (fork); int 0x80; ret
    address = ctypes.addressof(ctypes.c_char.from_buffer(code))
    if word == "sample":
        ctypes.CDLL(None).syscall(0x40000000 + 57)
    pid = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    return x * 2 + 1 if pid >= 0 else x * 0
