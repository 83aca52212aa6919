"""One question as a person gets it: of what, in which words and unit, whom to ask, how it may be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xenotime.core.errors import AddressError
from xenotime.law.facts import Fact
from xenotime.portfolio.table import Row
from xenotime.services.ask.answers import BRANCH, VALUE, Key
from xenotime.services.ask.plan import money
from xenotime.services.rows import Desk

#: Who can answer, in the order of the questionnaires; other words of a fact dictionary come after them.
GROUPS = ("supplier", "customer", "engineering", "exporter", "counsel")
#: Groups that are asked as one, whoever exports.
_OWN = ("engineering", "counsel")
_COUNSEL = ("listed_", "held_")


@dataclass(frozen=True, slots=True)
class Question:
    """One fact of one thing, and who can tell it.

    `kind` is yes_no | choice | number | money | country; `choices` the words of a choice; `unit` what a
    number counts. `party` is the id of whom to ask ("" for your own people), `group` what they are to you.
    `thing` names what the question is about. `step` is the place of the question in the order (0: none is
    promised), `frees` the shipments settled once this step is answered, `may` those that some answer settles,
    `touches` all that hang on it, `also` those that are settled on a presumption which the answer replaces.
    """

    key: Key
    group: str
    party: str
    party_name: str
    thing: str
    asks: str
    kind: str
    choices: tuple[str, ...] = ()
    unit: str = ""
    currency: str = ""
    check: str = ""
    step: int = 0
    frees: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Desktop:
    """What is known about the things that questions are about: names, makers, currencies."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.portfolio = desk.portfolio

    def question(self, key: Key, shipments: Sequence[str]) -> Question:
        """The question of a key that some shipments hang on. Raises AddressError for what is not there."""
        if key.about == "hinge":
            return self._turn(key)
        facts = self.desk.library.law.book.facts
        fact = facts.get(key.fact)
        if fact is None or not self.there(key):
            raise unknown(key)
        group, party = self._whom(key, fact, shipments)
        of_goods = key.fact == VALUE
        return Question(
            key, group, party, self._name(party), self._thing(key),
            self._asks(key, fact), _kind(fact), fact.values if fact.type == "enum" else (),
            self._unit(key) if of_goods else "" if fact.is_interval else fact.unit,
            self._currency(key) if fact.is_interval else "",
        )  # fmt: skip

    def _turn(self, key: Key) -> Question:
        hinge = self.desk.library.law.book.hinges.get(key.subject)
        if hinge is None or key.fact != BRANCH:
            raise unknown(key)
        thing = f"{hinge.id} ({hinge.day})"
        words = tuple(hinge.branches)
        return Question(key, "counsel", "", "", thing, hinge.asks, "choice", words, check=hinge.check)

    def there(self, key: Key) -> bool:
        """Whether the portfolio has what a key is about."""
        return key.subject in self._things.get(key.about, ())

    @cached_property
    def _things(self) -> Mapping[str, frozenset[str]]:
        tables = {
            "product": "products",
            "party": "parties",
            "site": "sites",
            "shipment": "shipments",
            "technology": "technology",
            "exporter": "parties",
        }
        found = {a: frozenset(r.text(r_id(t)) for r in self.portfolio[t]) for a, t in tables.items()}
        found["leg"] = frozenset(f"{r.text('shipment')}/{r.text('leg')}" for r in self.portfolio["legs"])
        found["contract"] = frozenset(
            f"{user}/{r.text('contract')}"
            for r in self.portfolio["shipments"]
            for user in (r.text("end_user"), r.text("consignee"))
            if user and r.text("contract")
        )
        return found

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return self.portfolio.index("shipments", "shipment")

    @cached_property
    def _makers(self) -> dict[str, str]:
        """Who supplies each product: whoever was asked or stated something about it, else its source."""
        found: dict[str, str] = {}
        for row in (*self.portfolio["declarations"], *self.portfolio["suppliers"]):
            party = row.text("supplier") if "states" in row.values else row.text("party")
            if party in self.desk.parties:
                found.setdefault(row.text("product"), party)
        return found

    def _whom(self, key: Key, fact: Fact, shipments: Sequence[str]) -> tuple[str, str]:
        """The group and the party that can answer; what is disputed or near a list is for counsel."""
        disputed = key.fact == "military_user" and self._disputed(key)
        group = "counsel" if disputed or key.fact.startswith(_COUNSEL) else fact.who
        rows = [self._rows[s] for s in shipments if s in self._rows]
        if group in _OWN:
            return group, ""
        if group == "supplier":
            return group, self._makers.get(key.subject, "")
        if group == "customer":
            user = self._user(key) or _first(r.text("end_user") or r.text("consignee") for r in rows)
            return group, user
        return group, key.subject if key.about == "exporter" else _first(r.text("exporter") for r in rows)

    def _disputed(self, key: Key) -> bool:
        """Whether there is evidence on a military link already, which a party's own word cannot settle."""
        user = self._user(key)
        return any(row.text("party") == user for row in self.portfolio["evidence"])

    def _user(self, key: Key) -> str:
        if key.about == "site":
            sites = self.portfolio.index("sites", "site")
            return sites[key.subject].text("party") if key.subject in sites else ""
        return key.subject.partition("/")[0] if key.about in ("party", "contract") else ""

    def _name(self, party: str) -> str:
        row = self.desk.parties.get(party)
        return row.text("name") if row is not None else ""

    def _thing(self, key: Key) -> str:
        """What a question is about, as a person knows it."""
        if key.about in ("product", "technology"):
            rows = self.desk.products if key.about == "product" else self.desk.technology
            return f"{key.subject} {rows[key.subject].text('name')}".strip()
        if key.about in ("party", "site", "contract", "exporter"):
            name = self._name(self._user(key) or key.subject)
            return name if key.about in ("party", "exporter") else f"{name}: {key.subject}"
        row = self._rows.get(key.subject.partition("/")[0])
        return f"{key.subject} {row.text('product')}" if row is not None else key.subject

    def _asks(self, key: Key, fact: Fact) -> str:
        if key.fact.startswith("listed_"):
            found = self.desk.screened.get(key.subject, ())
            near = [
                h.match.entry_name for h in found if h.truth is None and _slug(h.match.list_id) in key.fact
            ]
            if near:
                return f"Is this party the listed {' or '.join(dict.fromkeys(near))}? ({fact.asks})"
        return fact.asks

    def _currency(self, key: Key) -> str:
        row = self._rows.get(key.subject) if key.about == "shipment" else None
        return (row.text("currency") if row is not None else "") or money(self.desk, key.subject)

    def _unit(self, key: Key) -> str:
        product = self.desk.roll.bills.products.get(key.subject)
        return f"{money(self.desk, key.subject)} per {product.unit if product else 'piece'}"


def unknown(key: Key) -> AddressError:
    """What is said of a key that this portfolio or this book does not have."""
    return AddressError(
        "this question is not one of this portfolio's",
        expected="a question that `xenotime ask` wrote for this portfolio",
        found=str(key),
        next_step="check that the file belongs to this portfolio, or write the questionnaires again",
    )


def r_id(table: str) -> str:
    """The column that names the rows of a table."""
    return {"products": "product", "parties": "party", "sites": "site", "shipments": "shipment"}.get(
        table, table
    )


def _first(names: Iterable[str]) -> str:
    return next((name for name in names if name), "")


def _slug(address: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in address)


def _kind(fact: Fact) -> str:
    kinds = {"bool": "yes_no", "enum": "choice", "int": "number", "country": "country"}
    return kinds.get(fact.type, "money" if fact.type == "money" else "number")
