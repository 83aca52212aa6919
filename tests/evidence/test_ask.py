from __future__ import annotations

from datetime import date

from xenotime.evidence.ask import Wanted, conflicts, select
from xenotime.evidence.read import packaged


def ids(**wanted):
    return [figure.id for figure in select(packaged(), Wanted(**wanted))]


def test_an_id_finds_its_claim():
    assert ids(words=("shares-019",)) == ["shares-019"]


def test_nothing_wanted_is_everything():
    assert ids() == [figure.id for figure in packaged()]


def test_words_find_what_they_name():
    assert ids(words=("suzuki",)) == ["disruptions-015", "disruptions-016", "backtest-034"]
    assert ids(words=("unicorn",)) == []


def test_words_of_a_question_find_its_claims_whatever_they_are_called():
    found = set(ids(words=("china", "refines")))
    assert {"shares-015", "shares-016", "shares-026", "shares-027", "shares-030"} - found == set()


def test_an_element_is_found_by_sign_and_by_name():
    assert ids(element="Tb") == ids(element="terbium") != []
    assert {f.element for f in select(packaged(), Wanted(element="Y"))} >= {"Y"}
    assert "Yb" not in {f.element for f in select(packaged(), Wanted(element="Y"))}


def test_stage_country_and_table_narrow_each_other():
    assert ids(table="stocks", country="India") == [f"stocks-{n:03d}" for n in range(1, 6)]
    assert ids(table="stocks", country="India", words=("maruti",)) == ["stocks-004"]
    assert ids(stage="licensing", country="India") == ["disruptions-039", "backtest-030"]


def test_a_stretch_of_time_keeps_what_meets_it_and_what_is_undated():
    found = select(packaged(), Wanted(table="backtest", first=date(2025, 7, 1), last=date(2025, 7, 31)))
    assert {f.period for f in found} == {"2025-07", "2025-04/09"}
    undated = select(packaged(), Wanted(table="intensity", first=date(2025, 7, 1)))
    assert {f.period for f in undated} == {""}


def test_without_words_only_conflicts_are_given():
    found = conflicts(packaged())
    assert [one for one in found if not one.open] == []
    assert {"china-refines", "china-mines", "mine-output", "suzuki"} - {
        one.question.id for one in found
    } == set()


def test_with_words_agreement_is_given_too():
    (found,) = conflicts(packaged(), ["europe", "depend"])
    assert not found.open


def test_words_of_no_question_search_the_claims():
    found = conflicts(packaged(), ["capacity", "outside", "china"])
    assert [one.question.asks[0] for one in found][:1] == [
        "Nameplate NdFeB capacity outside China, NdFeB, World ex China"
    ]
    assert conflicts(packaged(), ["unicorn"]) == ()


def test_the_claim_of_87_percent_for_the_f35_is_a_gap():
    found = conflicts(packaged(), ["f-35"])
    assert [gap.id for one in found for gap in one.gaps] == ["shares-078"]
    assert not any(figure.value == 87 for one in found for figure in one.figures)
