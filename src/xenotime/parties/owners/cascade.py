"""Who is held under an ownership rule on a day: exact, tier by tier, certainly, possibly or not.

Shares are added and never multiplied: a company that is caught passes its whole share on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from xenotime.core.errors import AddressError
from xenotime.core.truth import Truth, some
from xenotime.parties.owners.case import Case
from xenotime.parties.owners.doubts import cautions, missing
from xenotime.parties.owners.holding import Structure
from xenotime.parties.owners.result import Held, Reading, Resolution, Row, Spread, Stake
from xenotime.parties.owners.rule import Listing, OwnershipRule
from xenotime.parties.owners.spread import spreads
from xenotime.parties.owners.standing import (
    ZERO,
    Standing,
    Tie,
    fingerprint,
    limited,
    standing,
)


def resolve(
    structure: Structure,
    rule: OwnershipRule,
    restricted: Mapping[str, Truth],
    on: date,
    parties: Sequence[str] | None = None,
    listings: Mapping[str, Sequence[Listing]] | None = None,
) -> Resolution:
    """Whether the restricted owners hold each party under the rule, on a day.

    `restricted` says per body whether it is on a list that counts (None: a near miss); a described body
    that it does not name is not, and an owner that nothing describes is unknown. `listings` names the
    entries, for the proof and for rules that put owners together list by list. Without `parties`, all
    bodies are asked about. Raises AddressError for a party that is not in the data, InputError for two
    rows with one id.
    """
    scene = standing(structure, on)
    asked = tuple(dict.fromkeys(scene.bodies if parties is None else parties))
    _known(asked, scene)
    people = scene.above(scene.of(p) for p in asked)
    holders = (scene.of(t.through) for p in people for t in scene.ties.get(p, ()) if t.through)
    listed = {p: _listed(p, scene, restricted) for p in (*people, *holders)}
    entries = _entries(scene, people, listings or {})
    groups = spreads(rule, scene, people, listed, entries)
    case = Case(rule, scene, listed, groups, restricted, entries)
    open_readings = [rule.reading(a) for a in ("all", "per_owner")] if rule.aggregate_open else []
    others = [
        Case(r, scene, listed, spreads(r, scene, people, listed, entries), restricted, entries)
        for r in open_readings
    ]
    askers = {scene.of(p) for p in asked}
    nodes = tuple(case.node(p, askers) for p in people)
    held = {p: _held(p, case, others) for p in asked}
    rows = {p: _rows(p, scene, listed[p]) for p in people}
    used = sorted((t.raw for p in people for t in scene.ties.get(p, ())), key=lambda h: h.id)
    return Resolution(
        rule,
        on,
        held,
        nodes,
        tuple(edge for p in people for edge in case.edges(p)),
        scene.findings,
        entries,
        groups,
        fingerprint(on, (row for found in rows.values() for row in found), used),
        tuple(used),
        rows,
    )


def _rows(person: str, scene: Standing, listed: Truth) -> tuple[Row, ...]:
    return tuple((m, listed, scene.bodies.get(m)) for m in scene.members.get(person, (person,)))


def _held(party: str, case: Case, others: Iterable[Case]) -> Held:
    person = case.scene.of(party)
    held, low, high, group = case.best(person)
    listed = case.listed[person]
    rows = [(c.rule.aggregate, c.truth(person), *c.best(person)[1:3]) for c in others]
    readings = tuple(Reading(*row) for row in rows)
    return Held(
        party,
        person,
        some((listed, held)),
        listed,
        held,
        low,
        high,
        case.tier(person),
        _owners(person, case, group),
        cautions(party, person, case),
        missing(person, case),
        readings,
    )


def _owners(person: str, case: Case, group: Spread) -> tuple[Stake, ...]:
    """The owners that count in a group, each once, largest first."""
    found: dict[str, list[Tie]] = defaultdict(list)
    possible, certain = case.counting(group.possible), case.counting(group.certain)
    for tie in limited(case.scene.ties.get(person, ())):
        if tie.kind == "share" and tie.high and (tie.owner in possible or not tie.owner):
            found[tie.owner].append(tie)
    stakes = [
        Stake(
            owner,
            sum((t.low for t in ties), ZERO),
            min(sum((t.high for t in ties), ZERO), Fraction(1)),
            True if owner in certain else None,
            tuple(t.holding for t in ties),
        )
        for owner, ties in found.items()
    ]
    return tuple(sorted(stakes, key=lambda s: (-s.low, -s.high, s.owner)))


def _listed(person: str, scene: Standing, restricted: Mapping[str, Truth]) -> Truth:
    """Whether a person is listed, by any of its branches; unknown when nothing describes it."""
    said = [restricted[m] for m in (*scene.members.get(person, ()), person) if m in restricted]
    return some(said) if said or scene.described(person) else None


def _entries(
    scene: Standing, people: Iterable[str], listings: Mapping[str, Sequence[Listing]]
) -> dict[str, tuple[Listing, ...]]:
    rows = {p: [x for m in scene.members.get(p, (p,)) for x in listings.get(m, ())] for p in people}
    return {p: tuple(dict.fromkeys(found)) for p, found in rows.items() if found}


def _known(asked: Iterable[str], scene: Standing) -> None:
    owners = {t.owner for ties in scene.ties.values() for t in ties}
    lost = [p for p in asked if p not in scene.bodies and p not in scene.ties and p not in owners]
    if lost:
        raise AddressError(
            "the ownership data knows no such party",
            expected="the id of a body in the data",
            found=", ".join(lost[:5]),
            next_step="check the id, or add the party to the ownership data",
        )
