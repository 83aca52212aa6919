from __future__ import annotations

import csv
from decimal import Decimal
from importlib import resources

import pytest

from xenotime.core.errors import BookError, InputError
from xenotime.evidence import read
from xenotime.evidence.read import COLUMNS, MOST_SIGNS, TABLES, figures, packaged, parse, table

HEAD = ",".join(COLUMNS)
GOOD = {
    "id": "own-001",
    "subject": "Magnet cover",
    "stage": "firm",
    "element": "NdFeB",
    "country": "Germany",
    "year": "2026-10",
    "value": "9",
    "unit": "weeks",
    "low": "8",
    "high": "11",
    "source_title": "Stock count",
    "source_url": "https://example.org/count",
    "source_date": "2026-10-01",
    "confidence": "high",
    "note": "two plants",
}


def text(*rows):
    quoted = [",".join(f'"{row[name]}"' for name in COLUMNS) for row in rows]
    return "\n".join([HEAD, *quoted]) + "\n"


def test_every_packaged_claim_has_an_id_of_its_own_that_names_its_table():
    ids = [figure.id for figure in packaged()]
    assert sorted(set(ids)) == sorted(ids)
    assert [figure.id for figure in packaged() if table(figure) not in TABLES] == []


def test_every_packaged_claim_says_who_and_when():
    assert [f.id for f in packaged() if not (f.source and f.published and f.unit and f.sureness)] == []


@pytest.mark.parametrize("name", TABLES)
def test_ids_of_a_table_are_its_rows_in_order(name):
    rows = [figure.id for figure in packaged() if table(figure) == name]
    assert rows == [f"{name}-{number:03d}" for number in range(1, len(rows) + 1)]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("production-001", ("Rare Earths: Production: Mineral concentrates", "2021", Decimal(42400))),
        ("shares-016", ("China share of separation", "2024", Decimal(91))),
        ("shares-043", ("China share of supply", "2021", Decimal("92.5"))),
        ("intensity-001", ("F-35 fighter", "", Decimal(417))),
        ("prices-001", ("La oxide annual average price", "2021", Decimal("1.51"))),
        (
            "trade-128",
            (
                "China exports, rare earth group HS 850511+280530+284690, quantity",
                "2024-12",
                Decimal("12998.9"),
            ),
        ),
        ("disruptions-015", ("Suzuki Swift stopped (Sagara)", "2025-05-26", Decimal(21))),
        ("projects-101", ("Lead time of new facilities, IEA", "", Decimal(8))),
        ("stocks-001", ("India carmakers, magnet cover", "2025-06", Decimal(5))),
        ("substitution-030", ("EU share of REPM imports to fall", "", Decimal(80))),
        ("backtest-003", ("China REPM exports", "2025-05", Decimal("1238.47"))),
        ("markets-001", ("MP Materials: change of share price", "2025-07-10", Decimal("50.62"))),
    ],
)
def test_ids_never_change(claim, said):
    (figure,) = [f for f in packaged() if f.id == claim]
    assert (figure.subject, figure.period, figure.value) == said


def test_months_kept_for_the_check_are_marked():
    checked = [f for f in packaged() if "split=validation" in f.note and f.subject == "China REPM exports"]
    assert sorted({f.period for f in checked if f.country == "World"}) == ["2025-07", "2025-08"]


def test_a_gap_is_a_gap_and_not_a_zero():
    gaps = {f.id: f.value for f in packaged() if f.gap}
    assert gaps["shares-078"] is None
    assert {f.value for f in packaged() if f.id == "backtest-020"} == {Decimal(0)}


def test_a_published_range_keeps_its_ends_and_says_that_its_middle_is_ours():
    (yttrium,) = [f for f in packaged() if f.id == "production-167"]
    assert (yttrium.low, yttrium.value, yttrium.high) == (Decimal(10000), Decimal(12500), Decimal(15000))
    assert yttrium.derived


def test_a_table_reads_as_it_is_written():
    (figure,) = parse(text(GOOD), "own.csv")
    assert (figure.id, figure.value, figure.low, figure.high) == (
        "own-001",
        Decimal(9),
        Decimal(8),
        Decimal(11),
    )
    assert (figure.period, figure.published, figure.note) == ("2026-10", "2026-10-01", "two plants")


def test_own_figures_follow_the_packaged_ones():
    own = parse(text(GOOD), "own.csv")
    assert figures(own) == (*packaged(), *own)


def test_an_own_figure_with_a_packaged_id_is_refused():
    own = parse(text({**GOOD, "id": "shares-001"}), "own.csv")
    with pytest.raises(InputError, match="two claims bear one id"):
        figures(own)


MUSEUM = {
    "no_source": ({"source_title": ""}, "this claim has no source"),
    "no_unit": ({"unit": ""}, "this claim has no unit"),
    "no_day_of_source": ({"source_date": ""}, "this claim does not say when its source was published"),
    "no_sureness": ({"confidence": ""}, "this claim does not say how sure it is"),
    "no_subject": ({"subject": ""}, "this claim does not say what it is about"),
    "no_id": ({"id": ""}, "this claim has no id"),
    "odd_id": ({"id": "Own 1"}, "this is not the id of a claim"),
    "unit_nobody_knows": ({"unit": "bushels"}, "this unit is unknown"),
    "value_with_unit": ({"value": "9 weeks"}, "the value is not a number"),
    "value_with_comma": ({"value": "1,000"}, "the value is not a number"),
    "not_a_number": ({"value": "NaN"}, "the value is not a number"),
    "infinite": ({"high": "Infinity"}, "the high is not a number"),
    "exponent": ({"value": "9e999999"}, "the value is not a number"),
    "other_digits": ({"value": "٩"}, "the value is not a number"),
    "ends_crossed": ({"low": "12"}, "the interval does not hold its value"),
    "value_outside": ({"value": "20"}, "the interval does not hold its value"),
    "interval_alone": ({"value": ""}, "an interval without its value"),
    "thirteenth_month": ({"year": "2026-13"}, "this is not a period"),
    "period_backwards": ({"year": "2026-2021"}, "this is not a period"),
    "thirtieth_of_february": ({"source_date": "2026-02-30"}, "this is not a period"),
    "slashed_day": ({"source_date": "1/10/2026"}, "this is not a day of publication"),
    "sureness_of_ours": ({"confidence": "certain"}, "this says nothing on how sure the claim is"),
    "address_of_a_program": ({"source_url": "javascript:alert(1)"}, "this is not the address of a source"),
    "cell_too_long": ({"note": "x" * (MOST_SIGNS + 1)}, "the cell `note` is too long"),
    "steering_signs": ({"note": "\x1b[2Jgone"}, "the cell `note` holds signs that are not text"),
}


@pytest.mark.parametrize("defect", MUSEUM)
def test_a_row_that_is_no_claim_is_refused_in_four_parts(defect):
    change, what = MUSEUM[defect]
    with pytest.raises(InputError) as refused:
        parse(text({**GOOD, "id": "own-000"}, {**GOOD, **change}), "mine.csv")
    problem = refused.value.problem
    assert (problem.what, problem.where) == (what, "mine.csv, row 3")
    assert all((problem.expected, problem.found, problem.next_step))


FILES = {
    "empty": ("", "this table has other columns"),
    "other_columns": ("day,price\n2026-01-01,3\n", "this table has other columns"),
    "column_twice": (f"{HEAD},note\n", "this table has other columns"),
    "column_of_ours_missing": (HEAD.replace(",unit", "") + "\n", "this table has other columns"),
    "short_row": (f"{HEAD}\nown-001,only\n", "this row is not as wide as its head"),
    "long_row": (text(GOOD).rstrip("\n") + ",more\n", "this row is not as wide as its head"),
    "open_quote": (f'{HEAD}\nown-001,"never closed\n', "this is not a CSV table"),
    "nul": (f"{HEAD}\nown-001,\0\n", "this row is not as wide as its head"),
}


@pytest.mark.parametrize("defect", FILES)
def test_a_file_that_is_no_table_of_claims_is_refused(defect):
    content, what = FILES[defect]
    with pytest.raises(InputError) as refused:
        parse(content, "mine.csv")
    assert refused.value.problem.what == what


def test_two_rows_of_one_id_are_refused_and_both_are_named():
    with pytest.raises(InputError) as refused:
        parse(text(GOOD, GOOD), "mine.csv")
    assert (refused.value.problem.where, refused.value.problem.found) == (
        "mine.csv, row 3",
        "own-001, also in row 2",
    )


def test_a_table_without_end_is_refused_early(monkeypatch):
    monkeypatch.setattr(read, "MOST_ROWS", 5)
    many = text(*({**GOOD, "id": f"own-{n:03d}"} for n in range(9)))
    with pytest.raises(InputError, match="this table is too long") as refused:
        parse(many, "mine.csv")
    assert refused.value.problem.where == "mine.csv, row 7"


def test_a_packaged_table_that_is_damaged_is_our_failure(monkeypatch):
    monkeypatch.setattr(read, "parse", lambda _, where: parse("x\n", where))
    packaged.cache_clear()
    with pytest.raises(BookError, match="other columns"):
        packaged()
    packaged.cache_clear()


def test_a_formula_that_export_made_harmless_reads_as_it_was():
    (figure,) = parse(text({**GOOD, "note": "'=1+1"}), "own.csv")
    assert figure.note == "=1+1"


def test_the_packaged_tables_are_written_in_our_columns():
    home = resources.files("xenotime.evidence") / "tables"
    heads = {
        name: next(csv.reader((home / f"{name}.csv").read_text("utf-8").splitlines()[:1])) for name in TABLES
    }
    assert heads == {name: list(COLUMNS) for name in TABLES}
