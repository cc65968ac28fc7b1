"""What is so right now in this worker, for whoever asks for its metrics."""

from __future__ import annotations

from worker.judging import Judging


def watch(judging: Judging) -> None:
    """Show it whenever a monitor comes."""
    sandbox = judging.judge.sandbox
    judging.metrics.watch(
        {
            "tensorjudge_children_ready": (
                "Children that wait ahead of time for a submission.",
                lambda: sandbox.children_ready,
            ),
            "tensorjudge_sandbox_up": (
                "Whether the sandbox runs.",
                lambda: float(sandbox.alive),
            ),
            "tensorjudge_sandbox_starts": (
                "How often the sandbox was started since this worker was.",
                lambda: sandbox.starts,
            ),
            "tensorjudge_worker_threads": (
                "Submissions that this worker judges at a time.",
                lambda: judging.rules.threads,
            ),
            "tensorjudge_worker_busy": (
                "Submissions that this worker judges right now.",
                lambda: len(judging.holding.held()),
            ),
        }
    )
