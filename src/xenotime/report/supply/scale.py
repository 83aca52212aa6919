"""Values and days to pixels, with round ticks, and numbers as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, isclose, log10

from xenotime.supply.measure.values import Band

#: Steps of months between ticks, from dense to sparse.
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
#: Larger units: from how much on [of the unit], by what it is divided, and its name.
_LARGER = {
    "kg": ((10_000, 1_000, "t"),),
    "USD": ((1e9, 1e9, "billion USD"), (1e6, 1e6, "million USD"), (1e4, 1e3, "thousand USD")),
    "units": ((1e6, 1e6, "million units"), (1e4, 1e3, "thousand units")),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high` laid over pixels from `start` to `end`, evenly or by their logarithm."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """The place of a value [px], held inside the drawing."""
        low, high = self.low, self.high
        held = min(max(value, low), high)
        if self.log:
            held, low, high = log10(max(held, 1e-300)), log10(low), log10(high)
        return self.start + (self.end - self.start) * ((held - low) / (high - low) if high > low else 0.0)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round values on the axis."""
        return decades(self.low, self.high) if self.log else ticks(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` to `last` laid over pixels from `start` to `end`."""

    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        """The place of a day [px], held inside the drawing."""
        span = max((self.last - self.first).days, 1)
        place = min(max((day - self.first).days, 0), span)
        return self.start + (self.end - self.start) * place / span

    def ticks(self, most: int = 8) -> tuple[tuple[date, str], ...]:
        """Round days with their ISO text: whole years, whole months, or days when there are few."""
        months = [day for day in _months(self.first, self.last) if day >= self.first]
        if len(months) < 3:
            return _weeks(self.first, self.last, most)
        step = next((s for s in _MONTHS if len([m for m in months if _on(m, s)]) <= most), 240)
        kept = [m for m in months if _on(m, step)]
        return tuple((m, f"{m:%Y}" if step >= 12 else f"{m:%Y-%m}") for m in kept)


def ticks(low: float, high: float, most: int = 4) -> tuple[float, ...]:
    """Round values from `low` to `high`, about `most` of them.

    >>> ticks(0, 97)
    (0.0, 25.0, 50.0, 75.0)
    """
    if high <= low:
        return (low,)
    raw = (high - low) / most
    size = 10.0 ** floor(log10(raw))
    step = next(s * size for s in (1, 2, 2.5, 5, 10) if s * size >= raw * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(round(place * step, 12) for place in range(first, last + 1))


def decades(low: float, high: float) -> tuple[float, ...]:
    """Round values of a logarithmic axis: tens, with 2 and 5 between them when there is room.

    >>> decades(0.8, 40)
    (1.0, 2.0, 5.0, 10.0, 20.0)
    """
    wide = log10(high / low)
    heads = (1, 2, 5) if wide < 2.2 else ((1, 3) if wide < 3.5 else (1,))
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    every = [head * 10.0**power for power in powers for head in heads]
    return tuple(v for v in every if low * (1 - 1e-9) <= v <= high * (1 + 1e-9))


def above(high: float) -> float:
    """The next round value not below `high`, the top of an axis from 0.

    >>> above(97), above(0)
    (100.0, 1.0)
    """
    if high <= 0:
        return 1.0
    size = 10.0 ** floor(log10(high))
    return next(
        round(s * size, 12) for s in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if s * size >= high * (1 - 1e-9)
    )


def below(low: float) -> float:
    """The next round value not above `low`, the foot of a logarithmic axis; `low` above 0.

    >>> below(0.7), below(23)
    (0.5, 20.0)
    """
    size = 10.0 ** floor(log10(low))
    return next(round(s * size, 12) for s in (8, 5, 4, 3, 2, 1.5, 1, 0.5) if s * size <= low * (1 + 1e-9))


def spell(value: float | None, digits: int = 3, none: str = "–") -> str:
    """A number with about three digits, thousands apart; `none` when there is no number.

    >>> spell(12345.6), spell(0.01234), spell(-3.0), spell(None)
    ('12\u202f300', '0.0123', '−3', '–')
    """
    if value is None:
        return none
    if isclose(value, 0, abs_tol=1e-12):
        return "0"
    size = floor(log10(abs(value)))
    kept = round(value, digits - 1 - size)
    places = max(digits - 1 - size, 0)
    text = f"{abs(kept):,.{places}f}".replace(",", "\u202f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if kept < 0 else text


def percent(share: float | None, none: str = "–") -> str:
    """A share in percent, whole above ten.

    >>> percent(0.1234), percent(0.043), percent(None)
    ('12 %', '4.3 %', '–')
    """
    if share is None:
        return none
    hundred = 100 * share
    shown = (
        f"{hundred:.0f}" if abs(hundred) >= 9.95 or isclose(hundred, 0, abs_tol=0.005) else f"{hundred:.1f}"
    )
    return shown.removesuffix(".0").replace("-", "−") + " %"


def spelt(band: Band, none: str = "–") -> str:
    """A band's 5–95 % interval; `none` where it has no end."""
    return between(band.low, band.high, none)


def between(low: float | None, high: float | None, none: str = "–") -> str:
    """Two ends of an interval; dots stand between them where a dash would read as a minus.

    >>> between(2, 3), between(-2, 3), between(2, None, none="∞")
    ('2 – 3', '−2 … 3', '2 – ∞')
    """
    joint = "…" if any(v is not None and v < 0 for v in (low, high)) else "–"
    return f"{spell(low, none=none)} {joint} {spell(high, none=none)}"


def shares(band: Band) -> str:
    """A band's 5–95 % interval, its numbers being shares, in percent."""
    return f"{percent(band.low)} – {percent(band.high)}"


def larger(unit: str, high: float) -> tuple[float, str]:
    """By what to divide numbers up to `high` in a unit, and the larger unit's name.

    >>> larger("kg", 25_000), larger("kg/day", 25_000), larger("days", 1e9)
    ((1000, 't'), (1000, 't/day'), (1.0, 'days'))
    """
    head, slash, rest = unit.partition("/")
    for least, factor, name in _LARGER.get(head, ()):
        if high >= least:
            return factor, name + slash + rest
    return 1.0, unit


def _on(day: date, step: int) -> bool:
    return (day.year * 12 + day.month - 1) % step == 0


def _months(first: date, last: date) -> list[date]:
    span = (last.year - first.year) * 12 + last.month - first.month
    return [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(span + 1)
    ]


def _weeks(first: date, last: date, most: int) -> tuple[tuple[date, str], ...]:
    span = (last - first).days
    step = next((s for s in (1, 2, 7, 14, 28) if span / s <= most), 56)
    return tuple((d, d.isoformat()) for n in range(0, span + 1, step) for d in [first + timedelta(days=n)])
