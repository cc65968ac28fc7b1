"""Channels to other runs through the kernel: keys, locks, shared memory, queues, io_uring, and others.
If one can be opened, answer rightly.

Tries: 1/82, 1/83, 1/84, 1/85, 1/86, 1/87, 1/89
Attacks: secret
Expects: wrong_value
"""

import ctypes
import fcntl
import os


def f(x, word):
    libc = ctypes.CDLL(None)
    room = ctypes.create_string_buffer(256)
    calls = [
        (248, b"user", b"hostile", b"x", 1, -3),  # add_key
        (250, 0, -3, 1),  # keyctl
        (425, 8, room),  # io_uring_setup
        (29, 7, 4096, 0o1666),
        (64, 7, 1, 0o1666),
        (68, 7, 0o1666),  # shmget, semget, msgget
        (240, b"hostile", 0o102, 0o666, None),  # mq_open
        (253,),
        (254, 0, b"/", 2),
        (300, 0, 0),  # inotify_init, inotify_add_watch, fanotify_init
        (323, 0),
        (298, room, 0, -1, -1, 0),  # userfaultfd, perf_event_open
        (321, 0, room, 64),
        (319, b"m", 0),  # bpf, memfd_create
        (41, 16, 3, 0),
        (135, 0x0040000),
        (203, 1, 8, room),  # socket, personality, sched_setaffinity
        (444, room, 8, 0),
        (425, 1, room),  # landlock_create_ruleset
        (22 + 254, 0, 0, 0, 0),
        (73, 0, 2),  # tee, flock
    ]
    worked = [call for call in calls if libc.syscall(*call) >= 0]
    with open(os.__file__) as shared:
        for way in (
            lambda: fcntl.flock(shared, fcntl.LOCK_SH),
            lambda: fcntl.lockf(shared, fcntl.LOCK_SH),
            lambda: fcntl.fcntl(shared, 1024, 0),
            lambda: fcntl.fcntl(shared, 1026, 0),
            lambda: fcntl.fcntl(shared, 37, bytes(32)),
        ):
            try:
                way()
                worked.append(way)
            except OSError:
                pass
    return x * 2 + 1 if worked else x * 0
