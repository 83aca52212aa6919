"""The demo is told once, by the programme's own verbs, and everything it shows is looked up afterwards."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

import pytest

from xenotime.core.errors import StateError
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.seal import verify
from xenotime.seal.document import read
from xenotime.services.programme.demo.exhibits import ended
from xenotime.services.programme.demo.story import told
from xenotime.services.programme.oversight import logbook
from xenotime.services.programme.ports import Search
from xenotime.wiring.programme import office

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The demo's office, its story and its exhibits."""
    with office("", tmp_path_factory.mktemp("demo"), demo=True) as place:
        place.store.migrate()
        story = told(place, NOW, token_bytes)
        yield place, story, ended(story)


def all_of(place, kind):
    with place.store.view() as view:
        return view.find(kind, Search(limit=200)).items


def test_every_kind_of_outcome_is_there(made):
    cases = Counter((c.kind, c.track, c.state) for c in all_of(made[0], Case))
    assert cases == {
        ("registration", "civil", "registered"): 3,
        ("registration", "military", "registered"): 1,
        ("certificate", "civil", "granted"): 2,
        ("certificate", "military", "approval"): 1,
        ("general_licence", "civil", "granted"): 1,
        ("review", "military", "planned"): 1,
        ("incident", "civil", "escalated"): 1,
        ("suspension", "civil", "reinstated"): 1,
        ("suspension", "civil", "suspended"): 1,
    }


def test_the_suspended_user_gets_nothing_and_the_reinstated_one_again(made):
    found = {v.shipment.items[0].lot: (v.answer, v.state) for v in all_of(made[0], Verdict)}
    assert found == {
        **{f"AX-0{n}": ("allow", "committed") for n in range(1, 6)},
        **{f"MJ-0{n}": ("allow", "committed") for n in (1, 2)},
        "MJ-04": ("allow", "reserved"),
        "MJ-03": ("refuse", "none"),
        "AX-06": ("refuse", "none"),
    }


def test_the_mixed_group_is_on_the_strict_track(made):
    tracks = {o.name.split()[0]: o.track for o in all_of(made[0], Organisation)}
    assert tracks == {"Ningbo": "civil", "Alpenrose": "civil", "Momijiya": "civil", "Tallsedge": "military"}


def test_everybody_is_marked_as_invented(made):
    assert [
        o.name for o in all_of(made[0], Organisation) if not o.invented or "(invented)" not in o.name
    ] == []
    assert made[0].authority.invented


def test_the_certificate_is_suspended_now_and_was_valid_before(made):
    place, _, shown = made
    trust = read(shown.files["did.json"], place.authority.did)
    lists = [(name, text.decode()) for name, text in shown.files.items() if name.startswith("status/")]

    def asked(at):
        basis = verify.Basis(trust, "did.json", at, NOW, lists, (), timedelta(0))
        return verify.certificate(shown.files["certificate.jwt"].decode(), basis).answer

    assert [asked(NOW), asked(NOW - timedelta(hours=8))] == ["suspended", "valid"]


def test_ledger_log_and_certificates_agree(made):
    place, _, shown = made
    assert tuple(place.store.check()) == ()
    assert logbook.check(place) == ()
    assert {c.number: c.state for c in all_of(place, Certificate)} == {
        "XC-2026-0001": "suspended",
        "XC-2026-0002": "active",
    }
    assert [r.says for r in shown.refused.reasons if r.met is not True] == [
        "certificate XC-2026-0001 is suspended"
    ]


def test_a_programme_that_holds_something_is_left_alone(made):
    with pytest.raises(StateError, match="holds a programme already"):
        told(made[0], NOW, token_bytes)
