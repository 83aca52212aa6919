"""Made-up answers of the supply model: one shock, four sectors, two zones, two sides."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from xenotime.evidence.figure import Figure
from xenotime.report.supply.fan import Fan
from xenotime.services.supply.results import (
    Adapt,
    Avoided,
    Basis,
    Event,
    Leverage,
    Reconciled,
    Stress,
    Stretch,
)
from xenotime.supply.measure.values import (
    Band,
    Build,
    Channel,
    Curve,
    Driver,
    Faster,
    Flow,
    Loss,
    Peak,
    Side,
    Split,
    Stop,
    Unmet,
)

START = date(2025, 4, 4)
DAYS = tuple(range(-3, 362, 7))


def band(low, middle, high):
    """A band whose inner quantiles lie half way."""
    inner = [None if None in (one, middle) else (one + middle) / 2 for one in (low, high)]
    return Band(low, inner[0], middle, inner[1], high, middle, middle)


def dip(name, unit="share of rest", *, depth=0.4, worst=90, wide=110, spread=0.3, rest=1.0):
    """A curve that leaves its rest and comes back: up for negative depth."""

    def value(day, factor):
        gone = max(1 - abs(day - worst) / wide, 0) if day > 0 else 0
        return max(rest - rest * depth * factor * gone, 0.0)

    rows = [
        tuple(sorted(value(d, f) for f in (1 + spread, 1 + spread / 2, 1, 1 - spread / 2, 1 - spread)))
        for d in DAYS
    ]
    low, lower, middle, upper, high = zip(*rows, strict=True)
    return Curve(name, unit, DAYS, low, lower, middle, upper, high, middle)


def rise(name, unit, top, spread=0.4):
    """A sum that grows over the days."""
    rows = [tuple(top * max(d, 0) / 361 * (1 + f * spread) for f in (-1, -0.5, 0, 0.5, 1)) for d in DAYS]
    low, lower, middle, upper, high = zip(*rows, strict=True)
    return Curve(name, unit, DAYS, low, lower, middle, upper, high, middle)


def _hill(name, share):
    down = dip(name, depth=share)
    rows = [tuple(1 - v for v in row) for row in (down.high, down.upper, down.middle, down.lower, down.low)]
    return Curve(name, "share of normal output", DAYS, *rows, rows[2])


@pytest.fixture(scope="session")
def claims():
    """Two published figures and a hole."""
    made = ("high", "medium", "low")
    return tuple(
        Figure(
            f"production-{n:03}",
            "magnet exports",
            "magnet",
            "Dy",
            "CN",
            "2025-05",
            None if n == 3 else Decimal(1238),
            "t",
            Decimal(1200),
            Decimal(1300),
            f"Customs & Co {n}",
            "https://example.invalid/a",
            "2025-06-20",
            made[n - 1],
        )
        for n in (1, 2, 3)
    )


@pytest.fixture(scope="session")
def basis(claims):
    """What the answers rest on."""
    drivers = tuple(
        Driver(name, unit, group, weight, ids, rule, sure)
        for name, unit, group, weight, ids, rule, sure in (
            ("licence.lead.US", "days", "licence", 0.71, ("production-001", "production-002"), "", "medium"),
            ("stock.days.lean", "days", "stock", -0.42, ("production-003",), "", "low"),
            ("rules.hoard", "1", "rules", 0.18, (), "no source: half to double the nominal", ""),
        )
    )
    return Basis(
        "april-2025",
        "The April 2025 controls",
        "Licences for seven medium and heavy rare earths from 4 April 2025.",
        START,
        365,
        7,
        256,
        1,
        1,
        date(2026, 11, 21),
        True,
        "5f1c9a7e02d84b6f9c3e7715aa20cc41",
        {"cn/mofcom-2025-70": "revived"},
        0.25,
        (("rationing", "priority"), ("smooth", "30"), ("hoard", "0.3")),
        3.2e-12,
        "unmet",
        drivers,
        (
            Reconciled(
                "China's share of magnets", ("production-001",), "94 %", "91.5 %", "shares must sum to 100 %"
            ),
        ),
        214,
        63,
        ("production-003",),
        ("rules.hoard", "site.restart"),
        ("Dy in Myanmar ore by site",),
        claims,
    )


@pytest.fixture(scope="session")
def rising():
    """A fan over eleven weeks whose quantiles are 1, 2, 3, 4, 5 times the week."""
    days = tuple(START + timedelta(days=7 * n) for n in range(11))
    rows = [tuple(float(k * n) for n in range(11)) for k in range(1, 6)]
    return Fan("x", "kg", days, *rows, 10.0)


def stop(country, use, cover, chance, first, days, worst, mine=False):
    return Stop(
        country,
        "product",
        use,
        cover,
        "civil",
        "Line 7" if mine else "",
        chance,
        first,
        days,
        worst,
        ("x",),
        mine,
    )


@pytest.fixture(scope="session")
def stressed(basis):
    """A stress answer with something in every table."""
    places = (
        ("US", "ev", 0.62),
        ("JP", "hybrid", 0.35),
        ("EU", "wind", 0.2),
        ("IN", "ev", 0.5),
        ("KR", "robots", 0.08),
    )
    standing = (
        *(_hill(f"stopped/product/{c}/{u}", s) for c, u, s in places),
        _hill("stopped/product/outside/ev", 0.4),
    )
    stops = (
        stop(
            "DE", "ev", "lean", 0.97, band(38.0, 52.0, 77.0), band(12, 40, 83), band(0.4, 0.8, 1), mine=True
        ),
        *(
            stop(
                c,
                u,
                "lean",
                min(s * 1.5, 1),
                band(30.0, 46.0 if s > 0.3 else None, None),
                band(0, 30 * s, 90),
                band(0, s, 1),
            )
            for c, u, s in places
        ),
    )
    goods = ("oxide/Dy", "metal/Tb", "magnet/ndfeb-heavy")
    prices = tuple(
        dip(f"{kind}/{zone}/{g}", "ratio to rest", depth=d * (k + 1))
        for k, g in enumerate(goods)
        for kind, scale in (("price", 1), ("contract", 0.4))
        for zone, d in (("inside", 0.1 * scale), ("outside", -1.6 * scale))
    )
    flows = tuple(
        Flow(g, a, b, "kg", kg, o, d, before, during, before * 0.9, o == "CN")
        for g, a, b, kg, o, d, before, during in (
            ("oxide/Dy", "separation", "metal", 1.0, "CN", "CN", 900, 860),
            ("oxide/Dy", "separation", "metal", 1.0, "CN", "JP", 60, 20),
            ("oxide/Nd", "separation", "metal", 1.0, "MY", "JP", 160, 165),
            ("metal/Dy", "metal", "magnet", 1.0, "CN", "CN", 900, 850),
            ("metal/Dy", "metal", "magnet", 1.0, "JP", "JP", 210, 180),
            ("magnet/ndfeb-heavy", "magnet", "component", 0.3, "CN", "US", 700, 160),
            ("magnet/ndfeb-heavy", "magnet", "component", 0.3, "CN", "EU", 1100, 320),
            ("magnet/ndfeb-heavy", "magnet", "component", 0.3, "CN", "CN", 1200, 1400),
            ("magnet/ndfeb-heavy", "magnet", "component", 0.3, "JP", "JP", 690, 600),
            ("component/ev", "component", "product", 0.5, "US", "US", 420, 120),
            ("component/ev", "component", "product", 0.5, "EU", "EU", 640, 240),
            ("component/ev", "component", "product", 0.5, "CN", "CN", 720, 830),
            ("component/ev", "component", "product", 0.5, "CN", "EU", 10, 40),
            ("oxide/Gd", "separation", "product", 1.0, "CN", "US", 14, 6),
        )
    )
    year = date(2026, 4, 3)
    law = tuple(
        Stretch(f"CN>{d}/{g}/civil", "CN", d, g, "civil", *stretch)
        for d in ("US", "JP", "EU", "IN")
        for g in (*goods, "magnet/ndfeb")
        for stretch in (
            [
                (
                    START - timedelta(days=3),
                    START - timedelta(days=1),
                    "not_controlled",
                    0,
                    0,
                    0,
                    "no rule",
                    "",
                ),
                (START, year, "licence", 0.9, 45, 0.05, "seven elements", "cn/mofcom-2025-18"),
            ]
            if g != "magnet/ndfeb"
            else [(START - timedelta(days=3), year, "not_controlled", 0, 0, 0, "no rule", "")]
        )
    )
    return Stress(
        basis,
        stops,
        band(0.05, 0.18, 0.31),
        band(24.0, 33.0, 51.0),
        band(140.0, 190.0, None),
        band(0.62, 0.74, 0.86),
        (Unmet("ev", "US", "units", band(9e4, 2.1e5, 4e5), band(0.05, 0.11, 0.2)),),
        tuple(
            Unmet(e, s, "kg", band(1e4 * n, 3e4 * n, 6e4 * n), band(0.02 * n, 0.05 * n, 0.09 * n))
            for n, (e, s) in enumerate(
                (("Sm", "magnet"), ("Tb", "magnet"), ("Dy", "metal"), ("Dy", "magnet")), 1
            )
        ),
        tuple(
            Peak(g, z, band(1, v, 2 * v), band(1, 1 + v / 4, v), band(40.0, 95.0, 130.0), band(1, v, 3 * v))
            for g in goods
            for z, v in (("inside", 1.05), ("outside", 2.9))
        ),
        band(2.1e9, 5.4e9, 1.2e10),
        standing,
        tuple(
            dip(f"output/{s}", depth=d)
            for s, d in (("mine/*", 0.02), ("magnet/*", 0.1), ("product/*/ev", 0.25), ("product/*/wind", 0.1))
        ),
        tuple(
            dip(f"ship/magnet/*/CN>{c}", depth=d)
            for c, d in (("*", 0.5), ("US", 0.8), ("JP", 0.7), ("EU", 0.6), ("IN", 0.75))
        ),
        tuple(
            dip(f"delivered/*/{u}", "share of need", depth=d)
            for u, d in (("ev", 0.3), ("wind", 0.12), ("robots", 0.03))
        ),
        prices,
        (
            rise("pending/magnet/ndfeb-heavy/US", "kg", 2.1e5),
            rise("pending/magnet/ndfeb-heavy/EU", "kg", 3.4e5),
        ),
        (),
        flows,
        (
            Event(
                date(2025, 4, 4),
                "marker",
                "China announces licences for seven elements",
                "cn/mofcom-2025-18",
                ("production-001",),
            ),
            Event(date(2025, 4, 9), "turn", "no file is decided for some weeks"),
            Event(date(2025, 6, 7), "turn", "first licences for carmakers' suppliers"),
            Event(date(2025, 6, 27), "marker", "framework of London confirmed"),
            Event(date(2025, 11, 10), "marker", "October package suspended for a year", "cn/mofcom-2025-70"),
        ),
        law,
        "CN",
        (40, 130),
        Avoided(
            "fast-lane",
            "Certified-user fast lane",
            band(-2, 14, 31),
            band(-1e8, 2.2e9, 6e9),
            band(0, 0.04, 0.1),
            (("ev", "US", band(-1, 12, 30)), ("wind", "EU", band(0, 4, 9))),
        ),
        sectors=(
            stop("outside", "ev", "", 0.97, band(30.0, 40.0, 60.0), band(10, 40, 80), band(0.2, 0.4, 0.6)),
        ),
    )


@pytest.fixture(scope="session")
def adapted(basis):
    """An adapt answer: one side quick by stock, one slow, one that lacks nothing."""
    none = band(None, None, None)

    def side(country, worst, t50):
        channels = tuple(
            Channel(name, band(0.1, share, 0.9), dip(f"met/{name}/{country}", "share of need"))
            for name, share in (("stock", 0.6), ("reroute", 0.3), ("less", 0.0))
        )
        gap = _hill(f"gap/{country}", worst)
        return Side(
            country, gap, band(worst, worst, worst), t50, none, none, band(0.01, 0.02, 0.03), 0.8, channels
        )

    sides = (
        side("US", 0.4, band(60.0, 120.0, None)),
        side("JP", 0.3, band(20.0, 40.0, 90.0)),
        side("AU", 0.0, none),
    )
    builds = (
        Build(
            "mine",
            "observed",
            band(3.0, 6.0, 9.0),
            0.5,
            (5.0, 8.0),
            (("A <one>", 4.0, "projects-001"), ("B", 6.0, "projects-002")),
        ),
        Build("magnet", "planned", band(1.0, 2.0, 3.0), 0.0, (5.0, 8.0), (("C", 2.0, "projects-003"),)),
    )
    return Adapt(basis, sides, (Faster("US", "JP", 0.2, 0.05), Faster("US", "AU", None, None)), builds, ())


@pytest.fixture(scope="session")
def levered(basis):
    """A leverage answer in which both sides lose."""

    def loss(side, top):
        none = band(0.0, 0.0, 0.0)
        total = band(top * 0.6, top, top * 1.4)
        return Loss(side, (side,), total, rise(f"loss/{side}", "USD", top), total, none, none, none)

    half = band(30.0, 90.0, None)
    return Leverage(
        basis,
        loss("CN", 1e9),
        loss("US", 4e9),
        365,
        0.05,
        band(2.0, 4.0, 6.0),
        rise("ratio", "USD per USD", 4.0),
        0.93,
        half,
        0.4,
        half,
        band(None, None, None),
        Split(band(1e9, 5e9, 9e9), band(5e8, 1.5e9, 3e9)),
        (),
    )
