"""The Celery application that the site sends with and the workers receive with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from celery import Celery
from kombu import Exchange
from kombu import Queue as Destination

from judge.domain.lifecycle import Queue
from judge.errors import UsageError
from judge.messaging import folder as own

TASK = "judge.judge_one"
"""The one task: somebody's submission waits. Its argument is an id, for the logs."""

REQUEST = "tensorjudge_request"
"""The header of a message that has the id of the site's request, for the logs."""

FILESYSTEM = "filesystem"
_SOCKET_TIMEOUT_S = 3.0


def make_app(broker: str, *, folder: Path) -> Celery:
    """Return the application.

    Args:
        broker: ``filesystem`` for one machine, else ``redis://host:port/number``.
        folder: where the filesystem's messages lie.

    Raises:
        UsageError: the broker's address is of neither kind.
    """
    app = Celery("tensorjudge", set_as_current=False)
    app.conf.update(_common(), **_transport(broker, folder))
    return app


def _common() -> dict[str, Any]:
    return {
        "task_queues": [
            Destination(queue.value, Exchange(queue.value), routing_key=queue.value)
            for queue in Queue
        ],
        # A task without a queue would wait where nobody looks.
        "task_create_missing_queues": False,
        "task_default_queue": Queue.CPU.value,
        "task_default_exchange": Queue.CPU.value,
        "task_default_routing_key": Queue.CPU.value,
        # The result is in the database.
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        # Fetch what can be judged now: a hint in a busy worker is one that an idle one lacks.
        "worker_prefetch_multiplier": 1,
        # At once: who waits for what is in the database, whose leases find what dies here.
        "task_acks_late": False,
        # Our logs are set up by the worker itself.
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        # Nobody listens to workers' events; presence is in the database.
        "worker_send_task_events": False,
        "worker_enable_remote_control": False,
        # A worker that finds no broker waits for it: the sweeper works meanwhile.
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        # One that refuses to write, with a full disk say, is waited for too.
        "broker_channel_error_retry": True,
        "broker_connection_timeout": _SOCKET_TIMEOUT_S,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        # A student's page does not wait for a broker that is away: the sweeper hints again.
        "task_publish_retry": False,
        "enable_utc": True,
        "timezone": "UTC",
    }


def _transport(broker: str, place: Path) -> dict[str, Any]:
    if broker == FILESYSTEM:
        for name in ("queue", "done", "control"):
            (place / name).mkdir(parents=True, exist_ok=True)
        return {
            "broker_url": "filesystem://",
            "broker_transport": own.TRANSPORT,
            "broker_transport_options": {
                # One folder, both ways: what one side writes the other reads.
                "data_folder_in": str(place / "queue"),
                "data_folder_out": str(place / "queue"),
                "processed_folder": str(place / "done"),
                "store_processed": False,
                "control_folder": str(place / "control"),
            },
        }
    if broker.startswith(("redis://", "rediss://", "unix://", "redis+socket://")):
        return {
            "broker_url": broker,
            "broker_transport_options": {
                # Whoever takes a hint notes it nowhere: one that is lost with its worker is given
                # again by the sweeper, and notes would cost two transactions a submission.
                "ack_emulation": False,
                "socket_timeout": _SOCKET_TIMEOUT_S,
                "socket_connect_timeout": _SOCKET_TIMEOUT_S,
                "socket_keepalive": True,
                "retry_on_timeout": False,
                "health_check_interval": 10,
                "global_keyprefix": "tensorjudge:",
            },
        }
    raise UsageError(
        f"the broker {broker.partition('@')[2] or broker!r} is neither "
        "`filesystem` nor an address that begins with redis://"
    )
