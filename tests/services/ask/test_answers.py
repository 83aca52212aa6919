from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import AddressError
from xenotime.services.ask.answers import Key, answered, branches, told
from xenotime.services.ask.effect import with_answers
from xenotime.services.ask.turned import turned
from xenotime.services.rows import Desk


def facts(portfolio, library, *given):
    kept = with_answers(portfolio, given)
    (movement,) = Desk(kept, library).movements()
    return movement


def test_an_answer_to_a_supplier_is_a_statement_that_travels_up(portfolio, library, again):
    small = again.alone(portfolio, "S-2026-0218")
    before = facts(small, library)
    after = facts(small, library, again.answer(Key("product", "MG-SBX", "el_dy"), "no"))
    yes = facts(small, library, again.answer(Key("product", "MG-SBX", "el_dy"), "yes"))
    assert (before.facts["el_dy"], after.facts["el_dy"], yes.facts["el_dy"]) == (None, False, True)
    assert after.facts["el_tb"] is None


def test_an_answer_fills_what_is_unknown_and_says_where_it_stands(portfolio, library, again):
    small = again.alone(portfolio, "S-2025-0078")
    key = Key("product", "PW-YSZ", "classified")
    movement = facts(small, library, again.answer(key, "no"))
    assert movement.facts["classified"] is False
    assert movement.answered == {"classified": "answers.csv, row 2, column value"}


def test_an_answer_changes_nothing_that_is_known(portfolio, library, again):
    small = again.alone(portfolio, "S-2025-0003")
    key = Key("product", "OX-DY", "classified")
    movement = facts(
        small, library, again.answer(key, "no"), again.answer(Key("product", "OX-DY", "el_dy"), "no")
    )
    assert movement.facts["classified"] is True
    assert movement.facts["el_dy"] is True
    assert movement.answered == {}


def test_an_answer_that_it_is_not_known_settles_nothing(portfolio, library, again):
    small = again.alone(portfolio, "S-2025-0078")
    movement = facts(small, library, again.answer(Key("product", "PW-YSZ", "classified"), "unknown"))
    assert movement.facts["classified"] is None


def test_an_answer_counts_from_its_day_on(portfolio, library, again):
    small = again.alone(portfolio, "S-2025-0078")
    late = again.answer(Key("product", "PW-YSZ", "classified"), "no", day=date(2026, 11, 22))
    assert facts(small, library, late).facts["classified"] is None
    hinge = again.answer(Key("hinge", "cn/mofcom-2025-70", "branch"), "revived", day=date(2026, 11, 22))
    assert turned(library, with_answers(small, [hinge])) is library


def test_of_two_users_both_are_asked(portfolio, library, again):
    (row,) = (r for r in portfolio["shipments"] if r.text("shipment") == "S-2026-0091")
    small = again.alone(portfolio, "S-2026-0091")
    assert row.text("consignee") == "hensoldo"
    no = again.answer(Key("party", "hensoldo", "listed_cn_mofcom_2026_20"), "no")
    assert facts(small, library).facts["listed_cn_mofcom_2026_20"] is None
    assert facts(small, library, no).facts["listed_cn_mofcom_2026_20"] is False


def test_a_hinge_that_somebody_answered_is_settled_but_a_chosen_branch_goes_first(portfolio, library, again):
    key = Key("hinge", "cn/mofcom-2025-70", "branch")
    kept = with_answers(portfolio, [again.answer(key, "revived")])
    assert branches(kept, again.known) == {"cn/mofcom-2025-70": "revived"}
    law = turned(library, kept).law
    assert law.chosen == {"cn/mofcom-2025-70": "revived"}
    other = turned(turned(library, with_answers(portfolio, [again.answer(key, "extended")])), kept)
    assert other.law.chosen == {"cn/mofcom-2025-70": "extended"}


def test_an_answer_that_is_no_branch_is_refused(portfolio, library, again):
    kept = with_answers(portfolio, [again.answer(Key("hinge", "cn/mofcom-2025-70", "branch"), "perhaps")])
    with pytest.raises(AddressError) as caught:
        turned(library, kept)
    assert caught.value.problem.found == "perhaps"
    assert caught.value.problem.expected == "extended | revived"
    assert caught.value.problem.where == "answers.csv, row 2, column value"


def test_a_cell_that_is_empty_is_filled(portfolio, again):
    row = (
        next(r for r in portfolio["products"] if r.values["kind"] is None)
        if any(r.values["kind"] is None for r in portfolio["products"])
        else portfolio["products"][0]
    )
    key = Key("product", row.text("product"), "max_temperature")
    made = answered(with_answers(portfolio, [again.answer(key, "1200")]), again.known)
    (filled,) = (r for r in made["products"] if r.text("product") == key.subject)
    assert filled.values["max_temperature"] == (row.values["max_temperature"] or 1200)


def test_the_first_of_two_rows_holds_and_unknown_is_no_answer(portfolio, again):
    key = Key("product", "PW-YSZ", "classified")
    kept = with_answers(portfolio, [again.answer(key, "no")])
    assert told(kept)[key].truth is False
    assert told(with_answers(kept, [again.answer(key, "unknown")])) == {}
