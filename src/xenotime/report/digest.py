"""The first screen in rows: what planned legs need, what moved ones leave open, what no source confirms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.law.answer import Outcome
from xenotime.report.reading import by_hinge, differs
from xenotime.services.results import Ahead, Assessment, Hit, Leg

_NEEDS = frozenset({Outcome.LICENCE, Outcome.CASE_BY_CASE, Outcome.PRESUMED_DENIED})
#: What is asked of planned legs, and what is left to settle of moved ones: the gravest first.
PLANNED = ("stop", "apply", "conflict", "confirm", "ask", "read", "covered", "report", "go")
MOVED = ("stop", "apply", "conflict", "confirm", "ask", "read", "report")
_KEYS = {
    Outcome.PROHIBITED: "stop",
    Outcome.CONFLICT: "conflict",
    Outcome.UNVERIFIED: "confirm",
    Outcome.UNDETERMINED: "ask",
    Outcome.OPEN: "read",
    Outcome.REPORT: "report",
    Outcome.NOT_CONTROLLED: "go",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Legs of which the same is to be said: the key of the words, their outcomes, the legs by day."""

    key: str
    outcomes: tuple[Outcome, ...]
    legs: tuple[Leg, ...]

    @property
    def shipments(self) -> tuple[str, ...]:
        """Ids of the shipments, the first to move leading."""
        return tuple(dict.fromkeys(leg.shipment for leg in self.legs))

    @property
    def usual(self) -> Outcome:
        """The outcome of most of them."""
        return Counter(leg.explanation.outcome for leg in self.legs).most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Branch:
    """One way a hinge may have turned out, with the number of legs by outcome."""

    name: str
    default: bool
    counts: tuple[tuple[Outcome, int], ...]


@dataclass(frozen=True, slots=True)
class OpenHinge:
    """A hinge whose branches give different answers to some legs: what to look up and where."""

    hinge: str
    day: date
    asks: str
    check: str
    branches: tuple[Branch, ...]
    shipments: tuple[str, ...]

    @property
    def default(self) -> str:
        """The branch of the default legal reading; "" when there is none."""
        return next((branch.name for branch in self.branches if branch.default), "")


def task(leg: Leg) -> str:
    """What one leg asks for, as a key of `PLANNED`."""
    exp = leg.explanation
    if exp.outcome in _NEEDS:
        return "covered" if exp.covered_by else "apply"
    return _KEYS[exp.outcome]


def planned(assessment: Assessment) -> tuple[Line, ...]:
    """What planned legs ask for, the gravest first."""
    return _lines((leg for leg in assessment.legs if leg.status == "planned"), PLANNED)


def moved(assessment: Assessment) -> tuple[Line, ...]:
    """What legs that moved leave to be settled; those in order are not named."""
    return _lines((leg for leg in assessment.legs if leg.status != "planned"), MOVED)


def _lines(legs: Iterable[Leg], keys: tuple[str, ...]) -> tuple[Line, ...]:
    groups: dict[str, list[Leg]] = {}
    for leg in sorted(legs, key=lambda leg: leg.on):
        groups.setdefault(task(leg), []).append(leg)
    return tuple(
        Line(key, tuple(sorted({leg.explanation.outcome for leg in groups[key]})), tuple(groups[key]))
        for key in keys
        if key in groups
    )


def open_hinges(legs: Iterable[Leg], ahead: Iterable[Ahead] = ()) -> tuple[OpenHinge, ...]:
    """The hinges on which an outcome of these legs depends, the most shipments first."""
    told: Mapping[str, Ahead] = {each.address: each for each in ahead}
    counts: dict[str, dict[str, Counter[Outcome]]] = {}
    days: dict[str, date] = {}
    defaults: dict[str, str] = {}
    ships: dict[str, dict[str, None]] = {}
    for leg in legs:
        for hinge, answers in by_hinge(leg.explanation).items():
            if not differs(answers):
                continue
            ships.setdefault(hinge, {})[leg.shipment] = None
            days[hinge] = answers[0].day
            for answer in answers:
                counts.setdefault(hinge, {}).setdefault(answer.branch, Counter())[answer.outcome] += 1
                if answer.is_default:
                    defaults[hinge] = answer.branch
    found = [
        OpenHinge(
            hinge,
            days[hinge],
            told[hinge].what if hinge in told else "",
            told[hinge].check if hinge in told else "",
            tuple(
                Branch(name, defaults.get(hinge) == name, tuple(sorted(tally.items())))
                for name, tally in counts[hinge].items()
            ),
            tuple(ships[hinge]),
        )
        for hinge in counts
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.shipments), each.day, each.hinge)))


def listed(assessment: Assessment) -> tuple[tuple[Hit, tuple[str, ...]], ...]:
    """Every party found on a list, or nearly, once per entry, with its shipments; certain hits first."""
    ships: dict[tuple[str, str, str], dict[str, None]] = {}
    hits: dict[tuple[str, str, str], Hit] = {}
    for leg in assessment.legs:
        for hit in leg.hits:
            key = (hit.party, hit.list_address, hit.entry)
            hits[key] = hit
            ships.setdefault(key, {})[leg.shipment] = None
    order = sorted(hits, key=lambda key: (not hits[key].sure, hits[key].party_name, key))
    return tuple((hits[key], tuple(ships[key])) for key in order)


def dates_ahead(assessment: Assessment) -> tuple[Ahead, ...]:
    """The days that change answers and are still to come; what no source confirms has its own table."""
    shown = {each.hinge for each in open_hinges(assessment.legs)}
    return tuple(
        each for each in assessment.ahead if each.day >= assessment.known and each.address not in shown
    )
