"""Answers that people gave, laid under a portfolio: they fill what is unknown and change nothing known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio, Row
from xenotime.portfolio.values import UNKNOWN, parse_cell

#: The fact that a hinge's answer gives: which of its branches came.
BRANCH = "branch"
_TRUTHS = {"yes": True, "no": False}
#: Statements of suppliers, by fact and answer: they travel up through the parts lists.
_STATES = {
    ("cn_technology", "yes"): "cn_technology_yes",
    ("cn_technology", "no"): "cn_technology_no",
    ("cn_rare_earths", "yes"): "cn_rare_earths_yes",
    ("cn_rare_earths", "no"): "cn_rare_earths_no",
}
#: What a supplier states of one product; a parts list carries it up to whatever holds the product.
VALUE = "cn_part1_value"
#: The cells that hold an answer, by what it is about and the fact: table and column.
_CELLS: Mapping[tuple[str, str], tuple[str, str]] = {
    **{
        ("product", fact): ("products", fact)
        for fact in ("kind", "material", "processing", "equipment_line", "max_temperature")
    },
    **{("product", fact): ("products", fact) for fact in ("temperature_tolerance", "reagent")},
    ("technology", "technology_area"): ("technology", "area"),
    ("technology", "technology_free"): ("technology", "free"),
    ("technology", "from_chinese_person"): ("technology", "from_chinese_person"),
    ("party", "end_user_country"): ("parties", "country"),
    ("leg", "bonded_move"): ("legs", "bonded_move"),
    ("leg", "return_case"): ("legs", "return_case"),
    ("shipment", "item_value"): ("shipments", "value"),
}


class Key(NamedTuple):
    """What is asked: one fact of one thing. `about` is the kind of thing, `subject` its id."""

    about: str
    subject: str
    fact: str

    def __str__(self) -> str:
        """The key as questionnaires carry it.

        >>> str(Key("product", "MG-1", "el_dy"))
        'product:MG-1:el_dy'
        """
        return f"{self.about}:{self.subject}:{self.fact}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with its source: who, for whom, when, on what evidence, from which cell of which file."""

    key: Key
    value: str
    by: str
    day: date
    currency: str = ""
    party: str = ""
    evidence: str = ""
    file: str = ""
    cell: str = ""
    where: str = ""

    @property
    def known(self) -> bool:
        """False if the answer is that it is not known."""
        return self.value.casefold() not in UNKNOWN

    @property
    def truth(self) -> bool | None:
        """A yes or no; None for any other answer."""
        return _TRUTHS.get(self.value.casefold())


Told = Mapping[Key, Answer]


def told(portfolio: Portfolio) -> Told:
    """The answers that a portfolio keeps and that say something, by what was asked; the first row wins."""
    found: dict[Key, Answer] = {}
    for row in portfolio["answers"]:
        answer = _answer(row)
        if answer is not None and answer.known:
            found.setdefault(answer.key, answer)
    return MappingProxyType(found)


def _answer(row: Row) -> Answer | None:
    day = row.day("day")
    if day is None:
        return None
    about, subject, fact, value, by = (row.text(c) for c in ("about", "subject", "fact", "value", "by"))
    rest = {c: row.text(c) for c in ("currency", "party", "evidence", "file", "cell")}
    return Answer(Key(about, subject, fact), value, by, day, **rest, where=row.where("value"))


def branches(portfolio: Portfolio, known: date) -> dict[str, str]:
    """The branch of each hinge that somebody answered by the day of knowledge."""
    return {k.subject: a.value for k, a in told(portfolio).items() if k.about == "hinge" and a.day <= known}


def answered(portfolio: Portfolio, known: date) -> Portfolio:
    """The portfolio with the answers given by the day of knowledge in their cells and statements.

    Only empty cells are filled. Facts that no table holds are left to whoever builds a movement.
    """
    mine = {k: a for k, a in told(portfolio).items() if a.day <= known}
    if not mine:
        return portfolio
    tables = dict(portfolio.tables)
    tables["declarations"] = (*portfolio["declarations"], *_statements(mine))
    for key, answer in mine.items():
        if (key.about, key.fact) in _CELLS:
            table, column = _CELLS[key.about, key.fact]
            tables[table] = tuple(_filled(row, table, column, answer) for row in tables.get(table, ()))
    return replace(portfolio, tables=tables)


def _statements(mine: Told) -> Iterator[Row]:
    columns = schema()["declarations"].columns
    for key, answer in mine.items():
        states, element = stated(key, answer)
        if states:
            cells: dict[str, object] = dict.fromkeys(columns)
            cells.update(
                declaration=str(key), product=key.subject, supplier=answer.party or None, day=answer.day,
                states=states, element=element or None, source=answer.evidence or answer.by,
            )  # fmt: skip
            if states == VALUE:
                cells["value"] = parse_cell(columns["value"], answer.value, answer.where)
                cells["currency"] = answer.currency or None
            file, _, row = answer.where.partition(", row ")
            yield Row(cells, file, int(row.split(",")[0] or 0) if row else 0)


def stated(key: Key, answer: Answer) -> tuple[str, str]:
    """What a supplier states by an answer, and of which element; two empty texts if it is no such statement.

    >>> yes = Answer(Key("product", "MG-1", "el_dy"), "yes", "A. Person", date(2026, 1, 5))
    >>> stated(yes.key, yes)
    ('contains', 'Dy')
    """
    if key.about != "product":
        return "", ""
    if key.fact.startswith("el_") and answer.truth is not None:
        return ("contains" if answer.truth else "contains_not"), key.fact.removeprefix("el_").capitalize()
    return (VALUE if key.fact == VALUE else _STATES.get((key.fact, answer.value.casefold()), "")), ""


def _filled(row: Row, table: str, column: str, answer: Answer) -> Row:
    """The row with its empty cell filled, if it is the row the answer speaks of."""
    if row.values.get(column) is not None or subject(table, row) != answer.key.subject:
        return row
    if table == "shipments" and row.text("currency") not in ("", answer.currency):
        return row
    value = parse_cell(schema()[table].columns[column], answer.value, answer.where)
    more = {"currency": answer.currency} if table == "shipments" and not row.text("currency") else {}
    return replace(row, values={**row.values, column: value, **more}, unsure=row.unsure - {column})


def subject(table: str, row: Row) -> str:
    """How an answer names a row of a table."""
    if table == "legs":
        return f"{row.text('shipment')}/{row.text('leg')}"
    return row.text(schema()[table].id)
