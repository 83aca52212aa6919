"""A company as a plan: its lines, stocks, suppliers, makers and substitutions from the portfolio's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath

from xenotime.content.money import Rate, Rates, order_rates
from xenotime.core.errors import InputError
from xenotime.portfolio.table import Portfolio, Row
from xenotime.portfolio.values import element_truths
from xenotime.services.supply.regions import region
from xenotime.supply.hedge.plan import Item, Line, Making, Offer, Plan, Source, Swap, check_plan

#: What is assumed where a stock's row is silent: cost of keeping [percent a year], worth left [percent].
KEEP, LEFT = Decimal(12), Decimal(80)
#: How many of its own units of need a month without limit may be held [months], so that no plan is endless.
ROOM = 36
#: The month of the model [days], and of a year that has 365.
MONTH, YEAR = 30, 365
_MAGNETS = {"SmCo": "magnet/smco", "NdFeB": "magnet/ndfeb"}


@dataclass(frozen=True, slots=True)
class Way:
    """A good on its way from a region to another: what the world says about an offer's months."""

    good: str
    origin: str
    destination: str


@dataclass(frozen=True, slots=True)
class Company:
    """A company's plan, the names behind its ids, the ways its goods take, and what was assumed for it."""

    name: str
    plan: Plan
    ways: tuple[Way, ...]
    names: Mapping[str, str]
    assumed: tuple[str, ...] = ()


def company(portfolio: Portfolio, months: int, on: date, notice: int = 0) -> Company:
    """The company that a portfolio describes, over so many months, at the exchange rates of a day.

    `notice` [months] is how long before the stop the decision falls: what takes time has begun by then.

    Raises InputError when there is no line, when units of one item differ, or when a rate is missing.
    """
    if not portfolio["lines"]:
        raise _wrong(
            "this portfolio has no lines to hedge",
            portfolio.path,
            "a table lines: what each line consumes and what it is worth",
            "none",
            "add lines.csv, suppliers.csv and stocks.csv; `xenotime new --template` shows their columns",
        )
    return _Maker(portfolio, _rates(portfolio), on, months, notice).company()


def _rates(portfolio: Portfolio) -> Rates:
    return order_rates(
        Rate(day, row.text("from_currency"), row.text("to_currency"), Fraction(rate))
        for row in portfolio["rates"]
        if (day := row.day("day")) and (rate := row.number("rate"))
    )


def _wrong(what: str, where: str, expected: str, found: str, step: str) -> InputError:
    return InputError(what, where=where, expected=expected, found=found, next_step=step)


def good_of(product: Row, use: str) -> str:
    """The good of the model that a product is: ``oxide/Dy``, ``magnet/ndfeb-heavy``, ``component/ev``.

    Raises InputError for a kind that the model has no stage for.
    """
    kind, elements = product.text("kind"), element_truths(product.text("elements"))
    named = [e for e, held in elements.items() if held is not False]
    if kind in ("oxide", "compound"):
        return f"oxide/{named[0] if named else 'Nd'}"
    if kind in ("metal", "alloy", "mixed_metal"):
        return f"metal/{named[0] if named else 'Nd'}"
    if kind == "bonded_magnet":
        return "magnet/bonded"
    if kind in ("magnet", "magnet_powder"):
        good = _MAGNETS.get(product.text("material"), "magnet/ndfeb")
        heavy = good == "magnet/ndfeb" and {"Dy", "Tb"} & set(named)
        return "magnet/ndfeb-heavy" if heavy else good
    if kind in ("assembly", "motor", "sensor", "finished_goods"):
        return f"component/{use}"
    raise _wrong(
        "this item has no stage in the model",
        product.where("kind"),
        "an oxide, metal, alloy, magnet, assembly, motor or sensor",
        kind or "unknown",
        "give the product its kind",
    )


@dataclass
class _Maker:
    """Reads the tables once; rows become parts of a plan, blanks become stated assumptions."""

    portfolio: Portfolio
    rates: Rates
    on: date
    months: int
    notice: int = 0
    items: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    ways: dict[Way, int] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)

    def company(self) -> Company:
        """The company."""
        for product, row in self._held():
            self._unit(product, row)
        sources = self._sources()
        offers = tuple(self._offers(sources))
        makings = tuple(self._makings())
        plan = Plan(
            self.months,
            tuple(self._items()),
            tuple(self._lines()),
            tuple(self._source(party, rows) for party, rows in sources.items()),
            offers,
            makings,
            tuple(self._swaps()),
        )
        name = PurePath(self.portfolio.path).name or self.portfolio.path
        return Company(name, check_plan(plan), tuple(self.ways), self._names(), tuple(self.assumed))

    def _held(self) -> Iterator[tuple[str, Row]]:
        """Every item that is needed, held, bought, made or used instead, with a row that names it."""
        for table, column in (("lines", "product"), ("stocks", "product"), ("suppliers", "product")):
            for row in self.portfolio[table]:
                yield row.text(column), row

    def _unit(self, product: str, row: Row) -> None:
        """Give an item its place and unit; both stay."""
        unit = row.text("unit")
        if self.units.setdefault(product, unit) != unit:
            raise _wrong(
                "one item is counted in two units",
                row.where("unit"),
                self.units[product],
                unit,
                "use one unit for the item in every table",
            )
        self.items.setdefault(product, len(self.items))

    def _place(self, row: Row, column: str) -> int:
        product = row.text(column)
        if product not in self.items:
            raise _wrong(
                "this item is neither needed, held nor bought",
                row.where(column),
                "an item of lines, stocks or suppliers",
                product,
                "add a row to stocks.csv with the quantity 0 if it could be held",
            )
        return self.items[product]

    def _items(self) -> Iterator[Item]:
        products = self.portfolio.index("products", "product")
        held: dict[str, list[Row]] = self.portfolio.groups("stocks", "product")
        for product in self.items:
            rows = held.get(product, [])
            form = good_of(products[product], "other").partition("/")[0]
            owned = float(sum((r.number("quantity") or Decimal(0) for r in rows), Decimal(0)))
            price = self._price(product)
            keep, left = (
                self._percent(rows, c, d) for c, d in (("keep_percent", KEEP), ("left_percent", LEFT))
            )
            yield Item(
                product,
                form,
                self.units[product],
                price,
                owned,
                self._room(product, rows, owned),
                price * keep / 100 * MONTH / YEAR,
                left / 100,
            )

    def _percent(self, rows: list[Row], column: str, default: Decimal) -> float:
        given = [n for r in rows if (n := r.number(column)) is not None]
        if rows and not given:
            self.assumed.append(f"{rows[0].where(column)}: assumed {default}")
        return float(given[0] if given else default)

    def _room(self, product: str, rows: list[Row], owned: float) -> float:
        """The most that may be held: what the rows say; what is no stock of yours cannot be held."""
        if not rows:
            return owned
        given = [n for r in rows if (n := r.number("most")) is not None]
        if given:
            return float(sum(given, Decimal(0)))
        need = sum(
            float(r.number("need") or 0) for r in self.portfolio["lines"] if r.text("product") == product
        )
        self.assumed.append(f"{rows[0].where('most')}: no limit stated, {ROOM} months of need taken")
        return max(owned, need * ROOM) if need else float("inf")

    def _price(self, product: str) -> float:
        """The price of an item [USD]: the cheapest qualified offer, else the item's own."""
        prices = [
            self._money(r, "price")
            for r in self.portfolio["suppliers"]
            if r.text("product") == product
            and r.number("price") is not None
            and r.number("qualify_cost") is None
        ]
        row = self.portfolio.index("products", "product")[product]
        if prices or row.number("unit_price") is None:
            return min(prices, default=0.0)
        per = row.text("price_unit") or ("piece" if row.number("unit_mass_kg") else "kg")
        mass = float(row.number("unit_mass_kg") or 1)
        turned = {("piece", "kg"): 1 / mass if mass else 1.0, ("kg", "piece"): mass}
        return self._money(row, "unit_price") * turned.get((per, self.units[product]), 1.0)

    def _money(self, row: Row, column: str) -> float:
        """A cell of money [USD] at the rate of the day."""
        currency = row.text("currency") or "USD"
        rate = self.rates.find(currency, "USD", self.on)
        if rate is None:
            raise _wrong(
                "there is no rate for this currency",
                row.where("currency"),
                f"a row in rates.csv from {currency} to USD on or before {self.on}",
                "none",
                "add the rate",
            )
        return float(row.number(column) or 0) * float(rate)

    def _lines(self) -> Iterator[Line]:
        for row in self.portfolio["lines"]:
            need = float(row.number("need") or 0) * MONTH * 12 / YEAR
            yield Line(row.text("line"), self._place(row, "product"), need, self._money(row, "worth"))

    def _sources(self) -> dict[str, list[Row]]:
        """Offers by who makes them: one qualification serves all that is bought from a party."""
        return self.portfolio.groups("suppliers", "party")

    def _source(self, party: str, rows: list[Row]) -> Source:
        costs = [self._money(r, "qualify_cost") for r in rows if r.number("qualify_cost") is not None]
        wait = max((int(r.number("qualify_months") or 0) for r in rows), default=0)
        late = max(wait - self.notice, 0) if costs else 0
        return Source(party, region(self._country(rows[0])), sum(costs), late)

    def _country(self, row: Row) -> str:
        parties = self.portfolio.index("parties", "party")
        return row.text("country") or parties[row.text("party")].text("country")

    def _offers(self, sources: Mapping[str, list[Row]]) -> Iterator[Offer]:
        for number, rows in enumerate(sources.values()):
            for row in rows:
                item = self._place(row, "product")
                fee = self._money(row, "fee") if row.number("fee") is not None else None
                price = (
                    self._money(row, "price")
                    if row.number("price") is not None
                    else self._price(row.text("product"))
                )
                most = float(row.number("quantity") or 0) * MONTH * 12 / YEAR
                yield Offer(
                    number, item, most, price, self._way(row.text("product"), self._country(row)), fee
                )

    def _way(self, product: str, country: str) -> int:
        """The place of the way that an item takes from a country to the line that uses it."""
        lines = self.portfolio.groups("lines", "product").get(product) or list(self.portfolio["lines"])
        sites = self.portfolio.index("sites", "site")
        row = self.portfolio.index("products", "product")[product]
        way = Way(
            good_of(row, lines[0].text("use")),
            region(country),
            region(sites[lines[0].text("site")].text("country")),
        )
        return self.ways.setdefault(way, len(self.ways))

    def _makings(self) -> Iterator[Making]:
        for row in self.portfolio["conversions"]:
            abroad = row.text("country")
            yield Making(
                row.text("conversion"),
                self._place(row, "from_product"),
                self._place(row, "to_product"),
                float(row.number("ratio") or 0),
                self._money(row, "cost"),
                float(row.number("quantity") or 0) * MONTH * 12 / YEAR,
                int(row.number("months") or 0),
                self._way(row.text("to_product"), abroad) if abroad else -1,
            )

    def _swaps(self) -> Iterator[Swap]:
        places = {row.text("line"): n for n, row in enumerate(self.portfolio["lines"])}
        for row in self.portfolio["substitutions"]:
            used = self._place(row, "product") if row.text("product") else -1
            ratio = row.number("ratio")
            yield Swap(
                row.text("substitution"),
                places[row.text("line")],
                used,
                float(row.number("cap_percent") or 0) / 100,
                float(1 if ratio is None else ratio),
                self._money(row, "penalty"),
                self._money(row, "ready_cost"),
                max(int(row.number("months") or 0) - self.notice, 0),
            )

    def _names(self) -> dict[str, str]:
        """What people call each item, line, source, conversion and substitution."""
        found = {}
        for table, key in (
            ("parties", "party"),
            ("products", "product"),
            ("lines", "line"),
            ("substitutions", "substitution"),
        ):
            for row in self.portfolio[table]:
                found[f"{table}/{row.text(key)}"] = row.text("name") or row.text(key)
        return found
