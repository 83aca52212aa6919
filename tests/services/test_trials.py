from __future__ import annotations

import pytest

from xenotime.core.errors import BookError, XenotimeError
from xenotime.services.trials import failures, read_trials

TRIAL = """
known: 2026-11-21
trials:
  - of: cn/mofcom-2025-18/1C905
    facts: {from: CN, to: DE, kind: oxide, elements: [Dy]}
    rows:
      - {on: 2025-04-03, holds: no}
      - {on: 2025-04-04, holds: yes, outcome: undetermined, rule: cn/uel-2025-04-04/1}
      - {on: 2025-04-04, known: 2025-04-03, holds: no}
      - {on: 2025-05-01, but: {elements: [Nd]}, holds: no}
"""


def test_rows_are_read_and_hold(libraries):
    library = libraries()
    found = read_trials(library, TRIAL, "trials.yaml")
    assert [t.id for t in found] == [f"cn/mofcom-2025-18/1C905#{n}" for n in (1, 2, 3, 4)]
    assert [failures(t, libraries(t.known).law) for t in found] == [(), (), (), ()]


def test_what_comes_out_otherwise_is_said(libraries):
    text = TRIAL.replace("holds: yes, outcome: undetermined", "holds: unknown, outcome: prohibited")
    trial = read_trials(libraries(), text, "trials.yaml")[1]
    assert failures(trial, libraries().law) == (
        "cn/mofcom-2025-18/1C905 holds: unknown, found True",
        "outcome prohibited, found undetermined (cn/uel-2025-04-04/1)",
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("trials:\n", "cases:\n", "this file holds no trials"),
        ("18/1C905\n", "18/9\n", "this trial tries nothing of the book"),
        ("holds: no}", "hold: no}", "this trial has other keys"),
        ("holds: no}", "note: nothing}", "this row does not say what must come out"),
        ("holds: no}", "holds: perhaps}", "this row does not say what must come out"),
        ("2025-04-03,", "4 April,", "this is not a date"),
    ],
)
def test_a_wrong_file_is_refused(libraries, old, new, what):
    with pytest.raises(XenotimeError) as caught:
        read_trials(libraries(), TRIAL.replace(old, new, 1), "trials.yaml")
    assert caught.value.problem.what == what


def test_an_undeclared_fact_is_refused(libraries):
    with pytest.raises(XenotimeError, match="the book knows no fact"):
        read_trials(libraries(), TRIAL.replace("kind: oxide", "sort: oxide"), "trials.yaml")
    assert issubclass(BookError, XenotimeError)
