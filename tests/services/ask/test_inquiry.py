from __future__ import annotations

from xenotime.services.ask.answers import Key
from xenotime.services.ask.inquiry import by_counterparty, inquire


def test_every_gain_is_that_of_asking_and_deciding_again(inquiry, portfolio, library, again):
    """Each step once more: all answers to all questions so far put into the tables, decided by the oracle."""
    asked, done, tried = set(), set(), {}
    small = {w.shipment: again.alone(portfolio, w.shipment) for w in inquiry.waiting}
    for step in inquiry.steps:
        asked |= set(step.keys)
        gained = set()
        for w in inquiry.waiting:
            keys = tuple(key for key in w.keys if key in asked)
            if w.shipment in done:
                continue
            if (w.shipment, keys) not in tried:
                tried[w.shipment, keys] = again.surely(small[w.shipment], library, keys)
            if tried[w.shipment, keys]:
                gained.add(w.shipment)
        assert gained == set(step.settles), step.keys
        done |= gained
    assert len(done) == inquiry.settles == 50


def test_every_open_shipment_waits_and_no_other(inquiry, portfolio, library, again):
    names = [row.text("shipment") for row in portfolio["shipments"] if row.text("status") != "cancelled"]
    open_ = {w.shipment for w in inquiry.waiting}
    assert inquiry.shipments == len(names) == 358
    assert len(open_) == 67
    assert {n for n in names[::9] if not again.settled(again.alone(portfolio, n), library)} == open_ & set(
        names[::9]
    )


def test_no_set_could_do_with_one_question_less(inquiry, portfolio, library, again):
    names = ("S-2025-0063", "S-2026-0098", "S-2026-0120", "S-2026-0198")
    for w in (w for w in inquiry.waiting if w.shipment in names):
        small = again.alone(portfolio, w.shipment)
        for one in w.sure:
            for key in one:
                assert not again.surely(small, library, sorted(one - {key})), (w.shipment, key)


def test_the_first_step_is_the_notice_that_nobody_has_read(inquiry):
    (key,) = inquiry.steps[0].keys
    assert key == Key("hinge", "cn/mofcom-2025-70", "branch")
    assert len(inquiry.steps[0].settles) == 27


def test_questions_go_to_who_can_answer_them(inquiry):
    found = {whom: [str(q.key) for q in asked] for whom, asked in by_counterparty(inquiry).items()}
    assert list(found) == [
        ("supplier", "copperfield-zibo"),
        ("supplier", "momijiya"),
        ("supplier", "of MG-BOND"),
        ("supplier", "of MG-N35E"),
        ("supplier", "sao-bien"),
        ("engineering", ""),
        ("exporter", "greywillow"),
        ("exporter", "lantern-hill"),
        ("exporter", "riverlamp"),
        ("counsel", ""),
    ]
    assert found["supplier", "copperfield-zibo"] == ["product:MG-BLOT:el_dy", "product:MG-BLOT:el_tb"]
    assert found["supplier", "momijiya"] == [
        "product:MG-JPGAP:cn_part1_value",
        "product:MG-JPGAP:cn_technology",
    ]


def test_a_question_goes_down_the_parts_list_to_where_the_gap_is(inquiry):
    (motor,) = (w for w in inquiry.waiting if w.shipment == "S-2026-0218")
    assert motor.product == "MO-VNHUB"
    assert Key("product", "MG-SBX", "el_dy") in motor.keys
    assert motor.readings == ("cn/mofcom-2025-61/1.1-denominator",)
    assert motor.sure == ()


def test_what_the_text_leaves_open_is_promised_to_nobody(inquiry):
    left = [w for w in inquiry.waiting if not w.sure]
    assert len(left) == 17
    assert all(w.readings for w in left)


def test_only_what_has_not_moved_is_asked_about_if_asked_so(portfolio, library):
    made = inquire(portfolio, library, planned=True)
    status = {row.text("shipment"): row.text("status") for row in portfolio["shipments"]}
    assert {status[w.shipment] for w in made.waiting} == {"planned"}
    assert made.settles < 50


def test_what_rests_on_a_presumption_of_the_same_fact_is_named_beside(inquiry):
    found = {str(q.key): q.also for q in inquiry.questions if q.also}
    rest = ("S-2025-0056", "S-2025-0086", "S-2026-0049", "S-2026-0079")
    assert found == {"party:tallsedge:military_user": rest}
