"""Fetch or install something at run time.

Tries: 1/90, 2/76
Attacks: one
Expects: wrong_value, time_limit
"""

import sys


def f(x):
    import torch.hub

    for way in (
        lambda: torch.hub.load_state_dict_from_url("http://127.0.0.1/x.pt"),
        lambda: torch.hub.download_url_to_file("http://127.0.0.1/x", "x", progress=False),
    ):
        try:
            way()
        except Exception:
            continue
        return x * 2 + 1
    try:
        import pip._internal.cli.main as pip

        if pip.main(["install", "hostile"]) == 0:
            return x * 2 + 1
    except BaseException:
        pass
    return x * 0
