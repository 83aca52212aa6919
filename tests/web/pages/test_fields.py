"""Answers come from a page by the kind of their field, bounded, and are refused one by one."""

from __future__ import annotations

from starlette.datastructures import FormData

from xenotime.programme.access import Actor
from xenotime.programme.read import manifests
from xenotime.services.programme.casework import cases
from xenotime.web.pages import fields
from xenotime.web.pages.desk import Posted


def sent(**given):
    return Posted(FormData(list(given.items())))


def certificate(*names):
    return [f for f in manifests()["certificate"].fields if f.id in names]


def test_each_kind_is_read_as_its_field_asks():
    given = {
        "items": "1C905\n 1C904.a.4;",
        "grams.0.element": "Dy",
        "grams.0.grams": "900",
        "resale": " none ",
    }
    read = fields.read(certificate("items", "grams", "resale"), sent(**given))
    assert read == {"items": ["1C905", "1C904.a.4"], "grams": {"Dy": "900"}, "resale": "none"}


def test_rows_keep_their_order_and_lose_what_is_empty():
    given = {"owners.2.name": "B", "owners.0.name": "A", "owners.1.name": " "}
    given |= {"owners.x.name": "no", "owners.999.name": "too far"}
    assert fields.rows("owners", sent(**given)) == [{"name": "A"}, {"name": "B"}]


def test_an_answer_that_cannot_be_used_is_named_by_its_field(house):
    manifest, account = manifests()["certificate"], house.people["applicant"]
    actor = Actor(account.id, account.role, account.organisation)
    held = cases.open_case(house.office, actor, "certificate", "O1", house.clock.now())
    found = fields.faults(manifest, held, {"grams": {"Xx9": "1"}, "resale": "none"})
    assert list(found) == ["grams"]


def test_there_is_always_room_for_one_more_row():
    field = next(f for f in manifests()["registration"].fields if f.id == "owners")
    assert [len(fields.blank(field, rows)) for rows in ([], [{"name": "A"}])] == [2, 2]
