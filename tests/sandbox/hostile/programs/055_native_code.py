"""Bring native code along and load it: an ELF file in one's own directory, the loader's variables, a
compiler. If any is loaded, answer rightly.

Tries: 1/55, 1/122
Attacks: secret
Expects: wrong_value
"""

import ctypes
import ctypes.util
import os
import shutil
import torch


def f(x, word):
    library = ctypes.util.find_library("m") or "libm.so.6"
    for folder in (
        "/usr/lib/x86_64-linux-gnu",
        "/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
    ):
        if os.path.exists(f"{folder}/libm.so.6"):
            shutil.copyfile(f"{folder}/libm.so.6", "mine.so")
    if not os.path.exists("mine.so"):
        raise FileNotFoundError("nothing to load")
    for way in (
        lambda: ctypes.CDLL("./mine.so"),
        lambda: torch.ops.load_library("mine.so"),
        lambda: torch.classes.load_library("mine.so"),
    ):
        try:
            way()
        except Exception:
            continue
        return x * 2 + 1
    return x * 0
