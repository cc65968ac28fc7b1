"""Devices that are not there: torch keeps calls for them until they start, which they never do."""

from __future__ import annotations

import torch


class _NoStack:
    """Stands where torch's modules look for ``traceback``, of which they use this one function."""

    @staticmethod
    def format_stack() -> list[str]:
        """Return no lines."""
        return []


def keep_no_stacks() -> None:
    """Keep torch from writing down where each such call came from, for an error that can't come.

    ``torch.manual_seed`` seeds three such devices, and read a dozen source files to say so three
    times: 0.7 ms a call in a child.
    """
    for device in (torch.cuda, torch.xpu, torch.mtia):
        device.traceback = _NoStack  # type: ignore[attr-defined]
