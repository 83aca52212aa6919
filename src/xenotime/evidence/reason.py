"""Why competing claims may differ, as far as the claims say it themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xenotime.evidence.figure import Figure
from xenotime.evidence.side import Side, labels
from xenotime.evidence.voice import KINDS, bound, family, kind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why claims may differ: scope, year, edition, source, bound, derived or open, and the words it needs."""

    kind: str
    says: tuple[str, ...] = ()


def reasons(sides: Sequence[Side]) -> tuple[Reason, ...]:
    """Why the claims may differ, from what the claims say of themselves."""
    pairs = [
        (one, two)
        for side in sides
        for named in [{figure.id: figure for figure in side.figures}]
        for one, two in ((named[a], named[b]) for a, b in side.competing)
    ]
    found = [*_by_scope(sides), *_by_year(pairs), *_by_edition(pairs), *_by_kind(pairs), *_by_form(pairs)]
    left = [pair for pair in pairs if not _explained(*pair)]
    if left:
        found.append(Reason("open", tuple(sorted({figure.id for pair in left for figure in pair}))))
    return tuple(found)


def _by_scope(sides: Sequence[Side]) -> list[Reason]:
    now = [side for side in sides if not side.scope.expected]
    if len({_ends(side) for side in now}) < 2:
        return []
    names = labels([side.scope for side in now])
    return [Reason("scope", tuple(f"{name}: {_ends(side)}" for name, side in zip(names, now, strict=True)))]


def _ends(side: Side) -> str:
    values = [figure.value for figure in side.figures if figure.value is not None]
    low, high = min(values), max(values)
    return f"{low:f}" if low == high else f"{low:f} – {high:f}"


_Pairs = Sequence[tuple[Figure, Figure]]


def _by_year(pairs: _Pairs) -> list[Reason]:
    years = sorted(
        {f.period or "undated" for one, two in pairs if one.period != two.period for f in (one, two)}
    )
    return [Reason("year", tuple(years))] if years else []


def _by_edition(pairs: _Pairs) -> list[Reason]:
    names = sorted({family(one) for one, two in pairs if _edition(one, two)})
    return [Reason("edition", tuple(names))] if names else []


def _by_kind(pairs: _Pairs) -> list[Reason]:
    said: dict[str, set[Decimal]] = defaultdict(set)
    for one, two in pairs:
        if kind(one) != kind(two):
            for figure in (one, two):
                said[kind(figure)].add(figure.value or Decimal(0))
    return (
        [
            Reason(
                "source",
                tuple(
                    f"{name}: {', '.join(f'{v:f}' for v in sorted(said[name]))}"
                    for name in KINDS
                    if said[name]
                ),
            )
        ]
        if said
        else []
    )


def _by_form(pairs: _Pairs) -> list[Reason]:
    both = [figure for pair in pairs for figure in pair]
    bounds = sorted({figure.id for figure in both if bound(figure) in ("over", "up to")})
    counted = sorted(
        {
            figure.id
            for one, two in pairs
            if one.derived != two.derived
            for figure in (one, two)
            if figure.derived
        }
    )
    found = [Reason("bound", tuple(bounds))] if bounds else []
    return [*found, Reason("derived", tuple(counted))] if counted else found


def _edition(one: Figure, two: Figure) -> bool:
    same = family(one) == family(two) and one.period == two.period
    return same and one.published != two.published


def _explained(one: Figure, two: Figure) -> bool:
    """Whether the two name anything that sets them apart: time, edition, kind of source, how it was made."""
    return (
        one.period != two.period
        or _edition(one, two)
        or kind(one) != kind(two)
        or one.derived != two.derived
        or "point" not in (bound(one), bound(two))
    )
