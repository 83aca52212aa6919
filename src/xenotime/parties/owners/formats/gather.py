"""Collects what a reader finds: bodies, holdings and findings, and looks over the whole at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.parties.owners.holding import Body, Finding, Holding, Structure

#: So many places are named for each kind of finding; the rest are counted.
MOST_PLACES = 1_000
_ONE = Fraction(1)
_PERCENT = Fraction(1, 100)
_TELLING = 2


@dataclass(slots=True)
class Gathered:
    """What was read so far; bodies keep the order in which they were first named."""

    bodies: dict[str, Body] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    more: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def find(self, what: str, where: str) -> None:
        """Keep a finding; of one kind only the first `MOST_PLACES` are named."""
        if len(self.places[what]) < MOST_PLACES:
            self.places[what].append(where)
        else:
            self.more[what] += 1

    def name(self, body: Body) -> None:
        """Keep a body; a second one of the same id adds its names."""
        first = self.bodies.get(body.id)
        if first is None:
            self.bodies[body.id] = body
            return
        names = dict.fromkeys(n for n in (*first.other_names, body.name, *body.other_names) if n)
        names.pop(first.name, None)
        self.bodies[body.id] = replace(
            first,
            name=first.name or body.name,
            other_names=tuple(names),
            country=first.country or body.country,
            kind=body.kind if first.kind == "unknown" else first.kind,
            identifiers=tuple(dict.fromkeys((*first.identifiers, *body.identifiers))),
            branch_of=first.branch_of or body.branch_of,
        )

    def hold(self, holding: Holding) -> None:
        """Keep a holding."""
        self.holdings.append(holding)

    def day(self, text: str, where: str, *, last: bool = False) -> date | None:
        """The day a text says; of a year or month its first or last day; None and a finding if none."""
        if not text:
            return None
        parts = text[:10].split("-")
        try:
            if len(parts) == 3:
                return parse_day(text[:10])
            self.find("a day given as a year or a month: read as its widest", f"{where}: {text!r}")
            return _edge([int(p) for p in parts], last=last)
        except (InputError, ValueError):
            self.find("a day that cannot be read: left open", f"{where}: {text!r}")
            return None

    def structure(self) -> Structure:
        """The data set with every finding, after a look over the whole."""
        self._dangling()
        self._ids()
        self._over()
        self._small()
        for holding in self.holdings:
            if holding.owner == holding.owned:
                self.find("a body that owns itself: kept as stated", f"{holding.id}: {holding.owner}")
        found = [Finding(what, place) for what, places in self.places.items() for place in places]
        found += [Finding(what, f"and {count} more") for what, count in self.more.items()]
        return Structure(tuple(self.bodies.values()), tuple(self.holdings), tuple(found))

    def _dangling(self) -> None:
        for holding in self.holdings:
            for role, body in (
                ("owner", holding.owner),
                ("owned", holding.owned),
                ("holds_for", holding.holds_for),
            ):
                if body and body not in self.bodies:
                    self.find(
                        "a body that is named and not described: whether it is listed is unknown",
                        f"{holding.id}, {role}: {body}",
                    )
                    self.bodies[body] = Body(body, "")

    def _ids(self) -> None:
        seen: dict[str, int] = {}
        for at, holding in enumerate(self.holdings):
            count = seen[holding.id] = seen.get(holding.id, 0) + 1
            if count > 1:
                self.find("two holdings of one id: both kept", holding.id)
                self.holdings[at] = replace(holding, id=f"{holding.id}~{count}")

    def _over(self) -> None:
        groups: dict[tuple[str, bool], list[Holding]] = defaultdict(list)
        for holding in self.holdings:
            if holding.kind != "control" and holding.low:
                groups[holding.owned, holding.kind == "votes"].append(holding)
        for (owned, votes), held in groups.items():
            if sum((h.low for h in held), Fraction(0)) > _ONE and (day := _crowded(held)):
                word = "votes" if votes else "shares"
                when = "" if day == date.min else f" on {day}"
                self.find(f"{word} of one body over 100 percent: kept as stated", f"{owned}{when}")

    def _small(self) -> None:
        stated = [
            h for h in self.holdings if h.kind in ("shares", "votes") and h.high is not None and h.high > 0
        ]
        if len(stated) >= _TELLING and all(h.high is not None and h.high <= _PERCENT for h in stated):
            self.find(
                "no share is above 1 percent: read as percentages, so a file that writes 0.5 for one half is "
                "read a hundred times too small",
                f"{len(stated)} shares",
            )


def _edge(parts: list[int], *, last: bool) -> date:
    """The first or the last day of a year, or of a year and month."""
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if not last:
        return date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def _crowded(held: Iterable[Holding]) -> date | None:
    """The first day on which the least shares add up to more than the whole; None if there is none."""
    changes: dict[int, Fraction] = defaultdict(Fraction)
    for row in held:
        first = (row.from_day or date.min).toordinal()
        after = (row.to_day or date.max).toordinal() + 1
        if first < after:
            changes[first] += row.low
            changes[after] -= row.low
    total = Fraction(0)
    for day in sorted(changes):
        total += changes[day]
        if total > _ONE:
            return date.fromordinal(day)
    return None
