from __future__ import annotations

import pytest


def test_a_table_is_read_with_bounds_days_and_those_behind(fixture, edges, said):
    found = fixture("holdings.csv")
    assert edges(found) == [
        ("row 2", "moonflower", "harebell", "333/1000", "333/1000", "shares", ""),
        ("row 3", "foxtail", "harebell", "1/4", "1/2", "shares", ""),
        ("row 4", "depot", "harebell", "1/10", "1/10", "nominee", "foxtail"),
        ("row 5", "moonflower", "foxtail", "0", None, "shares", ""),
        ("row 6", "moonflower", "depot", "0", None, "control", ""),
    ]
    assert [(str(h.from_day), str(h.to_day)) for h in found.holdings[:3]] == [
        ("2020-01-01", "None"),
        ("None", "None"),
        ("None", "2024-12-31"),
    ]
    assert said(found) == []


def test_a_mark_at_the_start_semicolons_and_german_words_are_no_matter(fixture, edges):
    assert edges(fixture("german.csv")) == [
        ("row 2", "Mondblume GmbH", "Glockenblume AG", "333/1000", "333/1000", "shares", ""),
        ("row 3", "Fuchsschwanz AG", "Glockenblume AG", "1/4", "1/2", "shares", ""),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "owner,owned,share_percent",
        "Shareholder,Company,Share %",
        "股东,公司,持股比例",
        "parent\tsubsidiary\tpercent",
    ],
)
def test_columns_are_known_by_several_names(given, edges, header):
    separator = "\t" if "\t" in header else ","
    found = given(f"{header}\na{separator}b{separator}12.5\n")
    assert edges(found) == [("row 2", "a", "b", "1/8", "1/8", "shares", "")]


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ("120,,", "a share over 100 percent: it is unknown"),
        ("-5,,", "a negative share: it is unknown"),
        (",60,40", "a least share above the greatest: it is unknown"),
        ("circa 50,,", "a share that cannot be read: it is unknown"),
    ],
)
def test_a_share_that_cannot_be_is_unknown_and_found(given, edges, cells, what):
    found = given(f"owner,owned,share,low_percent,high_percent\na,b,{cells}\n")
    assert [edge[3:5] for edge in edges(found)] == [("0", None)]
    assert [f.what for f in found.findings] == [what]


def test_one_half_written_as_a_fraction_is_read_as_half_a_percent_and_found(given, edges):
    found = given("owner,owned,share\na,c,0.5\nb,c,0.5\n")
    assert [edge[3] for edge in edges(found)] == ["1/200", "1/200"]
    (finding,) = found.findings
    assert finding.what == (
        "no share is above 1 percent: read as percentages, so a file that writes 0.5 for one half is "
        "read a hundred times too small"
    )


def test_rows_without_both_names_and_unknown_kinds_are_found(given, said):
    found = given("owner,owned,share,kind\na,,5,\na,b,5,lien\nn,b,5,nominee\n")
    assert said(found) == [
        ("a row without owner or owned: left out", "given, line 2"),
        ("an unknown kind of holding ('lien'): its share is counted as shares", "given, line 3"),
        ("a nominee or trust with nobody behind it: for whom it holds is unknown", "given, line 4"),
    ]


def test_more_than_the_whole_counts_only_on_days_that_overlap(given, said):
    rows = "a,c,60,,2024-12-31\nb,c,60,2025-01-01,\n"
    assert said(given(f"owner,owned,share,from,to\n{rows}")) == []
    assert said(given(f"owner,owned,share,from,to\n{rows}d,c,60,2025-06-01,\n")) == [
        ("shares of one body over 100 percent: kept as stated", "c on 2025-06-01")
    ]


def test_a_table_that_does_not_say_who_owns_whom_is_refused(refused):
    assert refused("name,country\nx,DE\n", "csv") == (
        "this table does not say who owns whom",
        "given, line 1",
        "name, country",
    )


def test_a_quote_that_never_ends_and_a_row_cut_off_are_refused(refused):
    assert refused('owner,owned,share\na,"b,5\n')[:2] == ("this file is not whole", "given, line 2")
    assert refused("owner,owned,share\na,b,5\nc,d")[:2] == ("this file is not whole", "given, line 3")


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("China", "CN"),
        ("us", "US"),
        ("USA", "US"),
        ("US-DE", "US"),
        ("Germany", "DE"),
        ("中国", "CN"),
        ("", ""),
    ],
)
def test_a_country_is_a_code_or_a_name(given, written, country):
    found = given(f"owner,owned,share,owned_country\na,b,50,{written}\n")
    assert [(b.id, b.country) for b in found.bodies] == [("a", ""), ("b", country)]
    assert found.findings == ()


def test_a_country_that_cannot_be_read_is_not_stated_and_found(given):
    found = given("owner,owned,share,owned_country\na,b,50,Atlantis\n")
    assert [b.country for b in found.bodies] == ["", ""]
    assert [f.what for f in found.findings] == ["a country that cannot be read: it is taken as not stated"]


def test_shares_over_the_whole_are_found_on_their_first_day(given, said):
    head = "owner,owned,share_percent,from_day,to_day\n"
    over = "a,t,60,,2020-06-30\nb,t,60,2020-06-30,\nc,t,50,2021-01-01,2020-01-01\n"
    apart = "a,t,60,,2020-06-29\nb,t,60,2020-06-30,9999-12-31\n"
    assert said(given(head + over)) == [
        ("shares of one body over 100 percent: kept as stated", "t on 2020-06-30")
    ]
    assert said(given(head + apart)) == []
