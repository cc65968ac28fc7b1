"""Workers of a data loader and of multiprocessing, left behind.

Tries: 1/41
Attacks: secret
Expects: wrong_value, time_limit, runtime_error
"""

def f(x, word):
    import multiprocessing

    from torch.utils.data import DataLoader

    for way in (
        lambda: multiprocessing.Process(target=print).start(),
        lambda: multiprocessing.get_context("fork").Process(target=print).start(),
        lambda: next(iter(DataLoader([1, 2], num_workers=2))),
    ):
        try:
            way()
        except Exception:
            pass
    return x * 0
