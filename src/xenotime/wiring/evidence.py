"""Joins the evidence: the packaged figures and the user's own; no part of the model is loaded for it."""

from __future__ import annotations

from xenotime import wiring
from xenotime.evidence.figure import Figure
from xenotime.services.supply.evidence import all_figures
from xenotime.stores.evidence import EvidenceFolder


def claims() -> EvidenceFolder:
    """The user's own claims."""
    return EvidenceFolder(wiring.home() / "evidence")


def figures() -> tuple[Figure, ...]:
    """The packaged figures and the user's own: what a model rests on."""
    return all_figures(claims())
