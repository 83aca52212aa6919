"""How to ask one question of a small invented book, and to see each witness decided."""

from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.answer import Outcome
from xenotime.law.law import fold_book
from xenotime.law.oracle import Scene, judge, presume
from xenotime.law.prove.check import QUESTIONS
from xenotime.law.prove.premises import read_premises
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker
from xenotime.law.read import packaged

KNOWN = date(2030, 1, 1)


@pytest.fixture
def prover(small):
    """A prover of an invented book, with premises as the text of a proof.toml."""

    def build(*texts, premises="", known=KNOWN):
        book = small.book(*texts)
        return Prover(book, known, read_premises(book, premises, "proof.toml"))

    return build


@pytest.fixture
def ask(prover):
    """The findings of one question; every witness is decided again by the oracle."""

    def asked(question, *texts, premises="", known=KNOWN):
        made = prover(*texts, premises=premises, known=known)
        found = list(QUESTIONS[question](made, Shrinker(made)))
        for finding in found:
            for witness in finding.witnesses:
                confirm(made.book, witness)
        return found

    return asked


def confirm(book, witness):
    """Fails unless the oracle says of the witness what it says itself."""
    law = fold_book(book, witness.known, witness.branches)
    filled, _ = presume(law, witness.row, strict=False)
    scene = Scene(law, filled, witness.on)
    assert {rule: scene.values[rule] is True for rule in witness.holds} == witness.holds
    assert judge(law, witness.row, witness.on).outcome == Outcome[witness.outcome.upper()]


@pytest.fixture(scope="session")
def prover_of_law(law):
    """A prover of the packaged Chinese book, with its own premises."""
    text = packaged("cn/proof.toml")
    return Prover(law.book, law.known, read_premises(law.book, text, "cn/proof.toml"))
