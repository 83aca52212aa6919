"""Where each fact of a decision comes from: the row and column, the roll-up, the screening, the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from xenotime.law.facts import SCALE, Value
from xenotime.law.table import ASKED
from xenotime.portfolio.table import Row
from xenotime.services.ask.answers import Key
from xenotime.services.receipt import Stated
from xenotime.services.rows import Desk, Movement, sold_at
from xenotime.services.screening.record import Hit

_LISTS = ("listed_", "held_")
#: Facts that stand in a column of another name.
_RENAMED = {"from": "from_country", "to": "to_country"}
_MADE_IN = ("origin_china", "us_origin")
_BY_KIND = ("equipment_line", "reagent")
_OF_TECHNOLOGY = {"technology_area": "area", "technology_free": "free"}
_ROLLED = ("holds_magnet", "holds_target", "cn_technology", "cn_rare_earths")


def of_movement(desk: Desk, movement: Movement) -> tuple[Stated, ...]:
    """Every fact of a leg that is stated, or was asked in vain, with its source."""
    return tuple(
        Stated(name, value, *_source(desk, movement, name.removesuffix(ASKED)))
        for name, value in movement.facts.items()
        if value is not None
    )


def _source(desk: Desk, movement: Movement, fact: str) -> tuple[str, str]:
    if fact in movement.answered:
        return "answer", movement.answered[fact]
    if fact.startswith(_LISTS) or fact in desk.party_facts.get((movement.users, movement.on), {}):
        return "list", _found(desk.screened, movement.users)
    if fact == "military_user":
        return "evidence", _evidence(desk, movement)
    return _told(desk, movement, fact) or _of_tables(desk, movement, fact)


def _told(desk: Desk, movement: Movement, fact: str) -> tuple[str, str] | None:
    """The answer that fills the cell of a fact, where somebody gave one."""
    shipment = movement.shipment.text("shipment")
    subjects = {
        "product": movement.shipment.text("product"),
        "technology": movement.shipment.text("product"),
        "party": next(iter(movement.users), ""),
        "leg": f"{shipment}/{movement.leg.text('leg')}",
    }
    for about, subject in subjects.items() if desk.told else ():
        answer = desk.told.get(Key(about, subject, fact))
        if answer is not None and movement.facts[fact] in (answer.truth, answer.value):
            return "answer", answer.where
    return None


def _of_tables(desk: Desk, movement: Movement, fact: str) -> tuple[str, str]:
    if fact == "end_user_country":
        return _where_the_user_is(desk, movement)
    for row in (movement.leg, movement.shipment):
        column = _RENAMED.get(fact, fact)
        if column in row.values:
            return "table", row.where(column)
    if movement.product is not None:
        return _of_goods(movement, movement.product, fact)
    return _of_know_how(desk, movement, fact)


def _found(screened: Mapping[str, Sequence[Hit]], parties: Sequence[str]) -> str:
    """Who was put to the lists, and every entry that is, or may be, one of them."""
    hits = (
        f"{party} {'is' if hit.truth else 'may be'} {hit.match.list_id} entry {hit.match.entry}"
        for party in parties
        for hit in screened.get(party, ())
        if hit.truth is not False
    )
    return "; ".join((f"screening of {', '.join(parties) or 'nobody'}", *hits))


def _evidence(desk: Desk, movement: Movement) -> str:
    """The evidence that the answer rests on; without any, the party's own row."""
    shipment = movement.shipment
    link = desk.folder.link(
        movement.users,
        movement.on,
        shipment.text("site"),
        shipment.text("contract"),
        also=desk.derived(movement.users, movement.on),
    )
    weighed = (w for v in link.verdicts for w in (*v.carried, *v.against, *v.lighter))
    places = dict.fromkeys(w.evidence.where or w.evidence.source for w in weighed)
    rows = (desk.parties[u].where("military_user") for u in movement.users if u in desk.parties)
    return "; ".join(places) or "; ".join(rows)


def _where_the_user_is(desk: Desk, movement: Movement) -> tuple[str, str]:
    for user in movement.users[:1]:
        if user in desk.parties and desk.parties[user].text("country"):
            return "table", desk.parties[user].where("country")
    return "table", movement.leg.where("to_country")


def _of_goods(movement: Movement, product: Row, fact: str) -> tuple[str, str]:
    if fact == "technology_area":
        return "derived", f"{product.where()}: goods, not technology"
    if fact in _BY_KIND and product.values.get(fact) is None:
        return "derived", f"{product.where('kind')}: of another kind"
    if fact in _MADE_IN:
        return "table", product.where("made_in")
    if fact == "classified":
        return "table", product.where("control_code")
    if fact in product.values and fact not in _ROLLED:
        return "table", product.where(fact)
    currency, price = sold_at(movement.shipment, product)
    sold = f", sold at {price} {currency} ({movement.shipment.where('value')})" if price else ""
    bill = f"{product.where()}: its parts, compositions and declarations on {movement.on}"
    return "bill", bill + (
        sold if fact == SCALE or fact.endswith(("_value", "_smallest", "_largest")) else ""
    )


def _of_know_how(desk: Desk, movement: Movement, fact: str) -> tuple[str, str]:
    row = desk.technology.get(movement.shipment.text("product"))
    if row is None:
        return "table", movement.shipment.where("product")
    column = _OF_TECHNOLOGY.get(fact, fact)
    if column in row.values:
        return "table", row.where(column)
    where = movement.leg.where("to_country") if fact == "to_foreigner" else row.where()
    return "derived", where if fact == "to_foreigner" else f"{where}: technology, not goods"


def of_file(
    given: Mapping[str, object], where: str, row: Mapping[str, Value], screened: Mapping[str, Sequence[Hit]]
) -> tuple[Stated, ...]:
    """Every fact of a decide file that is stated, or said to be unknown, with its source.

    ``given`` are the facts as the file names them, ``row`` all facts of the decision.
    """
    file = PurePath(where).name or where
    return tuple(
        Stated(name, value, *_in_file(given, file, name, screened))
        for name, value in row.items()
        if value is not None or name in given
    )


def _in_file(
    given: Mapping[str, object], where: str, fact: str, screened: Mapping[str, Sequence[Hit]]
) -> tuple[str, str]:
    if fact in given:
        return "given", f"{where}, facts"
    if fact.startswith("el_"):
        return "given", f"{where}, elements"
    if fact.startswith(_LISTS):
        return "list", _found(screened, tuple(screened))
    return "given", f"{where}, parties"
