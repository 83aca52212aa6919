from __future__ import annotations

import pytest
from tests.frames.conftest import OUTCOMES, ROWS, RULES

import xenotime as xt
from xenotime.core.errors import FactError, InputError
from xenotime.services.receipt import read
from xenotime.services.replay import replay


def test_a_row_is_explained_as_it_is_decided(table, asked):
    found = [xt.explain(table, **asked(at=at)) for at in range(4)]
    assert [answer.outcome for answer in found] == OUTCOMES
    assert [answer.rule or None for answer in found[:2]] == RULES[:2]


def test_a_mapping_and_a_row_of_pandas_are_rows(rows, asked):
    pandas = rows.to_pandas().assign(red_flag=[None, "no", "no", "no"])
    found = [xt.explain(row, **asked()) for row in (rows.row(0, named=True), pandas.iloc[0])]
    assert [answer.explanation for answer in found] == [found[0].explanation] * 2
    assert found[0].outcome == "prohibited"


def test_a_party_may_be_called_as_nothing_is_written(rows, asked):
    row = rows.row(0, named=True)
    given = xt.explain({**row, "buyer": "NaN"}, **asked())
    absent = xt.explain({**row, "buyer": float("nan")}, **asked())
    assert ("listed_" in " ".join(given.missing), "listed_" in " ".join(absent.missing)) == (False, True)


def test_it_shows_itself_as_text_and_as_html(rows, asked):
    answer = xt.explain(rows, **asked())
    lines = repr(answer).splitlines()
    assert lines[0] == "⊘ prohibited  This may not go"
    html = answer._repr_html_()
    assert html.startswith('<pre style="white-space:pre')
    assert "cn/mofcom-2025-22/1" in html
    assert "<script" not in html


def test_what_is_missing_is_named(rows, asked):
    answer = xt.explain(rows, **asked(parties=()))
    assert (answer.outcome, {name.partition("_")[0] for name in answer.missing}) == (
        "undetermined",
        {"listed", "held"},
    )


def test_the_receipt_replays_and_names_its_row(rows, asked, libraries, tmp_path):
    answer = xt.explain(rows, **asked(at=1))
    path = answer.save(tmp_path / "r.json")
    (kept,) = read(path.read_text("utf-8").splitlines(), "r.json")
    assert kept == answer.receipt
    assert replay(kept, libraries()).same
    assert [(g.source, g.where) for g in kept.body.facts] == [
        ("given", "dataframe, row 1"),
        ("list", "screening of row 1"),
    ]


@pytest.mark.parametrize("at", [-1, 4])
def test_a_row_that_is_not_there_is_said(rows, asked, at):
    with pytest.raises(InputError) as caught:
        xt.explain(rows, **asked(at=at))
    assert (caught.value.problem.expected, caught.value.problem.found) == ("a row from 0 to 3", str(at))


def test_a_word_that_the_law_does_not_know_is_refused():
    row = {**{name: values[0] for name, values in ROWS.items()}, "kind": "magnat"}
    with pytest.raises(FactError, match="the fact 'kind' cannot have this value"):
        xt.explain(row, on="day", columns={"dest": "to"})


def test_a_receipt_that_cannot_be_written_is_told(rows, asked):
    with pytest.raises(InputError, match="this file cannot be written"):
        xt.explain(rows, **asked()).save("/dev/null/receipt.json")
