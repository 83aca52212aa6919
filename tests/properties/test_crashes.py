"""A crash at any moment of a verb leaves case, certificate, caps, duties, letters and log in agreement."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.town import Town, office_over
from tests.properties.faults import CrashError, Faulty, disagreements, every

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.casework.case import Case
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.read import manifests
from xenotime.programme.trust.certificate import Certificate
from xenotime.seal.event import Event
from xenotime.services.programme.casework import cases
from xenotime.services.programme.parties import vetting, watch
from xenotime.services.programme.people import organisations
from xenotime.services.programme.ports import Search
from xenotime.stores.database import open_store

LISTED = {"owners": [{"name": "Huntington Ingalls Industries, Inc.", "share": "60", "country": "US"}]}


def submit(town, case):
    return cases.fire(town.office, town.applicant, case, "submit", town.at)


def sold(town):
    """A certified organisation whose owner is on a list since yesterday, which nobody has noticed."""
    case = town.granted(town.registered())
    return organisations.edit(town.office, town.applicant, case.organisation, LISTED, town.at).id


#: A verb -> what comes before it, and the verb itself on what came out.
ACTS = {
    "register": (
        lambda _: None,
        lambda t, _: organisations.register(t.office, t.applicant, "New KG", "DE", "both", t.at),
    ),
    "submit": (lambda t: t.register().id, submit),
    "ask": (
        lambda t: submit(t, t.register().id).id,
        lambda t, c: cases.ask(t.office, t.officer, c, "why?", t.at),
    ),
    "activate": (
        lambda t: submit(t, t.register().id).id,
        lambda t, c: cases.fire(t.office, t.officer, c, "grant", t.at),
    ),
    "attach": (
        lambda t: t.register().id,
        lambda t, c: cases.attach(t.office, t.applicant, c, "deed", b"x", "owners", t.at),
    ),
    "vet": (
        lambda t: t.applied(t.registered()).id,
        lambda t, c: vetting.vet(t.office, t.officer, c, t.at),
    ),
    "grant": (
        lambda t: t.proposed(t.registered()).id,
        lambda t, c: cases.fire(t.office, t.approver(), c, "grant", t.at),
    ),
    "watch": (
        sold,
        lambda t, o: watch.one(t.office, o, t.at),
    ),
}


def snapshot(office):
    """Everything that the database holds about cases, and the head of the log."""
    with office.store.view() as view:
        return [view.head(), every(view, Case)]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("url", ["sqlite_url", "postgres_url"])
def test_a_failure_at_any_call_of_a_change_leaves_nothing_of_it(act, url, request):
    store = open_store(request.getfixturevalue(url))
    before, verb = ACTS[act]
    town = Town(office_over(store))
    found = before(town)
    whole = snapshot(town.office)
    assert disagreements(town.office) == []
    for at in count(1):
        fuse = Faulty(store, at)
        faulty = Town(replace(town.office, store=fuse))
        faulty.applicant = town.applicant
        try:
            verb(faulty, found)
        except CrashError:
            kept = fuse.calls[-1] == "kept"
            assert (snapshot(town.office) == whole) is not kept
            assert disagreements(town.office) == []
            if kept:
                break
        else:
            pytest.fail(f"the fuse of {at} never burnt down")
    assert {"add", "put", "log"} & set(fuse.calls)
    assert at > 5
    store.close()


KILLED = """
import sys
from dataclasses import replace
from tests.fixtures.town import Town, office_over
from tests.properties.faults import Faulty, kill
from tests.properties.test_crashes import ACTS
from xenotime.programme.access import Actor
from xenotime.stores.database import open_store

url, act, found, organisation, at = sys.argv[1:]
store = open_store(url)
town = Town(replace(office_over(store, start=10_000), store=Faulty(store, int(at), kill)))
town.applicant = Actor("A1", "applicant", organisation)
ACTS[act][1](town, found)
print("done")
"""


@pytest.mark.slow
@pytest.mark.parametrize("url", ["sqlite_url", "postgres_url"])
def test_a_process_killed_inside_a_grant_leaves_nothing_or_all_of_it(
    url, request, root, sqlite_template, tmp_path
):
    address = request.getfixturevalue(url)
    store = open_store(address)
    town = Town(office_over(store))
    case = town.proposed(town.registered()).id
    whole = snapshot(town.office)
    last = _calls(sqlite_template, tmp_path)
    for at in (2, last // 2, last - 1, last):
        words = [sys.executable, "-c", KILLED, address, "grant", case, town.applicant.organisation, str(at)]
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == -9, done.stderr[-500:]
        assert (snapshot(town.office) != whole) is (at == last)
        assert disagreements(town.office) == []
    store.close()


def _calls(template, folder):
    """How many moments a grant has: every call of its change, just before it is kept, and just after."""
    path = folder / "counted.sqlite"
    path.write_bytes(template.read_bytes())
    store = open_store(f"sqlite:///{path}")
    town = Town(office_over(store))
    case = town.proposed(town.registered()).id
    fuse = Faulty(store)
    other = Town(replace(town.office, store=fuse))
    cases.fire(other.office, other.approver(), case, "grant", other.at)
    store.close()
    return len(fuse.calls)


@pytest.mark.parametrize("url", ["sqlite_url", "postgres_url"])
def test_of_many_who_grant_at_once_one_does_and_the_others_are_told(url, request):
    store = open_store(request.getfixturevalue(url))
    town = Town(office_over(store))
    case = town.proposed(town.registered()).id

    def grant(body):
        try:
            return cases.fire(town.office, town.approver(body), case, "grant", town.at).state
        except StateError as error:
            return error.problem.what

    with ThreadPoolExecutor(len(town.bodies)) as pool:
        said = list(pool.map(grant, town.bodies))
    assert sorted(said) == sorted(["granted", *["this cannot happen now"] * (len(town.bodies) - 1)])
    assert disagreements(town.office) == []
    store.close()


PLANTED = {
    "a state without its step": lambda c, case: c.put(replace(c.get(Case, case.id), state="refused")),
    "a certificate without its grant": lambda c, case: c.put(
        replace(c.get(Case, case.id), outcome="refused")
    ),
    "a step without its event": lambda c, case: c.put(
        replace(c.get(Case, case.id), steps=(*case.steps, replace(case.steps[-1], event="again")))
    ),
    "an event without its step": lambda c, case: c.log(
        Event(case.opened, "case.moved", case.id, case.organisation, "officer:F1",
              {"step": 99, "event": "x", "from": "a", "to": "b", "version": case.version + 1})
    ),
    "a letter nobody logged": lambda c, case: c.add(
        Letter("L-x", "received", case.id, case.organisation, "t", "t", "t", "t", case.opened)
    ),
    "an obligation nobody logged": lambda c, case: c.add(
        Duty("D-x", "review", case.organisation, "", "s", case.opened.date(), "open", case.opened, "s")
    ),
    "an organisation made active by nobody": lambda c, case: c.add(
        Organisation("O-x", "X", "DE", "both", "active", "civil", case.opened)
    ),
    "a certificate suspended by nobody": lambda c, case: c.put(
        replace(c.get(Certificate, case.subject), state="suspended")
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_the_checker_sees_what_is_planted(planted, sqlite_store):
    town = Town(office_over(sqlite_store))
    case = town.granted(town.registered())
    assert disagreements(town.office) == []
    with sqlite_store.change() as change:
        PLANTED[planted](change, case)
    assert disagreements(town.office) != []


@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_try_a_walk_leaves_everything_in_agreement(data, sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("walk") / "walk.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{path}")
    town = Town(office_over(store))
    case = town.applied(town.registered())
    approvers = [town.approver(), town.approver("state")]
    actors = [town.applicant, town.officer, town.colleague, town.auditor, *approvers]
    events = sorted({m.event for m in manifests()["certificate"].moves})
    asked = {"reason": "r", "note": "n", "denial": "criteria", "result": "seen", "track": "civil"}
    for _ in range(data.draw(st.integers(1, 12))):
        event, actor = data.draw(st.sampled_from(events)), data.draw(st.sampled_from(actors))
        at = town.at + timedelta(days=data.draw(st.integers(0, 90)))
        moves = [m for m in manifests()["certificate"].moves if m.event == event]
        given_data = {f.id: asked[f.id] for f in moves[0].asks if f.id in asked}
        try:
            cases.fire(town.office, actor, case.id, event, at, given_data)
        except (AccessError, StateError, InputError):
            continue
    assert disagreements(town.office) == []
    assert cases.find(town.office, town.auditor, Search(where={"id": case.id})).items[0].opened == town.at
    store.close()
