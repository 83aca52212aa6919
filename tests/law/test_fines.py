from __future__ import annotations

import pytest

from xenotime.core.errors import AddressError, BookError, InputError
from xenotime.law.fines import find_act, fine, parse_fines
from xenotime.law.read import packaged


@pytest.fixture(scope="module")
def acts():
    return parse_fines(packaged("cn/fines.toml"))


@pytest.mark.parametrize(
    ("case", "act", "amount", "low", "high"),
    [
        ("F01", "unlicensed_export", 2_000_000, 10_000_000, 20_000_000),
        ("F02", "unlicensed_export", 300_000, 500_000, 5_000_000),
        ("F03", "unlicensed_export", 500_000, 2_500_000, 5_000_000),
        ("F06", "serving_a_violator", 400_000, 1_200_000, 2_000_000),
        ("F07", "licence_by_fraud", 200_000, 1_000_000, 2_000_000),
        ("F08", "aiding_evasion", 150_000, 450_000, 750_000),
        ("F09", "failing_to_report", 100_000, 500_000, 3_000_000),
    ],
)
def test_the_fines_of_the_case_bank(acts, case, act, amount, low, high):
    found = fine(acts[act], amount)
    assert (case, found.low, found.high, found.gains_taken) == (case, low, high, True)


@pytest.mark.parametrize(
    ("act", "below", "at"),
    [
        ("unlicensed_export", (500_000, 5_000_000), (2_500_000, 5_000_000)),
        ("licence_by_fraud", (200_000, 2_000_000), (1_000_000, 2_000_000)),
        ("forged_licence", (50_000, 500_000), (250_000, 500_000)),
        ("serving_a_violator", (100_000, 500_000), (300_000, 500_000)),
        ("listed_party", (500_000, 5_000_000), (5_000_000, 10_000_000)),
        ("failing_to_report", (500_000, 3_000_000), (2_500_000, 5_000_000)),
        ("aiding_evasion", (100_000, 500_000), (300_000, 500_000)),
    ],
)
def test_or_more_includes_the_figure(acts, act, below, at):
    threshold = acts[act].threshold
    spans = [fine(acts[act], amount) for amount in (threshold - 1, threshold)]
    assert [(f.low, f.high) for f in spans] == [below, at]


def test_an_act_without_a_base_has_one_span(acts):
    assert [
        (fine(acts["obstructing_inspection"], a).low, fine(acts["obstructing_inspection"], a).high)
        for a in (None, 9)
    ] == [
        (100_000, 300_000),
        (100_000, 300_000),
    ]


def test_an_unknown_turnover_leaves_the_top_open(acts):
    found = fine(acts["unlicensed_export"], None)
    assert (found.low, found.high) == (500_000, None)
    assert found.why == (
        "the turnover is unknown: RMB 500,000 to 5,000,000, or 5 to 10 times the turnover from RMB 500,000 "
        "(Export Control Law Art. 34; Order 792 Art. 39)"
    )


def test_a_dividing_figure_that_is_not_known_gives_both_spans(acts):
    found = fine(acts["import_pledge_broken"], 1_000_000)
    assert (found.low, found.high) == (300_000, 5_000_000)


def test_bad_amounts_and_names_are_refused(acts):
    with pytest.raises(InputError, match="cannot be negative"):
        fine(acts["unlicensed_export"], -1)
    with pytest.raises(AddressError, match="no such offence"):
        find_act(acts, "smuggling")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[a]\nbase = "weight"', "a fine has no such base"),
        (
            '[a]\nbase = "none"\nfixed_low = 1.5\nfixed_high = 2',
            "a figure of a fine is missing or not a whole number",
        ),
        ('[a]\nbase = "none"\nfixed_low = 3\nfixed_high = 2', "a fine ends below its start"),
    ],
)
def test_a_wrong_file_is_refused(text, what):
    with pytest.raises(BookError) as caught:
        parse_fines(text)
    assert caught.value.problem.what == what
