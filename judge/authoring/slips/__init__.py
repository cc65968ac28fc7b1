"""Slips: small edits of one reference, as a tired student would make them."""

from judge.authoring.slips.rewriting import Slip, slips

__all__ = ["Slip", "slips"]
