"""The right numbers on the wrong device, where the device is only simulated.

Tries: 1/118, 2/36
Attacks: moves
Expects: wrong_device
"""

def f(x):
    return x * 2
