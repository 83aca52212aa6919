"""From a portfolio's tables to the facts of each leg: the only place where the two vocabularies meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from xenotime.content.annex import Annex, read_annex
from xenotime.content.facts import law_facts, scaling
from xenotime.content.floor import Floor
from xenotime.content.rollup import Roll, Totals
from xenotime.content.tables import from_tables
from xenotime.core.truth import Truth, some
from xenotime.law.facts import SCALE, Value, parse_value
from xenotime.law.read import packaged_rows
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.military.evidence import Evidence
from xenotime.parties.owners.holding import Structure
from xenotime.portfolio.table import Portfolio, Row
from xenotime.services import military
from xenotime.services.ask.answers import Told, answered, told
from xenotime.services.ask.fill import Asked, asked, filled
from xenotime.services.ask.home import Setting
from xenotime.services.library import LIVE, Library
from xenotime.services.screening.record import Hit
from xenotime.services.upstream import of_portfolio, query

_SHIPMENT_FACTS = (
    "end_use_area",
    "logic_node",
    "memory_layers",
    "military_use",
    "humanitarian",
    "red_flag",
    "strip_for_magnets",
    "knows_helps_rare_earth_abroad",
)
_PRODUCT_FACTS = (
    "kind",
    "material",
    "processing",
    "equipment_line",
    "max_temperature",
    "temperature_tolerance",
    "reagent",
)
_LEG_FACTS = ("bonded_move", "return_case")
#: Elements that the law knows beside the rare earths; a parts list says nothing of them.
_BESIDE = ("el_ga", "el_ge", "el_sb")
_ONLY_FOR = {"equipment_line": "equipment", "reagent": "reagent"}
_KG = {"kg": Decimal(1), "g": Decimal("0.001"), "t": Decimal(1000)}
_MONEY = (
    "cn_part1_value",
    "item_value",
    "cn_part1_value_in_smallest",
    "smallest_value",
    "cn_part1_value_largest",
)
_PER_UNIT = 10_000


@dataclass(frozen=True, slots=True)
class Movement:
    """One leg with the rows it comes from and its facts."""

    shipment: Row
    leg: Row
    on: date
    product: Row | None
    facts: Mapping[str, Value]
    floor: Floor | None
    users: tuple[str, ...]
    #: The facts that somebody answered, and where the answer is kept.
    answered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """A portfolio on the desk, with the library beside it; rows are looked up once.

    `moved_on` decides every leg as if it moved on that day.
    """

    portfolio: Portfolio
    library: Library
    moved_on: date | None = None

    def __post_init__(self) -> None:
        """Lay the answers that the portfolio keeps under its tables."""
        object.__setattr__(self, "portfolio", answered(self.portfolio, self.library.law.known))

    @cached_property
    def told(self) -> Told:
        """The answers that the portfolio keeps, given by the day of knowledge."""
        known = self.library.law.known
        return {key: answer for key, answer in told(self.portfolio).items() if answer.day <= known}

    @cached_property
    def parties(self) -> dict[str, Row]:
        """Party rows by id."""
        return self.portfolio.index("parties", "party")

    @cached_property
    def products(self) -> dict[str, Row]:
        """Product rows by id."""
        return self.portfolio.index("products", "product")

    @cached_property
    def technology(self) -> dict[str, Row]:
        """Technology rows by id."""
        return self.portfolio.index("technology", "technology")

    @cached_property
    def queries(self) -> tuple[PartyQuery, ...]:
        """Every party as a question to the lists."""
        return tuple(query(body) for body in self.structure.bodies)

    @cached_property
    def screened(self) -> dict[str, tuple[Hit, ...]]:
        """What the lists hold on every party."""
        return self.library.screened(self.queries)

    @cached_property
    def structure(self) -> Structure:
        """Who holds whom, as declared."""
        return of_portfolio(self.portfolio)

    @cached_property
    def folder(self) -> military.Folder:
        """What the portfolio says for or against a military link of its parties."""
        known = self.library.law.known
        return military.Folder(self.portfolio, military.gathered(self.portfolio), known)

    def derived(self, users: tuple[str, ...], on: date) -> tuple[Evidence, ...]:
        """What the lists and the shares of listed parties say of the users on the day, as evidence."""
        own = tuple(piece for user in users for piece in self._listings(user, on))
        around = {party for user in users for party in self.partners.get(user, ())}
        listed = {party: found for party in around if (found := self._listings(party, on))}
        return (*own, *military.ties(self.structure, users, listed, on)) if listed else own

    @cached_property
    def partners(self) -> dict[str, frozenset[str]]:
        """Per party, who holds a share of it or is held by it."""
        found: dict[str, set[str]] = {}
        for holding in self.structure.holdings:
            for one, other in ((holding.owner, holding.owned), (holding.owned, holding.owner)):
                found.setdefault(one, set()).add(other)
        return {party: frozenset(others) for party, others in found.items()}

    def _listings(self, party: str, on: date) -> tuple[Evidence, ...]:
        desk = self.library.desk
        rows = sorted(self.screened.get(party, ()), key=lambda f: f.truth is not True)
        found = ((f.match, f.truth is True) for f in rows if f.truth is not False)
        return tuple(
            military.listing(m, desk.titles[m.list_id], desk.entries[m.list_id, m.entry].authority, sure=sure)
            for m, sure in found
            if self.library.state(m, on) in LIVE
        )

    @cached_property
    def party_facts(self) -> dict[tuple[tuple[str, ...], date], dict[str, Value]]:
        """What the lists say of the users of a movement, by users and day; filled as legs ask."""
        return {}

    @cached_property
    def roll(self) -> Roll:
        """The parts lists, rolled up."""
        tables = {name: [r.values for r in self.portfolio[name]] for name in self.portfolio.tables}
        return Roll(from_tables(tables), part_lists())

    def movements(self) -> Iterator[Movement]:
        """Every leg of every shipment that was not cancelled, in order of day."""
        shipments = self.portfolio.index("shipments", "shipment")
        legs = [
            r for r in self.portfolio["legs"] if shipments[r.text("shipment")].text("status") != "cancelled"
        ]
        for leg in sorted(
            legs, key=lambda r: (str(r.values["day"]), r.text("shipment"), int(str(r.values["leg"])))
        ):
            yield self.movement(shipments[leg.text("shipment")], leg)

    def movement(self, shipment: Row, leg: Row) -> Movement:
        """One leg with its facts."""
        on = self.moved_on or leg.day("day")
        assert on is not None  # noqa: S101 - the schema requires it and the reader has checked
        users = tuple(p for p in dict.fromkeys((shipment.text("end_user"), shipment.text("consignee"))) if p)
        facts: dict[str, Value] = {
            "from": leg.text("from_country") or None,
            "to": leg.text("to_country") or None,
        }
        _copy(facts, leg, _LEG_FACTS, self.library)
        _copy(facts, shipment, _SHIPMENT_FACTS, self.library)
        facts["end_user_country"] = self._country(users, leg)
        facts.update(self._military(shipment, users, on))
        facts.update(self._listed(users, on))
        product, floor = self.products.get(shipment.text("product")), None
        if product is not None:
            goods, floor = self._goods(product, shipment, on)
            facts.update(goods)
        elif shipment.text("product") in self.technology:
            facts.update(self._know_how(self.technology[shipment.text("product")], leg, users))
        places = self._answers(shipment, leg, users, on, facts) if self.told else {}
        return Movement(shipment, leg, on, product, facts, floor, users, places)

    def _answers(
        self, shipment: Row, leg: Row, users: tuple[str, ...], on: date, facts: dict[str, Value]
    ) -> dict[str, str]:
        """Fill the facts that are unknown and that somebody answered; where each answer is kept."""
        declared, places = self.library.law.book.facts, {}
        ask = lambda fact: self.asked(fact, shipment, leg, users, on)  # noqa: E731 - one line says it
        for name, value, where in tuple(filled(facts, declared, self.told, ask)):
            facts[name], places[name] = value, where
        return places

    def asked(self, fact: str, shipment: Row, leg: Row, users: tuple[str, ...], on: date) -> Asked:
        """What is to be asked for a fact of one leg that no parts list carries up."""
        setting = Setting(
            shipment.text("shipment"), leg.text("leg"), shipment.text("product"), shipment.text("exporter"),
            users, shipment.text("site"), shipment.text("contract"),
            shipment.text("product") not in self.technology,
        )  # fmt: skip

        def one(name: str, user: str) -> Truth:
            if name != "military_user":
                truth = self._listed((user,), on).get(name)
                return truth if isinstance(truth, bool) else None
            contract = setting.contract if user == users[0] else ""
            also = self.derived((user,), on)
            return self.folder.link((user,), on, setting.site, contract, also=also).truth

        return asked(fact, setting, lambda user: self.sites.get(user, ()), one)

    @cached_property
    def sites(self) -> dict[str, tuple[str, ...]]:
        """The sites of each party."""
        groups = self.portfolio.groups("sites", "party")
        return {party: tuple(row.text("site") for row in rows) for party, rows in groups.items()}

    def _country(self, users: tuple[str, ...], leg: Row) -> str | None:
        found = next((self.parties[u].text("country") for u in users[:1] if u in self.parties), "")
        return found or leg.text("to_country") or None

    def _listed(self, users: tuple[str, ...], on: date) -> dict[str, Value]:
        if (users, on) not in self.party_facts:
            facts = self.library.list_facts(users, self.screened, self.structure, on)
            self.party_facts[users, on] = dict(facts)
        return self.party_facts[users, on]

    def _military(self, shipment: Row, users: tuple[str, ...], on: date) -> dict[str, Value]:
        site, contract = shipment.text("site"), shipment.text("contract")
        return self.folder.link(users, on, site, contract, also=self.derived(users, on)).facts

    def _goods(self, product: Row, shipment: Row, on: date) -> tuple[dict[str, Value], Floor | None]:
        facts: dict[str, Value] = {"technology_area": "none"}
        _copy(facts, product, _PRODUCT_FACTS, self.library)
        for fact, kind in _ONLY_FOR.items():
            if facts.get(fact) is None and facts.get("kind") not in (None, kind):
                facts[fact] = "none"
        made_in = product.text("made_in")
        facts["origin_china"] = made_in == "CN" if made_in else None
        if "us_origin" in self.library.law.book.facts:
            facts["us_origin"] = made_in == "US" if made_in else None
        named = {e.strip().lower() for e in product.text("elements").split(";")}
        facts.update((name, True) for name in _BESIDE if name.removeprefix("el_") in named)
        facts["classified"] = True if product.text("control_code") else None
        currency, price = sold_at(shipment, product)
        totals = self.roll.totals(product.text("product"), on, currency=currency, price=price)
        facts.update(content_facts(totals))
        floor = self.roll.floor(product.text("product"), on, currency=currency, price=price)
        return facts, floor

    def _know_how(self, row: Row, leg: Row, users: tuple[str, ...]) -> dict[str, Value]:
        facts: dict[str, Value] = {
            "kind": "technology",
            "material": "none",
            "equipment_line": "none",
            "reagent": "none",
        }
        facts.update((name, False) for name in self.library.law.book.facts if name.startswith("el_"))
        for column, fact in (("area", "technology_area"), ("free", "technology_free")):
            facts[fact] = row.text(column) or None
        facts["from_chinese_person"] = row.truth("from_chinese_person")
        foreign = some(self.parties[u].text("country") != "CN" for u in users if u in self.parties)
        facts["to_foreigner"] = some((leg.text("to_country") != "CN", foreign))
        facts.update(holds_magnet=False, holds_target=False, cn_technology=False)
        return facts


def _copy(facts: dict[str, Value], row: Row, columns: tuple[str, ...], library: Library) -> None:
    """Take cells over as facts; a cell that says "unknown" may not be presumed."""
    for column in columns:
        if column in row.unsure:
            facts[f"{column}_asked"] = True
        value = row.values.get(column)
        fact = library.law.book.facts.get(column)
        if fact is not None:
            facts[column] = parse_value(fact, _word(value), row.where(column))


def _word(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def part_lists() -> Annex:
    """The two parts of Annex 1 of Announcement 61, from the book's own item tables."""
    return read_annex(packaged_rows("cn/items/annex1_part1.csv"), packaged_rows("cn/items/annex1_part2.csv"))


def content_facts(totals: Totals) -> dict[str, Value]:
    """Content as law facts; money in ten-thousandths of its currency where exact, else to its own scale."""
    raw = law_facts(totals)
    factor = scaling(totals).factor
    money = [raw[name] for name in _MONEY]
    ends = [end for value in money if isinstance(value, tuple) for end in value if end is not None]
    usual = all((Fraction(end) * _PER_UNIT / factor).denominator == 1 for end in ends)
    facts: dict[str, Value] = {}
    for name, value in raw.items():
        if not isinstance(value, tuple):
            facts[name] = value
        elif usual:
            facts[name] = tuple(None if e is None else int(Fraction(e) * _PER_UNIT / factor) for e in value)  # type: ignore[assignment] # two ends
        else:
            facts[name] = value
    if not usual:
        facts[SCALE] = int(factor) if factor.denominator == 1 else 1
    return facts


def sold_at(shipment: Row, product: Row) -> tuple[str | None, Fraction | None]:
    """The currency and the price of one unit as invoiced; (None, None) when the invoice does not say."""
    value, quantity, unit = shipment.number("value"), shipment.number("quantity"), shipment.text("unit")
    mass = product.number("unit_mass_kg")
    pieces = unit in ("piece", "set")
    by_piece = mass is not None or product.text("price_unit") == "piece"
    currency = shipment.text("currency") or None
    if value is None or not quantity or not currency:
        return None, None
    if pieces and by_piece:
        return currency, Fraction(value) / Fraction(quantity)
    if unit in _KG:
        kg = Fraction(quantity) * Fraction(_KG[unit])
        per_kg = Fraction(value) / kg
        return currency, (per_kg * Fraction(mass) if mass else None if by_piece else per_kg)
    return None, None


def kilograms(shipment: Row, product: Row | None) -> Decimal | None:
    """The mass of a shipment [kg], or None when its unit does not tell."""
    quantity, unit = shipment.number("quantity"), shipment.text("unit")
    if quantity is None:
        return None
    if unit in _KG:
        return quantity * _KG[unit]
    mass = product.number("unit_mass_kg") if product is not None else None
    return quantity * mass if mass is not None and unit in ("piece", "set") else None
