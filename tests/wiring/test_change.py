from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.fixtures.notices import read_once

from xenotime.core.errors import AddressError, InputError
from xenotime.law.read import book_files
from xenotime.portfolio.read import read_portfolio
from xenotime.services.bulk.sheet import sheet_of
from xenotime.stores.books import write_folder
from xenotime.wiring import change, library, overlays
from xenotime.wiring.change import Asked, Over, day_of, differ, impact

KNOWN = date(2026, 11, 21)
DRAFT = Path("examples/law/half-a-percent.md")
ELEMENT = Path("examples/law/new-element.md")
FLOOR = "cn_part1_value > 0 AND cn_part1_value * 1000 >= item_value"


@pytest.fixture(autouse=True, scope="module")
def _read_once():
    with read_once(change):
        yield


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("XENOTIME_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XENOTIME_TODAY", "2026-11-21")


@pytest.mark.parametrize("pair", [("cn", "us"), ("us", str(DRAFT)), (str(DRAFT), "eu")])
def test_laws_of_two_jurisdictions_are_no_change_of_one_another(pair):
    with pytest.raises(InputError) as caught:
        differ(*map(Asked, pair), Over())
    assert caught.value.problem.what == "these are laws of different jurisdictions"


def test_a_notice_against_itself_changes_nothing():
    assert told(differ(Asked(str(DRAFT)), Asked(str(DRAFT)), Over())) == []


def test_taking_a_notice_away_is_a_change_back():
    made = differ(Asked(str(DRAFT)), Asked("cn"), Over())
    assert told(made) == [
        ("instrument", "removed", "user/draft-half-percent"),
        ("article", "removed", "user/draft-half-percent/1"),
        ("predicate", "changed", "largest_input_below"),
        ("predicate", "changed", "value_below_item"),
        ("predicate", "changed", "value_floor_item"),
        ("predicate", "changed", "value_floor_smallest"),
    ]


def told(made):
    return [(c.kind, c.how, c.address) for c in made.law.changes]


@pytest.fixture
def folder(tmp_path):
    """A copy of the Chinese book, unchanged or with one text replaced."""

    def copy(old="", new="", file="cn/predicates.toml", name="copy"):
        files = book_files("cn")
        if old:
            assert old in files[file]
            files[file] = files[file].replace(old, new)
        write_folder(tmp_path / name, files)
        return str(tmp_path / name)

    return copy


def test_two_days_of_knowledge_share_one_book():
    made = differ(Asked("cn", date(2025, 10, 15)), Asked("cn", date(2025, 11, 8)), Over())
    assert (made.before.hash, made.before.name) == (made.after.hash, "cn")
    assert [c.address for c in made.law.of("instrument")] == ["cn/mofcom-2025-70"]
    assert made.portfolio == ""


def test_an_unchanged_copy_of_the_book_does_not_differ(folder):
    made = differ(Asked("cn"), Asked(folder()), Over())
    assert (told(made), made.law.days, made.after.name) == ([], (), "copy")
    assert made.after.hash == made.before.hash


def test_a_threshold_moved_in_a_copy_is_told_whichever_side_it_is(folder):
    changed = folder(FLOOR, FLOOR.replace("1000", "200"))
    for sides in (("cn", changed), (f"{changed}/cn", "cn")):
        made = differ(*map(Asked, sides), Over())
        assert told(made) == [("predicate", "changed", "value_floor_item")]


def test_two_folders_are_compared_by_the_book_they_have(folder):
    made = differ(
        Asked(folder(name="one")), Asked(folder(FLOOR, FLOOR.replace("1000", "200"), name="two")), Over()
    )
    assert (made.before.name, made.after.name, len(made.law.changes)) == ("one", "two", 1)


def test_a_notice_is_laid_over_the_other_sides_book(folder):
    changed = folder(FLOOR, FLOOR.replace("1000", "200"))
    made = differ(Asked(changed), Asked(str(ELEMENT)), Over())
    assert {a for k, _, a in told(made) if k == "instrument"} == {"user/draft-neodymium"}
    assert "value_floor_item" not in {a for *_, a in told(made)}


def test_two_notices_are_laid_over_the_shipped_book_each():
    made = differ(Asked(str(DRAFT)), Asked(str(ELEMENT)), Over())
    assert [(how, a) for k, how, a in told(made) if k == "instrument"] == [
        ("removed", "user/draft-half-percent"),
        ("added", "user/draft-neodymium"),
    ]


def test_a_draft_is_taken_as_published_even_if_that_day_is_to_come(monkeypatch):
    monkeypatch.setenv("XENOTIME_TODAY", "2026-01-01")
    made = impact(DRAFT, None, Over())
    assert (made.before.known, made.after.known) == (date(2026, 11, 20), date(2026, 11, 20))
    assert made.after.name == "user/draft-half-percent"
    assert impact(DRAFT, date(2027, 1, 1), Over()).after.known == date(2027, 1, 1)


def test_a_draft_that_was_kept_already_is_compared_with_the_book_without_it():
    overlays().add("user_draft-half-percent.md", DRAFT.read_text("utf-8"))
    made = impact(DRAFT, None, Over())
    assert ("instrument", "added", "user/draft-half-percent") in told(made)


def test_a_notice_of_ones_own_stands_on_both_sides():
    overlays().add("user_draft-neodymium.md", ELEMENT.read_text("utf-8"))
    made = impact(DRAFT, None, Over())
    assert [c.address for c in made.law.of("instrument")] == ["user/draft-half-percent"]


def test_a_branch_may_belong_to_one_side_only_but_not_to_none():
    branch = {"user/draft-extension": "extended"}
    draft = Path("examples/law/extension-of-the-suspension.md")
    made = impact(draft, None, Over(branches=branch))
    assert (made.before.branches, made.after.branches) == ({}, branch)
    with pytest.raises(AddressError):
        impact(draft, None, Over(branches={"user/nothing": "extended"}))


def table_of(sheet):
    """A sheet as the facts table that a person would keep: words as text, amounts in whole units."""
    table = sheet.facts.join(sheet.story, on="key").drop("key")
    words = [n for n, kind in table.schema.items() if isinstance(kind, pl.Enum)]
    money = [n for n in table.columns if n.endswith(("_min", "_max"))]
    exact = {n: [None if v is None else Decimal(v).scaleb(-4) for v in table[n]] for n in money}
    amounts = [pl.Series(n, column, dtype=pl.Decimal(38, 4)) for n, column in exact.items()]
    return table.with_columns(pl.col(words).cast(pl.String), *amounts)


def test_a_portfolio_and_its_facts_table_give_the_same_moves(tmp_path):
    portfolio, day, file = Path("examples/magnet-maker"), date(2026, 12, 15), tmp_path / "facts.parquet"
    table_of(sheet_of(read_portfolio(portfolio), library(KNOWN), day)).write_parquet(file)
    draft = Path("examples/law/extension-of-the-suspension.md")
    table, folder = (impact(draft, KNOWN, Over(*over)) for over in ((file,), (portfolio, day)))
    assert table.much.shipments > 50
    moves = [[(m.before, m.after, m.measure, m.planned) for m in made.moves] for made in (table, folder)]
    assert moves[0] == moves[1]
    assert (table.portfolio, folder.portfolio, folder.on) == ("facts.parquet", "magnet-maker", day)
    assert ({t.name for t in table.parties}, "" in {t.name for t in folder.parties}) == ({""}, False)


def test_what_is_no_folder_of_books_is_refused(tmp_path, folder):
    with pytest.raises(InputError):
        differ(Asked("cn"), Asked(str(tmp_path / "nothing")), Over())
    whole = folder()
    shutil.rmtree(f"{whole}/cn")
    (tmp_path / "copy" / "us").mkdir()
    (tmp_path / "copy" / "us" / "predicates.toml").write_text("", "utf-8")
    with pytest.raises(InputError) as caught:
        differ(Asked("cn"), Asked(whole), Over())
    assert caught.value.problem.what == "this folder has no such book"


def test_a_day_is_told_from_a_name():
    assert (day_of("2025-10-15"), day_of("cn"), day_of("draft.md")) == (date(2025, 10, 15), None, None)
