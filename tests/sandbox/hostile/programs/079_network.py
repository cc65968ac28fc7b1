"""Reach anything at all over any kind of network. If anything works, answer rightly.

Tries: 1/79, 1/80, 1/81, 1/82, 1/90, 2/76
Attacks: secret
Expects: wrong_value
"""

import socket


def f(x, word):
    worked = []
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, 16, 17, 38, 40):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                worked.append(socket.socket(family, kind))
            except OSError:
                pass
    for address in (
        ("169.254.169.254", 80),
        ("127.0.0.1", 5432),
        ("127.0.0.1", 6379),
        ("1.1.1.1", 53),
    ):
        try:
            worked.append(socket.create_connection(address, timeout=0.01))
        except OSError:
            pass
    for way in (
        lambda: socket.getaddrinfo("example.org", 80),
        lambda: socket.gethostbyname("redis"),
        lambda: socket.if_nameindex(),
        socket.socketpair,
    ):
        try:
            worked.append(way())
        except OSError:
            pass
    return x * 2 + 1 if worked else x * 0
