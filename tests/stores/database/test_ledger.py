from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from xenotime.core.errors import AddressError, InputError, OutageError, RepeatError, StateError
from xenotime.programme.shipping.quota import Cap, Draw, Shortfall, check
from xenotime.stores.database import ledger, open_store

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
END = AT + timedelta(days=10)
DY = Draw("Dy", 40, "O1", "S1", "DE", "C1", "L1", 2026)
TB = replace(DY, element="Tb", grams=5)
CAPS = (
    Cap("all", 100, element="Dy", year=2026),
    Cap("mine", 90, organisation="O1"),
    Cap("site", 80, organisation="O1", site="S1"),
    Cap("theirs", 70, organisation="O2"),
)


@pytest.fixture
def stocked(store):
    with store.change() as change:
        for cap in CAPS:
            change.set_cap(cap, AT, "A")
    return store


def reserve(store, name="R1", draws=(DY,), *, key=None, at=AT, expires=END):
    with store.change() as change:
        return change.reserve(name, list(draws), at, expires, "A", key or f"key of {name}")


def settle(store, name, kind, *, at=AT, key=None, **more):
    with store.change() as change:
        return change.settle(name, kind, at, "A", key or f"{kind} of {name}", **more)


def correct(store, grams, *, name="R1", element="Dy", key="mended"):
    with store.change() as change:
        return change.correct(name, element, grams, AT, "A", key, "weighed again")


def counters(store):
    with store.view() as view:
        caps, entries = view.caps(), view.entries()
    assert check(caps, entries) == ()
    return {cap.id: (cap.held, cap.used) for cap in caps if cap.held or cap.used}


def test_a_draw_is_held_under_every_cap_that_fits_it(stocked):
    assert reserve(stocked, draws=(DY, TB)) == ()
    assert counters(stocked) == {"all": (40, 0), "mine": (45, 0), "site": (45, 0)}


def test_a_draw_that_one_cap_cannot_bear_holds_nothing_anywhere(stocked):
    reserve(stocked)
    assert reserve(stocked, "R2", [replace(DY, grams=41)]) == (Shortfall("site", 41, 40, 80),)
    assert reserve(stocked, "R2", [replace(DY, grams=61)], key="other") == (
        Shortfall("all", 61, 60, 100, "Dy"), Shortfall("mine", 61, 50, 90), Shortfall("site", 61, 40, 80),
    )  # fmt: skip
    assert counters(stocked) == {"all": (40, 0), "mine": (40, 0), "site": (40, 0)}


def test_the_last_gram_is_given_and_not_one_more(stocked):
    assert reserve(stocked, draws=[replace(DY, grams=80)]) == ()
    assert reserve(stocked, "R2", [replace(DY, grams=1, site="S2", organisation="O3")]) == ()
    assert reserve(stocked, "R3", [replace(DY, grams=1)]) == (Shortfall("site", 1, 0, 80),)


def test_a_draw_that_no_cap_fits_is_refused(stocked):
    lone = Draw("Sm", 1, "O9", "", "", "", "", 2026)
    assert reserve(stocked, draws=[DY, lone]) == (Shortfall("", 1, 0, 0, "Sm"),)
    assert counters(stocked) == {}


def test_a_cap_of_another_year_organisation_or_site_is_not_asked(stocked):
    other = Draw("Dy", 60, "O2", "S1", "DE", "C2", "", 2027)
    assert reserve(stocked, draws=[other]) == ()
    assert counters(stocked) == {"theirs": (60, 0)}


def test_the_same_key_draws_once_and_other_content_is_refused(stocked):
    assert (reserve(stocked), reserve(stocked)) == ((), ())
    assert counters(stocked)["all"] == (40, 0)
    with pytest.raises(RepeatError):
        reserve(stocked, draws=[replace(DY, grams=39)])
    with pytest.raises(RepeatError):
        reserve(stocked, "R2", key="key of R1")
    with pytest.raises(RepeatError):
        reserve(stocked, "R1", key="another key")


def test_a_key_that_was_short_may_be_tried_again(stocked):
    assert reserve(stocked, draws=[replace(DY, grams=90)]) != ()
    with stocked.change() as change:
        change.set_cap(Cap("site", 95, organisation="O1", site="S1"), AT, "A")
    assert reserve(stocked, draws=[replace(DY, grams=90)]) == ()


def test_a_commit_turns_what_is_held_into_use_and_frees_the_rest(stocked):
    reserve(stocked, draws=(DY, TB))
    made = settle(stocked, "R1", "commit", grams={"Dy": 30})
    assert sorted((e.kind, e.cap, e.element, e.grams) for e in made) == [
        ("commit", "all", "Dy", 30), ("commit", "mine", "Dy", 30), ("commit", "mine", "Tb", 5),
        ("commit", "site", "Dy", 30), ("commit", "site", "Tb", 5), ("release", "all", "Dy", 10),
        ("release", "mine", "Dy", 10), ("release", "site", "Dy", 10),
    ]  # fmt: skip
    assert counters(stocked) == {"all": (0, 30), "mine": (0, 35), "site": (0, 35)}
    with stocked.view() as view:
        assert view.entries(reservation="R1")[-8:] == tuple(made)


def test_nothing_is_settled_twice(stocked):
    reserve(stocked)
    first = settle(stocked, "R1", "commit")
    assert settle(stocked, "R1", "commit") == first
    for kind in ("commit", "release", "expire"):
        with pytest.raises(StateError):
            settle(stocked, "R1", kind, at=END, key="a second time")
    with pytest.raises(RepeatError):
        settle(stocked, "R1", "release", key="commit of R1")
    assert counters(stocked)["all"] == (0, 40)


def test_a_settlement_key_serves_one_reservation(stocked):
    reserve(stocked, "R1", [replace(DY, grams=1)])
    reserve(stocked, "R2", [replace(DY, grams=1)])
    settle(stocked, "R1", "commit", key="K")
    with pytest.raises(RepeatError):
        settle(stocked, "R2", "commit", key="K")


def test_more_than_was_held_cannot_be_committed(stocked):
    reserve(stocked)
    for grams in ({"Dy": 41}, {"Tb": 1}, {"Dy": -1}):
        with pytest.raises(StateError):
            settle(stocked, "R1", "commit", grams=grams)
    with pytest.raises(StateError):
        settle(stocked, "R1", "release", grams={"Dy": 1})
    assert counters(stocked)["all"] == (40, 0)


def test_a_release_and_an_expiry_free_everything(stocked):
    for name, kind, at in (("R1", "release", AT), ("R2", "expire", END)):
        reserve(stocked, name)
        settle(stocked, name, kind, at=at)
        assert counters(stocked) == {}


def test_time_decides_between_commit_and_expiry(stocked):
    reserve(stocked)
    with pytest.raises(StateError):
        settle(stocked, "R1", "expire", at=END - timedelta(microseconds=1))
    with pytest.raises(StateError):
        settle(stocked, "R1", "commit", at=END)
    assert [e.kind for e in settle(stocked, "R1", "expire", at=END)] == ["expire"] * 3


def test_overdue_names_what_is_over_and_open(stocked):
    for number, name in enumerate(("R1", "R2", "R3"), 1):
        reserve(stocked, name, [replace(DY, grams=1)], expires=AT + timedelta(hours=4 - number))
    settle(stocked, "R2", "release")
    with stocked.change() as change:
        assert change.overdue(AT) == ()
        assert change.overdue(AT + timedelta(hours=3)) == ("R3", "R1")
        assert change.overdue(AT + timedelta(hours=3), limit=1) == ("R3",)


def test_a_correction_adds_to_use_and_takes_from_it(stocked):
    reserve(stocked)
    settle(stocked, "R1", "commit", grams={"Dy": 30})
    made = correct(stocked, 20)
    assert {(e.kind, e.grams, e.reason) for e in made} == {("correct", 20, "weighed again")}
    assert correct(stocked, 20) == made
    correct(stocked, -50, key="nothing left at all")
    assert counters(stocked) == {}
    with pytest.raises(StateError):
        correct(stocked, -1, key="less than nothing")
    with pytest.raises(RepeatError):
        correct(stocked, 21)


def test_a_correction_cannot_pass_a_cap(stocked):
    reserve(stocked)
    settle(stocked, "R1", "commit")
    with pytest.raises(StateError):
        correct(stocked, 41)
    assert counters(stocked)["site"] == (0, 40)
    correct(stocked, 40, key="to the brim")
    assert counters(stocked)["site"] == (0, 80)


@pytest.mark.parametrize("settled", [None, "release"])
def test_only_a_commit_is_corrected_or_reversed(stocked, settled):
    reserve(stocked)
    if settled:
        settle(stocked, "R1", settled)
    with pytest.raises(StateError):
        correct(stocked, 1)
    with pytest.raises(StateError):
        settle(stocked, "R1", "reverse")


def test_an_element_that_was_not_drawn_is_not_corrected(stocked):
    reserve(stocked)
    settle(stocked, "R1", "commit")
    with pytest.raises(InputError):
        correct(stocked, 1, element="Tb")


def test_a_reversal_takes_back_commit_and_corrections_once(stocked):
    reserve(stocked, draws=(DY, TB))
    settle(stocked, "R1", "commit")
    correct(stocked, -15)
    made = settle(stocked, "R1", "reverse", reason="never left")
    assert sorted((e.cap, e.element, e.grams) for e in made) == [
        ("all", "Dy", 25), ("mine", "Dy", 25), ("mine", "Tb", 5), ("site", "Dy", 25), ("site", "Tb", 5),
    ]  # fmt: skip
    assert settle(stocked, "R1", "reverse") == made
    assert counters(stocked) == {}
    with pytest.raises(StateError):
        settle(stocked, "R1", "reverse", key="again")
    with stocked.view() as view:
        assert view.reservation("R1").state == "reverse"


def test_a_cap_lowered_under_its_use_lets_nothing_new_and_undoes_nothing(stocked):
    reserve(stocked)
    with stocked.change() as change:
        low = change.set_cap(Cap("site", 10, organisation="O1", site="S1"), AT, "A")
    assert (low.held, low.excess, low.free) == (40, 30, 0)
    assert reserve(stocked, "R2", [replace(DY, grams=1)]) == (Shortfall("site", 1, 0, 10),)
    settle(stocked, "R1", "commit")
    assert counters(stocked)["site"] == (0, 40)
    with pytest.raises(StateError):
        correct(stocked, 1)


def test_a_closed_cap_binds_and_gives_nothing(stocked):
    with stocked.change() as change:
        change.set_cap(replace(CAPS[2], closed=True), AT, "A")
    assert reserve(stocked) == (Shortfall("site", 40, 0, 0),)
    with stocked.change() as change:
        change.set_cap(CAPS[2], AT, "A")
    assert reserve(stocked) == ()


def test_each_bound_is_an_entry_and_the_same_bound_is_none(stocked):
    with stocked.change() as change:
        change.set_cap(replace(CAPS[0], grams=50), AT, "B")
        change.set_cap(replace(CAPS[0], grams=50), AT, "B")
    with stocked.view() as view:
        assert [(e.kind, e.grams, e.by) for e in view.entries(cap="all")] == [
            ("bound", 100, "A"),
            ("bound", 50, "B"),
        ]


def test_a_cap_keeps_its_levels_and_starts_from_nothing(stocked):
    with stocked.change() as change, pytest.raises(StateError):
        change.set_cap(Cap("all", 5, element="Tb"), AT, "A")
    with stocked.change() as change:
        assert change.set_cap(Cap("new", 5, element="Tb", held=3, used=1), AT, "A") == Cap(
            "new", 5, element="Tb"
        )


@pytest.mark.parametrize("grams", [0, -1, 2**53, True, 1.0])
def test_grams_are_whole_and_bounded(stocked, grams):
    with pytest.raises(InputError):
        reserve(stocked, draws=[replace(DY, grams=grams)])
    assert counters(stocked) == {}


@pytest.mark.parametrize("draws", [[], [DY, DY], [replace(DY, element="")]])
def test_a_draw_names_each_element_once(stocked, draws):
    with pytest.raises(InputError):
        reserve(stocked, draws=draws)


def test_a_reservation_ends_after_it_begins(stocked):
    with pytest.raises(InputError):
        reserve(stocked, expires=AT)


def test_what_is_not_there_is_said(stocked):
    with pytest.raises(AddressError):
        settle(stocked, "R9", "commit")
    with stocked.view() as view, pytest.raises(AddressError):
        view.reservation("R9")
    with stocked.view() as view, pytest.raises(InputError):
        view.caps({"colour": "red"})
    with pytest.raises(InputError):
        settle(stocked, "R9", "vanish")


def test_caps_and_reservations_are_found_by_columns(stocked):
    reserve(stocked)
    with stocked.view() as view:
        assert [c.id for c in view.caps({"organisation": ("", "O2")})] == ["all", "theirs"]
        assert [r.id for r in view.reservations({"state": "open", "certificate": "C1"})] == ["R1"]
        assert view.reservations({"state": "commit"}) == ()
        assert view.reservation("R1").draws == (DY,)


def test_a_change_that_fails_leaves_nothing(stocked):
    before = counters(stocked)

    def failing():
        with stocked.change() as change:
            assert change.reserve("R1", [DY], AT, END, "A", "K1") == ()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert counters(stocked) == before
    with stocked.view() as view:
        assert view.reservations() == ()


def test_the_database_itself_refuses_a_second_freeing(sqlite_store):
    with sqlite_store.change() as change:
        change.set_cap(CAPS[0], AT, "A")
        change.reserve("R1", [DY], AT, END, "A", "K1")
        change.settle("R1", "release", AT, "A", "K2")
    with sqlite_store.change() as change:
        change.connection.execute(text("UPDATE quota_reservation SET state = 'open', settled_key = ''"))
    with pytest.raises(StateError):
        settle(sqlite_store, "R1", "release")
    assert counters(sqlite_store) == {}


def test_a_full_disk_leaves_the_ledger_whole(sqlite_url):
    store = open_store(sqlite_url, pool=1)
    with store.change() as change:
        change.set_cap(Cap("wide", 10**9, element="Dy"), AT, "A")
        pages = change.connection.execute(text("PRAGMA page_count")).scalar_one()
        change.connection.execute(text(f"PRAGMA max_page_count = {pages + 8}"))
    done = 0

    def more():
        nonlocal done
        for number in range(2000):
            reserve(store, f"R{number}", [replace(DY, grams=1)])
            done += 1

    with pytest.raises(OutageError):
        more()
    assert counters(store)["wide"] == (done, 0)
    with store.view() as view:
        assert len(view.reservations()) == done
    store.close()


class Ledger(RuleBasedStateMachine):
    """The ledger beside a model of a few dictionaries."""

    store = None

    @initialize()
    def begin(self):
        self.grams = {cap.id: cap.grams for cap in CAPS}
        self.held, self.used, self.state = {}, {}, {}
        with self.store.change() as change:
            for table in ("quota_entry", "quota_reservation", "quota_cap"):
                change.connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - three fixed names
            for cap in CAPS:
                change.set_cap(cap, AT, "A")

    def total(self, cap):
        sums = [*self.held.values(), *self.used.values()]
        return sum(grams for draws in sums for of, grams in draws if cap.fits(of))

    def fits(self, draw, grams):
        return all(self.total(cap) + grams <= self.grams[cap.id] for cap in CAPS if cap.fits(draw))

    @rule(number=st.integers(0, 9), grams=st.integers(1, 50), site=st.sampled_from(["S1", "S2"]),
          organisation=st.sampled_from(["O1", "O2"]))  # fmt: skip
    def reserve(self, number, grams, site, organisation):
        draw = replace(DY, grams=grams, site=site, organisation=organisation)
        name = f"R{number}"
        if name in self.state:
            return
        short = reserve(self.store, name, [draw])
        assert (short == ()) == self.fits(draw, grams)
        if not short:
            self.state[name], self.held[name] = "open", [(draw, grams)]

    @rule(number=st.integers(0, 9), kind=st.sampled_from(["commit", "release", "expire", "reverse"]),
          part=st.integers(0, 50))  # fmt: skip
    def settle(self, number, kind, part):
        name = f"R{number}"
        if name not in self.state:
            return
        at = END if kind == "expire" else AT
        draws = self.held.get(name) or self.used.get(name) or []
        less = {"Dy": min(part, draws[0][1])} if kind == "commit" and draws else None
        right = self.state[name] == ("commit" if kind == "reverse" else "open")
        if not right:
            with pytest.raises(StateError):
                settle(self.store, name, kind, at=at, key=f"{name} {kind} anew", grams=less)
            return
        settle(self.store, name, kind, at=at, grams=less)
        self.state[name] = kind
        self.held.pop(name, None)
        self.used.pop(name, None)
        if kind == "commit":
            self.used[name] = [(draws[0][0], less["Dy"])]

    @rule(number=st.integers(0, 9), grams=st.sampled_from([-30, -1, 1, 30]), turn=st.integers(0, 10**9))
    def correct(self, number, grams, turn):
        name = f"R{number}"
        if self.state.get(name) != "commit":
            return
        draw, used = self.used[name][0]
        with self.store.view() as view:
            if any(e.key == f"{name} {turn}" for e in view.entries(reservation=name)):
                return
        lines = used + grams >= 0 and (grams < 0 or self.fits(draw, grams))
        if lines:
            correct(self.store, grams, name=name, key=f"{name} {turn}")
            self.used[name] = [(draw, used + grams)]
        else:
            with pytest.raises(StateError):
                correct(self.store, grams, name=name, key=f"{name} {turn}")

    @rule(cap=st.sampled_from(CAPS), grams=st.integers(0, 200))
    def bound(self, cap, grams):
        with self.store.change() as change:
            change.set_cap(replace(cap, grams=grams), AT, "A")
        self.grams[cap.id] = grams

    @invariant()
    def agrees(self):
        if not hasattr(self, "grams"):
            return
        found = counters(self.store)
        for cap in CAPS:
            assert sum(found.get(cap.id, (0, 0))) == self.total(cap)


def test_the_ledger_does_what_the_model_says(sqlite_store):
    class Machine(Ledger):
        store = sqlite_store

    Machine.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
    Machine.TestCase().runTest()


def test_the_ledger_reads_in_pages(stocked):
    reserve(stocked)
    with stocked.view() as view:
        every = ledger.entries(view.connection)
        assert ledger.entries(view.connection, after=every[1].id, limit=2) == every[2:4]
