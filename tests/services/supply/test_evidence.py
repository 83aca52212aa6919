from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.evidence.ask import Wanted
from xenotime.evidence.read import COLUMNS, packaged
from xenotime.services.supply import evidence
from xenotime.services.supply.evidence import (
    OWN,
    add,
    all_figures,
    cells,
    conflicts,
    lone,
    own,
    show,
    written,
)

COUNT = {
    "subject": "Magnet cover",
    "stage": "firm",
    "element": "NdFeB",
    "country": "Germany",
    "year": "2026-10",
    "value": "9",
    "unit": "weeks",
    "source_title": "Stock count",
    "source_date": "2026-10-01",
    "confidence": "high",
}


class Shelf:
    """A folder of claims that lies in memory."""

    def __init__(self, **texts):
        self.texts = dict(texts)

    def read(self):
        return dict(self.texts)

    @contextmanager
    def lock(self):
        yield

    def keep(self, name, text):
        self.texts[name] = text
        return Path(name)


def table(*rows):
    lines = [",".join(COLUMNS)]
    lines += [",".join(f'"{row.get(name, "")}"' for name in COLUMNS) for row in rows]
    return "\n".join(lines) + "\n"


class Watched(Shelf):
    """A folder that says what was done to it while it was held."""

    held = False
    done: tuple = ()

    @contextmanager
    def lock(self):
        self.held = True
        yield
        self.held = False

    def read(self):
        self.done = (*self.done, ("read", self.held))
        return super().read()

    def keep(self, name, text):
        self.done = (*self.done, ("keep", self.held))
        return super().keep(name, text)


def test_the_folder_is_held_from_reading_to_keeping():
    store = Watched()
    add(store, lone(COUNT), "the options given")
    assert store.done == (("read", True), ("keep", True))


def test_a_claim_is_kept_with_an_id_and_every_model_rests_on_it():
    store = Shelf()
    (kept,) = add(store, lone(COUNT), "the options given")
    assert (kept.id, kept.value, kept.unit) == ("own-001", Decimal(9), "weeks")
    assert own(store) == (kept,)
    assert all_figures(store) == (*packaged(), kept)


def test_the_next_ids_go_on_from_the_last():
    store = Shelf()
    add(store, table(COUNT, {**COUNT, "country": "France"}), "a.csv")
    (kept,) = add(store, table({**COUNT, "country": "Spain"}), "b.csv")
    assert [figure.id for figure in own(store)] == ["own-001", "own-002", "own-003"]
    assert kept.id == "own-003"


def test_an_id_of_the_users_own_is_kept():
    (kept,) = add(Shelf(), table({**COUNT, "id": "plant-7"}), "a.csv")
    assert kept.id == "plant-7"


@pytest.mark.parametrize(
    ("rows", "what", "where"),
    [
        ([{**COUNT, "source_title": ""}], "this claim has no source", "a.csv, row 2"),
        ([{**COUNT, "unit": ""}], "this claim has no unit", "a.csv, row 2"),
        ([COUNT, {**COUNT, "unit": "bushels", "country": "Spain"}], "this unit is unknown", "a.csv, row 3"),
        ([COUNT, COUNT], "this claim is there already", "a.csv, row 3"),
        ([{**COUNT, "id": "shares-001"}], "two claims bear one id", "a.csv, row 2"),
        ([], "this table holds no claim", "a.csv"),
    ],
)
def test_all_of_a_table_is_kept_or_nothing(rows, what, where):
    store = Shelf()
    with pytest.raises(InputError) as refused:
        add(store, table(*rows), "a.csv")
    problem = refused.value.problem
    assert (problem.what, problem.where, store.texts) == (what, where, {})
    assert all((problem.expected, problem.found, problem.next_step))


def test_a_packaged_claim_is_not_entered_again():
    twin = cells(packaged()[0]) | {"id": ""}
    with pytest.raises(InputError) as refused:
        add(Shelf(), table(twin), "a.csv")
    assert refused.value.problem.found == "production-001"


def test_what_is_written_reads_the_same():
    store = Shelf()
    rows = [
        {**COUNT, "note": "a, \u201cquoted\u201d note", "low": "8.5", "high": "11"},
        {**COUNT, "value": "", "country": "Spain"},
    ]
    kept = add(store, table(*rows), "a.csv")
    assert own(store) == kept
    again = Shelf()
    assert add(again, written(kept), "b.csv") == kept
    assert again.texts == store.texts


def test_every_packaged_claim_survives_its_own_export():
    assert evidence.parse(written(packaged()), "all.csv") == packaged()


def test_no_cell_of_an_export_runs_as_a_formula():
    store = Shelf()
    add(store, table({**COUNT, "note": "=1+1"}), "a.csv")
    assert store.texts[OWN].splitlines()[1].endswith(",'=1+1")
    assert own(store)[0].note == "=1+1"


def test_own_claims_stand_beside_the_packaged_ones_in_a_conflict():
    store = Shelf()
    rival = {**COUNT, "subject": "China share of refining", "stage": "separation/refining", "element": "REO"}
    add(
        store, table({**rival, "country": "China", "year": "2025", "value": "95", "unit": "percent"}), "a.csv"
    )
    (found,) = conflicts(store, ["china", "refines"])
    assert Decimal(95) in found.values
    assert [figure.id for figure in found.figures if figure.value == 95] == ["own-001"]


def test_a_table_of_ones_own_is_shown_by_its_name():
    store = Shelf()
    kept = add(store, table({**COUNT, "id": "plant-7"}), "a.csv")
    assert show(store, Wanted(table="plant")) == kept
    with pytest.raises(InputError, match="there is no such table"):
        show(store, Wanted(table="rumours"))


def test_a_damaged_table_is_named_by_its_file():
    with pytest.raises(InputError) as refused:
        own(Shelf(**{"own.csv": table({**COUNT, "id": "own-001", "unit": ""})}))
    assert refused.value.problem.where == "own.csv, row 2"


def test_an_id_in_two_files_is_refused():
    one = table({**COUNT, "id": "own-001"})
    with pytest.raises(InputError, match="two claims bear one id"):
        all_figures(Shelf(**{"a.csv": one, "b.csv": table({**COUNT, "id": "own-001", "country": "Spain"})}))


def test_a_time_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError) as refused:
        show(Shelf(), Wanted(first=date(2026, 1, 1), last=date(2025, 1, 1)))
    assert refused.value.problem.what == "this time ends before it begins"


def test_claims_that_could_not_be_read_again_are_not_kept(monkeypatch):
    monkeypatch.setattr(evidence, "MOST_ROWS", 2)
    store = Shelf()
    add(store, lone(COUNT), "the options given")
    before = dict(store.texts)
    with pytest.raises(InputError) as refused:
        add(store, table(*({**COUNT, "country": name} for name in ("Spain", "Italy"))), "a.csv")
    problem = refused.value.problem
    assert (problem.what, problem.found, store.texts) == (
        "there is no room for so many claims of your own",
        "3 with these",
        before,
    )
