"""What an answer does not say by itself: red flags that never decide, and facts that would settle it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from xenotime.parties.owners.case import ROOTS, Case
from xenotime.parties.owners.result import Caution, Missing
from xenotime.parties.owners.standing import ZERO, Tie, limited

#: So many missing facts are named for one party.
MOST = 50
#: What may be open about a listing, as the kind of a missing fact and its question.
_OPEN = {
    "name": ("near_miss", "Is this the party that the list names?"),
    "state": ("listing", "Is the listing of this party in force on the day?"),
    "class": ("programme", "Is the listing of this party one of those that the rule counts?"),
}


def percent(share: Fraction) -> str:
    """A share [1] in percent, exact: decimals where they end, a fraction otherwise.

    >>> percent(Fraction(1, 2)), percent(Fraction(4999, 10000)), percent(Fraction(1, 3))
    ('50 %', '49.99 %', '100/3 %')
    """
    value = share * 100
    digits = 0
    while digits < 12 and (value * 10**digits).denominator != 1:
        digits += 1
    scaled = value * 10**digits
    if scaled.denominator != 1:
        return f"{value} %"
    whole = str(abs(scaled.numerator)).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole[: len(whole) - digits]}{'.' if digits else ''}{whole[len(whole) - digits :]} %"


def cautions(party: str, person: str, case: Case) -> tuple[Caution, ...]:
    """The red flags of a party, each with the body and the holding it rests on."""
    return tuple(
        dict.fromkeys(
            [
                *_of_itself(party, person, case),
                *_by_branch(person, case),
                *_beside_shares(person, case),
                *_of_shares(person, case),
                *_of_shares_above(person, case),
            ]
        )
    )


def _of_itself(party: str, person: str, case: Case) -> Iterable[Caution]:
    scene, rule = case.scene, case.rule
    if person != party:
        yield Caution("branch", "a branch is its parent, so the answer is the parent's", person)
    if person in scene.over:
        yield Caution(
            "contradiction", "its owners hold more than everything at least; nothing is sure", person
        )
    body = scene.bodies.get(person)
    group = case.best(person)[3]
    if case.spared(person) and rule.reached(case.sums(person, group)[1]):
        yield Caution(
            "spared", f"the rule does not catch companies of {body.country if body else ''}", person
        )
    elif rule.spares and case.best(person)[0] is not False and not (body and body.country):
        says = f"its country is not stated; it is taken as none of {', '.join(rule.spares)}"
        yield Caution("country", says, person)


def _by_branch(person: str, case: Case) -> Iterable[Caution]:
    """Where the person, or who holds of it, is on a list only by a branch."""
    owners = (t.owner for t in case.scene.ties.get(person, ()) if t.kind == "share" and t.owner)
    for one in dict.fromkeys((person, *owners)):
        members = case.scene.members.get(one, (one,))
        if case.said.get(one, False) is not False:
            continue
        for branch in (m for m in members if case.said.get(m, False) is not False):
            says = "the list names this branch; a branch is its parent, so the listing counts for both"
            yield Caution("branch", says, branch)


def _beside_shares(person: str, case: Case) -> Iterable[Caution]:
    for tie in case.scene.ties.get(person, ()):
        if tie.kind in ("control", "votes") and case.owns(tie.owner) is not False:
            what = "controls it" if tie.kind == "control" else "holds votes in it"
            yield Caution(tie.kind, f"an owner that counts {what}; that is no share", tie.owner, tie.holding)
        holder = case.scene.of(tie.through)
        if tie.through and case.listed.get(holder, False) is not False:
            yield Caution("nominee", "a listed party holds for somebody else", holder, tie.holding)


def _of_shares(person: str, case: Case) -> Iterable[Caution]:
    held, _, high, _ = case.best(person)
    ties = [t for t in case.scene.ties.get(person, ()) if t.kind == "share"]
    for tie in limited(ties):
        if held is True or not tie.owner or case.owns(tie.owner) is not True or not tie.high:
            continue
        if not tie.stated and held is None and case.rule.unknown_share == "resolve":
            says = "an owner that counts is known and its share is not: settle it before anything goes on"
            yield Caution("unknown_share", says, tie.owner, tie.holding)
        if not case.rule.reached(tie.high):
            says = f"an owner that counts holds {_between(tie)}, below what the rule asks"
            yield Caution("minority", says, tie.owner, tie.holding)
    undeclared = case.undeclared(person)
    if not ties:
        yield Caution("remainder", "no owner is declared", person)
    elif held is False and undeclared > ZERO and case.rule.reached(high + undeclared):
        says = f"{percent(undeclared)} of it is declared for nobody; with it the rule could be reached"
        yield Caution("remainder", says, person)


def _of_shares_above(person: str, case: Case) -> Iterable[Caution]:
    """What is declared for nobody further up, where the rule could be reached with it."""
    if case.best(person)[0] is not False or case.spared(person):
        return
    roots = dict.fromkeys(one for group in case.groups for one in case.filled(group).get(person, ()))
    for owner in [one for one in roots if one != person][:ROOTS]:
        part = percent(case.undeclared(owner))
        says = f"{part} of this owner is declared for nobody; with it the rule could be reached"
        yield Caution("remainder", says, owner)


def _between(tie: Tie) -> str:
    return percent(tie.low) if tie.low == tie.high else f"{percent(tie.low)} to {percent(tie.high)}"


def missing(person: str, case: Case) -> tuple[Missing, ...]:
    """The facts that could settle a "possibly", nearest first; none for a settled answer.

    Where there are more than MOST of them the last one says so.
    """
    if case.truth(person) is not None:
        return ()
    found: dict[Missing, None] = {}
    seen = {person: None}
    queue = [person]
    for one in queue:
        if len(found) > MOST:
            return (*list(found)[:MOST], Missing("more", "Further facts above these are missing too.", one))
        found.update(dict.fromkeys(_of_body(one, case)))
        if case.truth(one) is True:
            continue
        for tie in case.scene.ties.get(one, ()):
            if tie.kind != "share":
                continue
            found.update(dict.fromkeys(_of_tie(tie, case)))
            if tie.owner and tie.owner not in seen and case.owns(tie.owner) is None:
                seen[tie.owner] = None
                queue.append(tie.owner)
    return tuple(found)


def _of_body(person: str, case: Case) -> Iterable[Missing]:
    if case.listed[person] is None and case.scene.described(person):
        found = [x.open or "name" for x in case.entries.get(person, ()) if x.truth is None]
        for kind, asks in (_OPEN[one] for one in dict.fromkeys(found or ["name"])):
            yield Missing(kind, asks, person)
    elif case.listed[person] is None:
        yield Missing("owner", "Who is this owner, and is it on a list?", person)
    if person in case.scene.over:
        yield Missing("contradiction", "Which of its holdings are right? Together they exceed 100 %.", person)


def _of_tie(tie: Tie, case: Case) -> Iterable[Missing]:
    if not tie.owner:
        asks = "For whom is this held?"
        yield Missing("beneficiary", asks, case.scene.of(tie.through), tie.holding)
    if not tie.stated:
        yield Missing("share", "What is the exact share of this holding?", tie.owner, tie.holding)
