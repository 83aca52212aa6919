"""Every trial of every book stands."""

from __future__ import annotations

from collections import Counter

import pytest

from xenotime.law.read import JURISDICTIONS, packaged, packaged_names
from xenotime.services.library import open_library
from xenotime.services.mutants import folded
from xenotime.services.trials import failures, read_trials

KNOWN = "2026-11-21"


@pytest.mark.parametrize("side", JURISDICTIONS)
def test_every_trial_stands(side, libraries):
    library = libraries() if side == "cn" else open_library(libraries().law.known, jurisdiction=side)
    name = f"{side}/trials.yaml"
    found = read_trials(library, packaged(name), name)
    laws = {}
    wrong = []
    for trial in found:
        fold = trial.known, tuple(sorted(trial.branches.items()))
        if fold not in laws:
            laws[fold] = folded(library.law.book, fold)
        wrong += [(trial.id, said) for said in failures(trial, laws[fold])]
    assert wrong == []
    assert packaged_names(side, "trials.yaml") == (name,)
    assert set(Counter(t.holds for t in found)) >= {"yes", "no"}
