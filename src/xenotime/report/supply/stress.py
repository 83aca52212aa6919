"""The stress page: what stops, when, how surely; the law over output; what is missing; flows and prices."""

from __future__ import annotations

from pathlib import Path

from xenotime.report.supply import basis as grounds
from xenotime.report.supply.against import against
from xenotime.report.supply.answer import facts, sentence
from xenotime.report.supply.halts import mine, stopping
from xenotime.report.supply.law import over_output
from xenotime.report.supply.leaf import Leaf, html, put
from xenotime.report.supply.market import moved, priced, shipped
from xenotime.report.supply.shortage import delivered, missing
from xenotime.report.supply.speak import speak
from xenotime.report.words import Words, load
from xenotime.services.supply.results import Stress


def write_stress(folder: Path, result: Stress, words: Words | None = None) -> Path:
    """The page as ``stress.html`` in a folder, whole or not at all. Raises InputError when it cannot be."""
    say = speak((words or load()).lang)
    return put(folder, "stress.html", leaf(result, say), say)


def page(result: Stress, words: Words | None = None) -> str:
    """The page as HTML text."""
    say = speak((words or load()).lang)
    return html(leaf(result, say), say)


def leaf(result: Stress, say: Words) -> Leaf:
    """The page's parts: the answer first, then why, then the evidence, then the raw facts."""
    basis = result.basis
    parts = (
        stopping(result, say), over_output(result, say), mine(result, say), missing(result, say),
        delivered(result, say), priced(result, say), moved(result, say), shipped(result, say),
        against(result.avoided, say), grounds.drivers(basis, say), grounds.grounds(basis, say),
        grounds.rules(basis, say),
    )  # fmt: skip
    return Leaf(
        basis.title,
        grounds.sub(basis, say),
        sentence(result, say),
        tuple(part for part in parts if part is not None),
        facts(result, say),
        basis.law_hash,
        basis.says,
        warnings=grounds.cautions(basis, say),
        sources=grounds.sources(basis, say),
        foot=(result.notice, say("supply.made")),
    )
