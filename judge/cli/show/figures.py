"""Draw the figures of ``judge bench`` as two tables."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table

from judge.bench import Figures


def figures_page(figures: Figures) -> RenderableType:
    """Return the figures beside their targets, and where the time of one verdict goes."""
    rows = Table(box=None, pad_edge=False)
    rows.add_column("figure")
    rows.add_column("measured", justify="right")
    rows.add_column("reach", justify="right")
    rows.add_column("")
    for row in figures.rows:
        mark = "" if not row.target else "✓" if row.holds else "✗"
        rows.add_row(row.name, f"{row.value:,.2f} {row.unit}", row.target, mark)
    stages = Table(box=None, pad_edge=False)
    stages.add_column("where the time of a verdict goes")
    stages.add_column("ms, median", justify="right")
    for name, value in figures.stages_ms.items():
        stages.add_row(name, f"{value:.2f}")
    return Group(rows, "", stages)
