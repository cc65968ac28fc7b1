# Another sparse tensor where the key's own is one.
# Tries: 2/43, own
# Attacks: sparse
# Expects: wrong_value, wrong_type

import torch

def f(x):
    return torch.zeros(9, 9).to_sparse()
