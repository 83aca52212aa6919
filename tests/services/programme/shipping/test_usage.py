from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from tests.services.programme.world import AT, CUSTOMS, DAY, EXPORTER, OFFICER, USER, World

from xenotime.core.errors import AccessError, InputError, RepeatError
from xenotime.programme.access import Actor
from xenotime.programme.shipping.quota import Cap, check
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.shipping.usage import Batch, Line
from xenotime.services.programme.ports import Search
from xenotime.services.programme.shipping import quota, shipments, usage
from xenotime.services.programme.trust import certificates, licences

LATER = AT + timedelta(days=60)
SET = Actor("P9", "approver")


@pytest.fixture
def world(office, libraries):
    return World(replace(office, library=lambda _: libraries())).ready()


class Desk:
    """Customs, which sends batches about a world's shipments."""

    def __init__(self, world):
        self.world, self.run = world, 0

    def line(self, shipment, name="L1", on=DAY, **grams):
        return Line(name, getattr(shipment, "id", shipment), grams or {"Dy": 1_000, "Nd": 9_000}, on)

    def send(self, *lines, at=AT, run=0, name=""):
        self.run = run or self.run + 1
        batch = Batch(name or f"B{self.run}", self.run, lines)
        return usage.receive(self.world.office, CUSTOMS, batch, at)

    def state(self, shipment):
        with self.world.office.store.view() as view:
            verdict = view.get(Verdict, shipment.id)
            held = {cap.id: (cap.held, cap.used) for cap in view.caps() if cap.held or cap.used}
            assert check(view.caps(), view.entries()) == ()
        return verdict.state, dict(verdict.committed), held.get(f"{self.world.number}/Dy/2026", (0, 0))

    def events(self, prefix="usage."):
        with self.world.office.store.view() as view:
            kinds = [json.loads(body)["kind"] for _, body in view.events()]
        return [kind for kind in kinds if kind.startswith(prefix)]


@pytest.fixture
def desk(world):
    return Desk(world)


def why(delivery):
    return [(refused.line, refused.reason) for refused in delivery.rejected]


def test_a_line_commits_what_left(world, desk):
    shipment = world.decide()
    made = desk.send(desk.line(shipment))
    assert (made.accepted, made.rejected, made.missing, made.repeated) == (("L1",), (), (), False)
    assert desk.state(shipment) == ("committed", {"Dy": 1_000, "Nd": 9_000}, (0, 1_000))


def test_less_than_was_reserved_frees_the_rest_and_more_lines_add(world, desk):
    shipment = world.decide()
    desk.send(desk.line(shipment, "L1", Dy=300))
    assert desk.state(shipment) == ("committed", {"Dy": 300}, (0, 300))
    desk.send(desk.line(shipment, "L2", Dy=200), desk.line(shipment, "L3", Dy=500, Nd=1))
    assert desk.state(shipment) == ("committed", {"Dy": 1_000, "Nd": 1}, (0, 1_000))


def test_batches_in_any_order_twice_or_late_come_to_the_same(world, desk):
    shipments_ = [world.decide() for _ in range(3)]
    batches = [(f"B{n}", n, desk.line(s, f"L{n}", Dy=100 * n)) for n, s in enumerate(shipments_, 1)]
    for order in list(permutations(batches))[::2]:
        for name, run, line in order:
            assert desk.send(line, name=name, run=run).accepted == (line.id,)
    assert [desk.state(s)[1] for s in shipments_] == [{"Dy": 100}, {"Dy": 200}, {"Dy": 300}]
    assert desk.state(shipments_[0])[2] == (0, 600)


def test_the_same_batch_is_answered_again(world, desk):
    line = desk.line(world.decide())
    first = desk.send(line)
    again = desk.send(line, run=1)
    assert replace(again, repeated=False) == first
    assert again.repeated


def test_a_line_sent_again_in_another_batch_counts_once(world, desk):
    shipment = world.decide()
    line = desk.line(shipment, Dy=300)
    assert desk.send(line, line).accepted == ("L1",)
    assert desk.send(line).accepted == ("L1",)
    assert desk.state(shipment)[2] == (0, 300)


def test_a_line_with_the_same_id_and_other_content_is_rejected(world, desk):
    shipment = world.decide()
    desk.send(desk.line(shipment, Dy=300))
    made = desk.send(desk.line(shipment, Dy=301))
    assert why(made) == [("L1", "repeated")]
    assert desk.state(shipment)[2] == (0, 300)


@pytest.mark.parametrize("same", ["batch", "run"])
def test_a_batch_id_or_run_with_other_content_is_refused(world, desk, same):
    shipment = world.decide()
    desk.send(desk.line(shipment, Dy=300))
    with pytest.raises(RepeatError):
        desk.send(
            desk.line(shipment, "L2", Dy=5),
            name="B1" if same == "batch" else "B9",
            run=9 if same == "batch" else 1,
        )
    assert desk.state(shipment)[2] == (0, 300)


def test_half_a_batch_is_finished_when_it_comes_again(world, desk, monkeypatch):
    one, two = world.decide(), world.decide()
    lines = (desk.line(one, "L1", Dy=100), desk.line(two, "L2", Dy=200))
    with monkeypatch.context() as patch:
        patch.setattr(usage, "_ended", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.send(*lines)
    made = desk.send(*lines, run=1)
    assert (made.accepted, made.repeated) == (("L1", "L2"), False)
    assert (desk.state(one)[1], desk.state(two)[1]) == ({"Dy": 100}, {"Dy": 200})


def test_more_than_was_reserved_is_refused_and_alerted(world, desk):
    shipment = world.decide()
    made = desk.send(desk.line(shipment, "L1", Dy=600), desk.line(shipment, "L2", Dy=401))
    assert (made.accepted, why(made)) == (("L1",), [("L2", "overdraw")])
    assert made.rejected[0].says == (
        "more than was reserved for this shipment: 1001 g of Dy reported, 1000 g reserved"
    )
    assert made.rejected[0].says_zh.startswith("超过该发运的预留数量：")
    assert desk.state(shipment)[2] == (0, 600)
    assert desk.events() == ["usage.accepted", "usage.alert", "usage.batch"]
    (kept,) = usage.find(world.office, OFFICER, Search({"outcome": "rejected"})).items
    assert (kept.id, kept.alert, kept.organisation) == ("L2", True, "EU")


def test_what_nobody_asked_about_or_allowed_is_refused(world, desk):
    refused = world.decide(world.shipment(end_use="rockets"))
    assert refused.answer != "allow"
    shipment = world.decide()
    made = desk.send(desk.line("V-none", "L1"), desk.line(refused, "L2"), desk.line(shipment, "L3", Tb=5))
    assert why(made) == [("L1", "unknown"), ("L2", "not_allowed"), ("L3", "element")]
    assert desk.state(shipment)[0] == "reserved"


def test_what_left_while_suspended_is_refused_and_what_left_before_counts(world, desk):
    shipment = world.decide()
    world.act(certificates.suspend, at=AT + timedelta(days=2))
    day = (AT + timedelta(days=2)).date()
    made = desk.send(
        desk.line(shipment, "L1", on=day, Dy=1), desk.line(shipment, "L2", Dy=7), at=AT + timedelta(days=3)
    )
    assert (made.accepted, why(made)) == (("L2",), [("L1", "invalid")])
    assert desk.state(shipment)[1] == {"Dy": 7}


def test_what_left_after_its_licence_was_taken_away_is_refused(world, desk):
    shipment = world.decide()
    assert shipment.licence == world.licence
    gone = AT + timedelta(days=2)
    world.act(licences.revoke, at=gone, number=world.licence)
    made = desk.send(
        desk.line(shipment, "L1", on=gone.date(), Dy=1), desk.line(shipment, "L2", Dy=7), at=gone
    )
    assert (made.accepted, why(made)) == (("L2",), [("L1", "licence")])


def test_what_the_holder_committed_is_not_counted_again(world, desk):
    shipment = world.decide()
    shipments.settle(world.office, EXPORTER, shipment.id, "commit", "s1", AT, grams={"Dy": 400, "Nd": 0})
    desk.send(desk.line(shipment, "L1", Dy=300))
    assert desk.state(shipment)[2] == (0, 400)
    desk.send(desk.line(shipment, "L2", Dy=300))
    assert desk.state(shipment)[1:] == ({"Dy": 600, "Nd": 0}, (0, 600))


@pytest.mark.parametrize("freed", ["expired", "released"])
def test_what_left_after_its_reservation_was_freed_is_drawn_again(world, desk, freed):
    shipment = world.decide()
    if freed == "released":
        shipments.settle(world.office, EXPORTER, shipment.id, "release", "s1", AT)
    made = desk.send(desk.line(shipment, "L1", Dy=300), at=LATER)
    assert (made.accepted, made.rejected) == (("L1",), ())
    assert desk.send(desk.line(shipment, "L2", Dy=100), at=LATER).accepted == ("L2",)
    assert desk.state(shipment) == ("committed", {"Dy": 400}, (0, 400))


def test_a_late_line_cannot_pass_a_cap(world, desk):
    shipment = world.decide()
    quota.set_cap(world.office, SET, Cap("all", 299, element="Dy"), AT)
    made = desk.send(desk.line(shipment, "L1", Dy=300), at=LATER)
    assert why(made) == [("L1", "capped")]
    assert desk.state(shipment) == ("expired", {}, (0, 0))


def test_missing_runs_are_named(world, desk):
    line = desk.line(world.decide())
    assert desk.send(line, run=4).missing == (1, 2, 3)
    assert desk.send(replace(line, id="L2", shipment="V-none"), run=2).missing == (1,)


def test_only_customs_reports_and_applicants_read_nothing(world, desk):
    line = desk.line(world.decide())
    for actor in (OFFICER, EXPORTER, USER):
        with pytest.raises(AccessError):
            usage.receive(world.office, actor, Batch("B1", 1, (line,)), AT)
    for read in (
        lambda who: usage.feed(world.office, who), lambda who: usage.find(world.office, who, Search()),
        lambda who: usage.compare(world.office, who, DAY, DAY),
    ):  # fmt: skip
        with pytest.raises(AccessError):
            read(EXPORTER)
    assert desk.run == 0


def test_a_batch_that_cannot_be_read_changes_nothing(world, desk):
    shipment = world.decide()
    with pytest.raises(InputError):
        desk.send(desk.line(shipment, Dy=1), desk.line(shipment, "L2", Dy=0))
    assert desk.state(shipment)[0] == "reserved"


def test_customs_is_told_of_shipments_and_suspensions_in_order(world):
    shipment = world.decide()
    world.act(certificates.suspend)
    told = usage.feed(world.office, CUSTOMS)
    kinds = [line["kind"] for line in told.lines]
    assert kinds.index("shipment.decided") < kinds.index("certificate.suspended")
    assert usage.feed(world.office, CUSTOMS, after=told.after) == usage.Feed((), told.after)
    assert shipment.id in {line["subject"] for line in told.lines}


def test_what_customs_and_we_do_not_share_is_found_both_ways(world, desk):
    silent, partly, whole = world.decide(), world.decide(), world.decide()
    for number, shipment in enumerate((silent, partly, whole)):
        shipments.settle(world.office, EXPORTER, shipment.id, "commit", f"s{number}", AT)
    desk.send(
        desk.line(partly, "L1", Dy=999, Nd=9_000), desk.line(whole, "L2"), desk.line("V-none", "L3", Dy=8),
        desk.line(whole, "L4", Dy=1),
    )  # fmt: skip
    gaps = usage.compare(world.office, OFFICER, DAY, DAY)
    assert [(g.kind, g.shipment, g.reason) for g in gaps] == [
        ("unreported", silent.id, ""), ("more_here", partly.id, ""), ("not_here", "V-none", "unknown"),
        ("not_here", whole.id, "overdraw"),
    ]  # fmt: skip
    assert usage.compare(world.office, OFFICER, DAY + timedelta(days=1), DAY + timedelta(days=9)) == ()
