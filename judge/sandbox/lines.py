"""What the worker talks through: with the zygote, and with each of its children."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator


def socket_pair(kind: socket.SocketKind) -> tuple[socket.socket, socket.socket]:
    """Return two ends of which both wait.

    That has to be said: a library may have set a default time-out for all new sockets, as Celery's
    do while they connect, and whoever gets the other end would not wait for a word.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    ours.settimeout(None)
    theirs.settimeout(None)
    return ours, theirs


@contextlib.contextmanager
def new_line() -> Iterator[tuple[tuple[socket.socket, int, int, int], tuple[int, ...]]]:
    """Open what a child talks through: channel, stdout, stderr and bell.

    Made in the worker, not by the zygote: what that touches it has to copy, while it has children.

    Yields:
        The worker's ends, which never block and are closed if all comes to nothing; and the child's
        as ``Wish.SPAWN`` wants them, which are closed once it has its own.
    """
    channel, theirs = socket_pair(socket.SOCK_STREAM)
    channel.settimeout(0)
    out, out_w = os.pipe()
    err, err_w = os.pipe()
    for fd in (out, err):
        os.set_blocking(fd, False)
    bell = os.eventfd(0, os.EFD_NONBLOCK)
    try:
        yield (channel, out, err, bell), (out_w, err_w, theirs.fileno(), bell)
    except BaseException:
        channel.close()
        for fd in (out, err, bell):
            os.close(fd)
        raise
    finally:
        theirs.close()
        os.close(out_w)
        os.close(err_w)
