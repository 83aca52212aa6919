"""The user's own lines in the world, from the tables `lines`, `stocks` and `suppliers` of a portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from xenotime.content.money import Rate, order_rates
from xenotime.core.errors import InputError
from xenotime.portfolio.table import Portfolio, Row
from xenotime.services.supply.company import good_of
from xenotime.services.supply.regions import region
from xenotime.supply.world.build import World
from xenotime.supply.world.cover import BASE
from xenotime.supply.world.draft import transit
from xenotime.supply.world.network import Network
from xenotime.supply.world.own import Own, join

#: A month of the tables [days].
MONTH = 30.0


def add(world: World, portfolio: Portfolio, day: date = BASE) -> World:
    """The world with the lines of a portfolio in it; the world itself when it has none.

    `day` chooses the exchange rate; a later rate is taken when none is older. Raises InputError, naming
    file and row, for a unit that does not fit, an item that the model has no stage for, and a source that
    sells none of it.
    """
    own = lines(world.network, portfolio, day)
    return replace(world, network=join(world.network, own, transit()))


def lines(network: Network, portfolio: Portfolio, day: date) -> Sequence[Own]:
    """The lines of a portfolio as the world takes them."""
    units = {good.id: good.unit for good in network.goods}
    return tuple(_line(portfolio, row, units, day) for row in portfolio["lines"])


def _line(portfolio: Portfolio, row: Row, units: dict[str, str], day: date) -> Own:
    product = portfolio.index("products", "product")[row.text("product")]
    site = portfolio.index("sites", "site")[row.text("site")]
    use = row.text("use")
    good = good_of(product, use)
    times = _units(product, row, units.get(good, "kg"))
    need = float(row.number("need") or 0) * times / MONTH
    return Own(
        row.text("line"),
        row.text("name") or row.text("line"),
        region(site.text("country")),
        use,
        good,
        need,
        _worth(portfolio, row, day) / times,
        _held(portfolio, row, product, units.get(good, "kg")) / need if need else 0.0,
        buyer="defence" if use == "defence" else "civil",
        sources=_sources(portfolio, row),
        where=row.where("need"),
    )


def _units(product: Row, row: Row, unit: str) -> float:
    """How many units of the model one unit of a row is. Raises InputError when a mass is missing."""
    given = row.text("unit")
    if (given == "kg") == (unit == "kg"):
        return 1.0
    mass = float(product.number("unit_mass_kg") or 0)
    if mass <= 0:
        raise InputError(
            "this unit does not fit the item",
            where=row.where("unit"),
            expected=f"{'kg' if unit == 'kg' else 'piece'}, or the mass of one piece in products.csv",
            found=given,
            next_step="give `unit_mass_kg` of the product, or count it in the other unit",
        )
    return mass if unit == "kg" else 1 / mass


def _held(portfolio: Portfolio, row: Row, product: Row, unit: str) -> float:
    """What lies at the site of a line [units of the model]; a count below 0 was refused when it was read."""
    total = 0.0
    for stock in portfolio["stocks"]:
        if stock.text("product") != row.text("product") or stock.text("site") != row.text("site"):
            continue
        total += float(stock.number("quantity") or 0) * _units(product, stock, unit)
    return total


def _sources(portfolio: Portfolio, row: Row) -> tuple[tuple[str, float], ...]:
    """Where a line's item comes from today, with parts; a source not yet qualified sells nothing."""
    parties = portfolio.index("parties", "party")
    parts: dict[str, float] = {}
    for offer in portfolio["suppliers"]:
        if offer.text("product") != row.text("product") or offer.number("qualify_cost") is not None:
            continue
        share = offer.number("share_percent")
        weight = float(share if share is not None else offer.number("quantity") or 0)
        party = parties.get(offer.text("party"))
        country = region(offer.text("country") or (party.text("country") if party else ""))
        parts[country] = parts.get(country, 0.0) + weight
    total = sum(parts.values())
    return tuple((country, part / total) for country, part in parts.items() if part > 0)


def _first(portfolio: Portfolio, day: date) -> date:
    """The day of the oldest rate."""
    return min((on for rate in portfolio["rates"] if (on := rate.day("day"))), default=day)


def _worth(portfolio: Portfolio, row: Row, day: date) -> float:
    """The value added that hangs on one unit of the item [USD]. Raises InputError when no rate is known."""
    rates = order_rates(
        Rate(on, rate.text("from_currency"), rate.text("to_currency"), Fraction(value))
        for rate in portfolio["rates"]
        if (on := rate.day("day")) and (value := rate.number("rate"))
    )
    found = rates.find(row.text("currency") or "USD", "USD", max(day, _first(portfolio, day)))
    if found is None:
        raise InputError(
            "there is no rate for this currency",
            where=row.where("currency"),
            expected=f"a row in rates.csv from {row.text('currency')} to USD on or before {day}",
            found="none",
            next_step="add the rate",
        )
    return float(row.number("worth") or 0) * float(found)
