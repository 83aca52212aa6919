"""An ownership answer made ready to be shown: the picture's parts, and the proof line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xenotime.core.truth import Truth
from xenotime.evidence.claims import Claim
from xenotime.parties.owners.result import Edge, Held, Node, Resolution
from xenotime.parties.owners.rule import OwnershipRule
from xenotime.report.figures import chart
from xenotime.report.stake import between, exact, percent, seen
from xenotime.report.words import Words
from xenotime.services.owners import Owned as Answered

#: The longest proof that is written out; what is beyond is counted.
LINES = 400
_COUNTED: Mapping[str, Truth] = {"certain": True, "possible": None}

#: The list of whoever is taken as listed because the person who asks said so.
STATED = "as-stated"


@dataclass(frozen=True, slots=True)
class Branch:
    """One way an unconfirmed end may have turned out, and the status of the rule in it."""

    hinge: str
    name: str
    status: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule's answer, and whether the rule is in force on the day; `status` is a word of the law.

    `settled`: a person chose how owners are put together, so that other readings do not matter.
    `unread`: the kinds of list that the rule counts, when none of them was there to be read.
    """

    found: Resolution
    status: str
    by: str = ""
    branches: tuple[Branch, ...] = ()
    asks: str = ""
    check: str = ""
    claims: tuple[Claim, ...] = ()
    settled: bool = False
    unread: tuple[str, ...] = ()


def ruling(answer: Answered, *, settled: bool = False, unread: tuple[str, ...] = ()) -> Ruling:
    """One rule's answer as it is shown."""
    status = answer.status
    branches = tuple(
        Branch(status.hinge, name, said, name == status.default)
        for name, said in (status.branches or {}).items()
    )
    return Ruling(
        answer.resolution,
        status.status,
        status.by,
        branches,
        status.asks,
        status.check,
        status.claims,
        settled,
        unread,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """Which list entry a body is, or may be (`truth` None): its address, its name there, and why."""

    body: str
    address: str
    name: str
    truth: Truth
    how: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Owned:
    """An ownership question answered under one or more rules for one party."""

    party: str
    on: date
    known: date
    rulings: tuple[Ruling, ...]
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a proof: how deep, the share held of the step above, the body, its state and its sum."""

    depth: int
    share: str
    counted: Truth
    body: str
    name: str
    state: str
    sum: str
    entries: tuple[str, ...] = ()
    through: str = ""
    shown: bool = False


def name_of(node: Node) -> str:
    """The name to show, or the id when nobody gave a name."""
    return seen(node.name or node.body)


def entries_of(body: str, found: Resolution) -> tuple[str, ...]:
    """The list entries that name a body, each once; what somebody only stated is `as-stated`, of any list."""
    every = (entry.entry for entry in found.listings.get(body, ()))
    return tuple(dict.fromkeys(STATED if one.startswith(f"{STATED}/") else one for one in every))


def state(node: Node) -> str:
    """The state of a body as the picture shows it: listed | restricted | possible | clear."""
    if node.listed:
        return "listed"
    return {True: "restricted", None: "possible", False: "clear"}[node.truth]


def charted(found: Resolution, say: Words) -> chart.Chart:
    """The picture of one rule's answer: everybody above the asked party, every holding between them."""
    nodes = [
        chart.Node(n.body, name_of(n), state(n), _note(n, found, say), n.tier or None, n.asked)
        for n in found.nodes
    ]
    unnamed = sorted({_owner(e) for e in found.edges if not e.owner})
    nodes += [chart.Node(one, say("own.unnamed"), "possible") for one in unnamed]
    return chart.Chart(tuple(nodes), tuple(_drawn(e, say) for e in found.edges))


def _owner(edge: Edge) -> str:
    return edge.owner or f"\0{edge.holding}"


def _drawn(edge: Edge, say: Words) -> chart.Edge:
    counted = _COUNTED.get(edge.counted, False)
    return chart.Edge(_owner(edge), edge.owned, edge.low, top(edge), counted, edge.kind, _said(edge, say))


def _said(edge: Edge, say: Words) -> str:
    """What stands beside a line that is no share: control, or votes with their part."""
    if edge.counted == "control":
        return say("own.controls")
    return f"{between(edge.low, top(edge))} {say('holding_kind.votes')}" if edge.counted == "votes" else ""


def top(edge: Edge) -> Fraction | None:
    """The upper end of a holding; None when nobody says how far it reaches."""
    return None if edge.high == 1 and not edge.stated else edge.high


def _note(node: Node, found: Resolution, say: Words) -> str:
    if node.listed:
        return ", ".join(entries_of(node.body, found))
    if not node.high:
        return ""
    return say("own.sum_held", sum=between(node.low, node.high))


def line_of(rule: OwnershipRule, say: Words) -> str:
    """The line that a rule draws: ``50 % or more``."""
    return say("own.line_at" if rule.at_least else "own.line_over", share=percent(rule.threshold))


def sum_words(low: Fraction, high: Fraction, held: Truth, rule: OwnershipRule, say: Words) -> str:
    """A sum against the line of its rule: ``50 % (1/2), at or above the line of 50 %``."""
    spelt = f"{between(low, high)} ({exact(low, high)})"
    key = {True: "own.sum_yes", None: "own.sum_open", False: "own.sum_no"}[held]
    key = "own.sum_spared" if _spared(high, held, rule) else key
    return say(key, sum=spelt, line=line_of(rule, say))


def _spared(high: Fraction, held: Truth, rule: OwnershipRule) -> bool:
    """Whether a sum that reaches the line catches nobody, which only the rule's spared countries do."""
    return held is False and rule.reached(high)


def step_words(low: Fraction, high: Fraction, held: Truth, rule: OwnershipRule, say: Words) -> str:
    """A sum against the line, short: ``Σ 60 % (3/5) ≥ 50 %``."""
    spelt = f"Σ {between(low, high)} ({exact(low, high)})"
    if held is None:
        return f"{spelt} {say('own.may_reach', line=percent(rule.threshold))}"
    if _spared(high, held, rule):
        return f"{spelt} · {say('own.step_spared')}"
    over, under = ("≥", "<") if rule.at_least else (">", "≤")
    return f"{spelt} {over if held else under} {percent(rule.threshold)}"


def proof(found: Resolution, party: str, say: Words, most: int = LINES) -> tuple[tuple[Line, ...], int]:
    """The steps that carry the answer, the party first and its counted owners below; and how many are left.

    A body whose owners were shown before is named again and not opened again.
    """
    nodes = {node.body: node for node in found.nodes}
    owners: dict[str, list[Edge]] = defaultdict(list)
    for holding in found.edges:
        if holding.counted in _COUNTED:
            owners[holding.owned].append(holding)
    opened: set[str] = set()
    lines: list[Line] = []
    waiting: list[tuple[int, str, Edge | None]] = [(0, found.held[party].person, None)]
    while waiting and len(lines) < most:
        depth, body, edge = waiting.pop()
        below = owners.get(body, []) if not _leaf(nodes.get(body), depth) else []
        again = body in opened and bool(below)
        lines.append(_line(depth, body, edge, nodes.get(body), found, again, say))
        if not again:
            opened.add(body)
            ranked = sorted(below, key=lambda e: (e.counted != "certain", -e.low, -e.high, e.holding))
            waiting += [(depth + 1, each.owner, each) for each in reversed(ranked)]
    return tuple(lines), len(waiting)


def _leaf(node: Node | None, depth: int) -> bool:
    """Whether the proof ends here: who is listed needs no owners, except the party asked about."""
    return node is None or (node.listed is True and depth > 0)


def _line(
    depth: int, body: str, edge: Edge | None, node: Node | None, found: Resolution, again: bool, say: Words
) -> Line:
    share = between(edge.low, top(edge)) if edge else ""
    counted = _COUNTED.get(edge.counted, False) if edge else True
    through = _named(edge.through, found) if edge and edge.through else ""
    if node is None:
        return Line(
            depth, share, counted, body, seen(body) or say("own.unnamed"), "possible", "", (), through
        )
    listed = entries_of(body, found)
    told = "" if _leaf(node, depth) or again else step_words(node.low, node.high, node.held, found.rule, say)
    return Line(depth, share, counted, body, name_of(node), state(node), told, listed, through, again)


def _named(body: str, found: Resolution) -> str:
    return next((name_of(n) for n in found.nodes if n.body == body), seen(body))


def uncounted(found: Resolution, person: str) -> tuple[Edge, ...]:
    """The holdings of a person that count for nobody, largest first: the rest of a sum."""
    edges = [e for e in found.edges if e.owned == person and e.counted not in _COUNTED]
    return tuple(sorted(edges, key=lambda e: (-e.low, -e.high, e.holding)))


def gravest(rulings: Sequence[Ruling], party: str) -> Ruling:
    """The rule whose answer asks for most care: certain before possible before not, then the order asked."""
    order = {True: 0, None: 1, False: 2}
    return min(rulings, key=lambda ruling: order[truth(ruling, party)])


def held(ruling: Ruling, party: str) -> Held:
    """The answer of one rule for the party."""
    return ruling.found.held[party]


def truth(ruling: Ruling, party: str) -> Truth:
    """The answer that stands.

    Unknown where readings of an open text differ and nobody chose one, and where "not" rests on no list.
    """
    one = held(ruling, party)
    return None if split(ruling, party) or blind(ruling, party) else one.truth


def blind(ruling: Ruling, party: str) -> bool:
    """Whether nobody is found restricted only because no list that the rule counts was read."""
    return bool(ruling.unread) and held(ruling, party).truth is False


def split(ruling: Ruling, party: str) -> bool:
    """Whether the text leaves open how owners are put together, and the answer depends on it."""
    return held(ruling, party).differs and not ruling.settled


def sums(found: Resolution, person: str, say: Words) -> tuple[Line, ...]:
    """The bodies above a party that are not caught although owners that count hold some of them."""
    rows = [
        n
        for n in found.nodes
        if n.truth is False
        and n.high
        and n.body != person
        and not n.listed
        and not found.rule.reached(n.high)
    ]
    return tuple(
        Line(0, "", False, n.body, name_of(n), state(n), step_words(n.low, n.high, n.held, found.rule, say))
        for n in sorted(rows, key=lambda n: (-n.high, -n.low, n.body))
    )


def pictures(owned: Owned, say: Words) -> tuple[tuple[chart.Chart, tuple[str, ...]], ...]:
    """The different pictures of an answer, each with the rules that it stands for; the gravest first."""
    first = gravest(owned.rulings, owned.party)
    drawn: dict[chart.Chart, list[str]] = {}
    for ruling in (first, *(r for r in owned.rulings if r is not first)):
        drawn.setdefault(charted(ruling.found, say), []).append(ruling.found.rule.id)
    return tuple((picture, tuple(rules)) for picture, rules in drawn.items())
