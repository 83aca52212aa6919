from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as listening
from tests.stores.database.things import (
    AT,
    DAY,
    account,
    case,
    certificate,
    duty,
    organisation,
    permit,
    verdict,
)

from xenotime.core.errors import InputError
from xenotime.programme.account import Account
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.ports import Search
from xenotime.stores.database.finding import found
from xenotime.stores.database.shelves import SHELVES


def put(store, *things):
    with store.change() as change:
        for thing in things:
            change.add(thing)


def ids(store, kind, **search):
    with store.view() as view:
        return [thing.id for thing in view.find(kind, Search(**search)).items]


def walk(store, kind, **search):
    """Every id, page by page."""
    found, after = [], ""
    while True:
        with store.view() as view:
            page = view.find(kind, Search(**search, after=after))
        found.append([thing.id for thing in page.items])
        if not page.next:
            return found
        after = page.next


def test_pages_follow_each_other_without_gap_or_repeat(store):
    put(store, *(case(n, opened=AT + timedelta(minutes=n // 3)) for n in range(10)))
    assert walk(store, Case, limit=4) == [["C0", "C1", "C2", "C3"], ["C4", "C5", "C6", "C7"], ["C8", "C9"]]
    assert walk(store, Case, limit=4, order="-opened") == [
        ["C9", "C8", "C7", "C6"],
        ["C5", "C4", "C3", "C2"],
        ["C1", "C0"],
    ]
    assert walk(store, Case, limit=5, order="id")[1] == [f"C{n}" for n in range(5, 10)]


def test_a_full_last_page_has_no_next(store):
    put(store, case(1), case(2))
    assert walk(store, Case, limit=2) == [["C1", "C2"]]


def test_a_page_goes_on_from_its_place_when_things_come_before_it(store):
    put(store, case(5), case(6), case(7))
    with store.view() as view:
        page = view.find(Case, Search(limit=2))
    put(store, case(1))
    assert ids(store, Case, limit=2, after=page.next) == ["C7"]


def test_where_takes_one_value_several_and_nothing(store):
    put(store, case(1, officer="ada"), case(2, officer="bo"), case(3), case(4, state="closed", closed=AT))
    assert ids(store, Case, where={"officer": "ada"}) == ["C1"]
    assert ids(store, Case, where={"officer": ("ada", "bo")}) == ["C1", "C2"]
    assert ids(store, Case, where={"officer": None}) == ["C3", "C4"]
    assert ids(store, Case, where={"closed": None, "officer": ""}) == ["C3"]
    assert ids(store, Case, where={"officer": ()}) == []


def test_where_compares_days_and_instants_but_never_finds_what_has_none(store):
    put(store, *(duty(n, DAY + timedelta(days=n)) for n in range(4)))
    put(store, case(1, due=DAY), case(2))
    assert ids(store, Duty, where={"due<=": DAY + timedelta(days=1)}) == ["D0", "D1"]
    assert ids(store, Duty, where={"due <": DAY + timedelta(days=1)}) == ["D0"]
    assert ids(store, Duty, where={"due>": DAY, "due<": DAY + timedelta(days=3)}) == ["D1", "D2"]
    assert ids(store, Case, where={"due<=": date(2030, 1, 1)}) == ["C1"]
    assert ids(store, Case, where={"opened>=": AT + timedelta(minutes=2)}) == ["C2"]


def test_instants_with_and_without_parts_of_a_second_sort_as_they_follow(store):
    put(
        store,
        case(1, opened=AT.replace(microsecond=500)),
        case(2, opened=AT),
        case(3, opened=AT.replace(second=1)),
    )
    assert ids(store, Case, order="opened") == ["C2", "C1", "C3"]


def test_a_field_with_many_values_is_found_by_any(store):
    put(store, permit("XG-1", ["O1", "O2"]), permit("XG-2", ["O2"]), certificate("XC-1"))
    assert ids(store, Permit, where={"users": "O2"}) == ["XG-1", "XG-2"]
    assert ids(store, Permit, where={"users": ("O1", "O7")}) == ["XG-1"]
    assert ids(store, Certificate, where={"sites": "S2", "state": "active"}) == ["XC-1"]
    assert ids(store, Certificate, where={"items": "S2"}) == []


def test_text_finds_names_by_the_beginnings_of_their_words(store):
    put(
        store,
        organisation("Alpenrose Antriebe Müller", name_zh="阿尔卑斯驱动技术"),
        organisation("Tallsedge Group", other_names=("Tall Sedge Rüstung",)),
    )
    one, two = "O-Alpenrose Antriebe Müller", "O-Tallsedge Group"
    wanted = {
        "alpen": [one], "ANTRIEBE": [one], "muller": [one], "alpen müll": [one], "rose": [], "驱动": [one],
        "技术": [one], "sedge": [two], "tallsedge rus": [two], "%": [], "_": [], "  ": [one, two],
    }  # fmt: skip
    assert {said: ids(store, Organisation, text=said) for said in wanted} == wanted


def test_a_renamed_thing_is_found_by_its_new_name_only(store):
    put(store, case(1, title="Old Harbour"))
    with store.change() as change:
        held = change.hold(Case, "C1")
        change.put(type(held)(**{f: getattr(held, f) for f in held.__slots__} | {"title": "New Harbour"}))
    assert (ids(store, Case, text="old"), ids(store, Case, text="new harb")) == ([], ["C1"])


def test_an_address_is_found_in_any_case(store):
    put(store, account("Ada", email="Ada@Invented.Example"))
    assert ids(store, Account, where={"email": "ada@invented.EXAMPLE"}) == ["Ada"]


def test_organisations_are_listed_by_name_as_a_reader_expects(store):
    put(store, *(organisation(name) for name in ("Öland", "alpha", "Beta", "Zeta", "nord")))
    found = ids(store, Organisation, order="name")
    assert found == ["O-alpha", "O-Beta", "O-nord", "O-Öland", "O-Zeta"]


def test_counts_by_a_column(store):
    put(store, *(verdict(n, answer="refuse" if n % 3 else "allow") for n in range(7)))
    with store.view() as view:
        assert dict(view.count(Verdict, "answer")) == {"allow": 3, "refuse": 4}
        assert dict(view.count(Verdict, "answer", {"certificate": "XC-2"})) == {}


def test_columns_stream_without_the_things(store):
    put(store, *(verdict(n) for n in range(3)))
    with store.view() as view:
        rows = list(view.columns(Verdict, ["id", "end_user", "on", "expires"], {"answer": "allow"}))
    assert rows == [(f"V{n}", "O1", "2026-06-01", "") for n in range(3)]


@pytest.mark.parametrize(
    "search",
    [
        {"where": {"title": "x"}},
        {"where": {"thing": "x"}},
        {"where": {"state; drop table cases": "x"}},
        {"where": {"due<=": (DAY, DAY)}},
        {"order": "outcome"},
        {"order": "1"},
        {"limit": 0},
        {"limit": 1001},
        {"limit": -1},
        {"after": "nonsense"},
        {"after": "bnVsbA"},
        {"after": "WyJpZCIsZmFsc2UsMSwyXQ"},
    ],
)
def test_what_has_no_index_or_place_is_refused(store, search):
    with pytest.raises(InputError, match="cannot be answered"), store.view() as view:
        view.find(Case, Search(**search))


def test_a_place_of_another_order_is_refused(store):
    put(store, *(case(n) for n in range(4)))
    with store.view() as view:
        place = view.find(Case, Search(limit=2)).next
        for other in ("-opened", "id"):
            with pytest.raises(InputError):
                view.find(Case, Search(limit=2, order=other, after=place))


def test_a_number_beyond_the_column_is_refused(store):
    with pytest.raises(InputError, match="whole number"), store.view() as view:
        view.find(Duty, Search(where={"step": 2**70}))


def test_a_kind_without_names_has_no_text_search(store):
    with pytest.raises(InputError), store.view() as view:
        view.find(Verdict, Search(text="x"))


def test_a_kind_without_shelf_is_a_mistake_of_the_program(store):
    with pytest.raises(TypeError, match="keeps no int"), store.view() as view:
        view.find(int, Search())


@pytest.mark.parametrize(
    ("kind", "where", "order"),
    [
        (Case, {}, "-opened"),
        (Case, {"organisation": "O1"}, "-opened"),
        (Case, {"state": "filed", "queue": "civil"}, "opened"),
        (Case, {"due<=": DAY}, "due"),
        (Verdict, {}, "-at"),
        (Verdict, {"organisation": "O1", "answer": "refuse"}, "-at"),
        (Verdict, {"certificate": "XC-1", "state": "committed"}, "-at"),
        (Verdict, {"state": "reserved", "expires<=": AT}, "expires"),
        (Certificate, {"number": "XC-1"}, "-issued"),
        (Duty, {"state": "open", "due<": DAY}, "due"),
    ],
)
def test_lists_are_read_along_an_index_and_never_sorted(sqlite_store, kind, where, order):
    with sqlite_store.engine.connect() as connection:
        said = []
        listening.listen(connection, "before_cursor_execute", lambda *a: said.append(a[2:4]))
        found(connection, SHELVES[kind], Search(where=where, order=order))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said[-1][0]}", said[-1][1]).all()
    steps = [row[3] for row in plan]
    assert all("USING INDEX" in step for step in steps if step.startswith(("SCAN", "SEARCH")))
    assert [step for step in steps if "TEMP B-TREE" in step and "number" not in where] == []


def test_a_page_is_one_statement_whatever_it_holds(store):
    put(store, *(case(n) for n in range(40)))
    said = []
    listening.listen(store.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    asked = {"where": {"state": "filed", "organisation": ("O1", "O2")}, "text": "case 3"}
    said.clear()
    for limit in (1, 30):
        with store.view() as view:
            view.find(Case, Search(limit=limit, **asked))
    assert len([s for s in said if s.startswith("SELECT cases")]) == 2
    assert len([s for s in said if s.startswith("SELECT")]) == 2


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_a_search(sqlite_store, said, state):
    with sqlite_store.view() as view:
        assert view.find(Case, Search(text=said, where={"state": state})).items == ()


@pytest.mark.parametrize("said", ["\x00", "\ud800", "'; --", "%_\\", "北方\x00", "x" * 5000, "\U0010ffff"])
def test_no_text_breaks_a_search_on_either(store, said):
    with store.view() as view:
        assert view.find(Case, Search(text=said)).items == ()
        assert view.find(Case, Search(where={"state": said})).items == ()
