"""Checkpoints and arrays that are broken, huge when unpacked, or of odd kinds.

Tries: 1/98, 1/46, 1/78
Attacks: files
Expects: wrong_files, runtime_error, memory_limit, time_limit
"""

import io
import zipfile
import torch


def f(x):
    with zipfile.ZipFile("out.pt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\x80\x02" + b"(" * 100000 + b".")
        archive.writestr("archive/data/0", bytes(200 << 20))
    with open("huge.npy", "wb") as file:
        file.write(
            b"\x93NUMPY\x01\x00\x46\x00"
            + b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }".ljust(69)
            + b"\n"
        )
    torch.save(torch.zeros(1).expand(10**7), "wide.pt")
    torch.save([[[]]] * 10000, "deep.pt")
