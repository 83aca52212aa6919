"""Who holds a party, in the terminal: the answer per rule, its proof, what is missing, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome
from xenotime.parties.owners.holding import Finding
from xenotime.parties.owners.result import Caution, Held, Missing, Reading
from xenotime.report.figures.ownership import SIGNS
from xenotime.report.holders import (
    Branch,
    Entry,
    Line,
    Owned,
    Ruling,
    held,
    line_of,
    name_of,
    proof,
    split,
    sum_words,
    sums,
    truth,
    uncounted,
)
from xenotime.report.palette import LOOKS, Look
from xenotime.report.stake import between, exact, percent, seen
from xenotime.report.terminal import address, joined, mark, muted, part
from xenotime.report.words import Words, load

#: How many rows of one kind are printed before the rest is counted.
MOST = 20
_BY_WORD = {outcome.word: LOOKS[outcome] for outcome in Outcome}
Names = Mapping[str, str]
#: What to say beside an answer under a rule that does not, or may not, bind on the day.
_IDLE = {
    "suspended": "own.rule_suspended",
    "unverified": "own.rule_unverified",
    "not_yet": "own.rule_not_yet",
    "repealed": "own.rule_repealed",
}
_STATES: dict[Truth, str] = {True: "restricted", None: "possible", False: "clear"}


def look(state: str) -> Look:
    """The sign and colour of a body's state: listed | restricted | possible | clear."""
    return _BY_WORD[SIGNS[state]]


def own(owned: Owned, words: Words | None = None) -> RenderableType:
    """The answer under every rule first, then proof, missing facts, red flags, list entries and findings."""
    say = words or load()
    every = [held(ruling, owned.party) for ruling in owned.rulings]
    names = named(owned)
    return Group(
        _head(owned, names, say),
        *(_ruling(ruling, owned.party, say) for ruling in owned.rulings),
        *(_proof(rules, ruling, owned.party, say) for rules, ruling in proofs(owned, say)),
        *_listed("own_part.entries", [_entry(e, names, say) for e in owned.entries], say),
        *_listed("own_part.missing", [_missing(m, names, say) for m in missing(every)], say),
        *_listed("own_part.cautions", [_caution(c, names, say) for c in cautions(every)], say),
        *_listed("own_part.findings", [_finding(f) for f in findings(owned)], say),
        *_listed("part.warnings", [Text(f"! {seen(text)}") for text in owned.warnings], say),
    )


def as_json(owned: Owned) -> dict[str, object]:
    """The answer for other programs: every rule with its status, sums, picture and doubts."""
    rules = []
    for ruling in owned.rulings:
        found, one = ruling.found, held(ruling, owned.party)
        rules.append(
            {
                "rule": found.rule,
                "status": ruling.status,
                "by": ruling.by,
                "branches": ruling.branches,
                "answer": one.word,
                "depends_on_reading": split(ruling, owned.party),
                "lists_not_read": ruling.unread,
                "held": one,
                "low_percent": percent(one.low),
                "high_percent": percent(one.high),
                "nodes": found.nodes,
                "edges": found.edges,
                "listings": found.listings,
                "data": found.data,
            }
        )
    return {
        "party": owned.party,
        "name": named(owned).get(owned.party, seen(owned.party)),
        "on": owned.on,
        "known": owned.known,
        "rules": rules,
        "entries": owned.entries,
        "findings": findings(owned),
        "warnings": owned.warnings,
        "sources": owned.sources,
    }


def named(owned: Owned) -> dict[str, str]:
    """The names of all bodies of an answer, branches by the name of their parent."""
    nodes = [node for ruling in owned.rulings for node in ruling.found.nodes]
    return {body: name_of(node) for node in reversed(nodes) for body in (*node.branches, node.body)}


def missing(every: Iterable[Held]) -> tuple[Missing, ...]:
    """What is missing under any rule, each once."""
    return tuple(dict.fromkeys(m for one in every for m in one.missing))


def cautions(every: Iterable[Held]) -> tuple[Caution, ...]:
    """The red flags under any rule, each once."""
    return tuple(dict.fromkeys(c for one in every for c in one.warnings))


def findings(owned: Owned) -> tuple[Finding, ...]:
    """What was found wrong in the data, each once."""
    return tuple(dict.fromkeys(f for ruling in owned.rulings for f in ruling.found.findings))


def asked_words(one: Missing, say: Words) -> str:
    """The question in the reader's language."""
    return one.asks if say.lang == "en" else say.maybe("asking", one.kind)


def caution_words(one: Caution, say: Words) -> str:
    """The red flag in the reader's language."""
    return one.says if say.lang == "en" else say.maybe("caution", one.kind)


def proofs(owned: Owned, say: Words) -> Iterator[tuple[tuple[str, ...], Ruling]]:
    """The different proofs of an answer, each with the rules that share it."""
    groups: dict[object, tuple[list[str], Ruling]] = {}
    for ruling in owned.rulings:
        lines = proof(ruling.found, owned.party, say)
        groups.setdefault(lines, ([], ruling))[0].append(ruling.found.rule.id)
    yield from ((tuple(rules), ruling) for rules, ruling in groups.values())


def answer_words(one: Held, ruling: Ruling, say: Words) -> str:
    """The answer of a rule in one sentence."""
    if ruling.unread and one.truth is False:
        return say("own.blind", kinds=", ".join(ruling.unread))
    if one.differs and not ruling.settled:
        return say("own.split", readings="; ".join(reading_words(r, say) for r in one.readings))
    key = {True: "own.certainly", None: "own.possibly", False: "own.not"}[one.truth]
    ground = (
        say("own.by_listing") if one.listed is True else say("own.by_near_miss") if one.listed is None else ""
    )
    told = sum_words(one.low, one.high, one.held, ruling.found.rule, say)
    idle = _IDLE.get(ruling.status, "") if one.truth is not False else ""
    return "; ".join(t for t in (say(key), ground, told, say(idle) if idle else "") if t)


def status_words(ruling: Ruling, say: Words) -> str:
    """Whether the rule is in force on the day, and by what."""
    return " · ".join(t for t in (say.maybe("status", ruling.status), seen(ruling.by)) if t)


def branch_words(branch: Branch, say: Words) -> str:
    """What the rule is in one branch of an unconfirmed end."""
    default = f" ({say('label.default')})" if branch.default else ""
    return f"{branch.hinge}={branch.name}{default}: {say.maybe('status', branch.status)}"


def reading_words(reading: Reading, say: Words) -> str:
    """The answer when owners are put together in one way."""
    key = {True: "own.certainly", None: "own.possibly", False: "own.not"}[reading.truth]
    spelt = f"{between(reading.low, reading.high)} ({exact(reading.low, reading.high)})"
    return f"{say.maybe('aggregate', reading.aggregate)}: {say(key)}, {spelt}"


def _head(owned: Owned, names: Names, say: Words) -> RenderableType:
    title = Text(names.get(owned.party, seen(owned.party)), style="bold")
    days = say("say.on_known", on=owned.on, known=owned.known)
    number = seen(owned.party) if seen(owned.party) != title.plain else ""
    return joined(title, address(number), muted(days), gap="  ")


def _ruling(ruling: Ruling, party: str, say: Words) -> RenderableType:
    one = held(ruling, party)
    shown = look("listed" if one.listed else _STATES[truth(ruling, party)])
    first = joined(
        Text(f"{shown.symbol} {ruling.found.rule.id}", style=f"bold {shown.terminal}"),
        Text(answer_words(one, ruling, say)),
        gap="  ",
    )
    rule = ruling.found.rule
    lines = [
        joined(muted(say("label.law")), address(rule.article), muted(status_words(ruling, say))),
        *(muted(f"  {branch_words(branch, say)}") for branch in ruling.branches),
        *([muted(f"  {say('label.check')}: {ruling.check}")] if ruling.check else []),
        *([muted(f"  {say('own.claims', n=len(ruling.claims))}: --html, --json")] if ruling.claims else []),
        *([muted(f"  {say('own.choose')}")] if split(ruling, party) else []),
    ]
    return Group(Text(""), first, Padding(Group(*lines), (0, 0, 0, 2)))


def _proof(rules: Sequence[str], ruling: Ruling, party: str, say: Words) -> RenderableType:
    lines, left = proof(ruling.found, party, say)
    rows = [*(_step(line, say) for line in lines)]
    if left:
        rows.append(muted(say("say.more", n=left)))
    under = (
        sums(ruling.found, held(ruling, party).person, say) if held(ruling, party).truth is not True else ()
    )
    rows += [muted(say("own.under"))] if under else []
    rows += [joined("    ", Text(look(x.state).symbol), x.name, x.sum) for x in under[:MOST]]
    rows += [muted(say("say.more", n=len(under) - MOST))] if len(under) > MOST else []
    rest = uncounted(ruling.found, held(ruling, party).person)
    rows += [muted(say("own.rest"))] if rest else []
    names = {node.body: name_of(node) for node in ruling.found.nodes}
    for edge in rest[:MOST]:
        kind = "" if edge.kind == "shares" else say.maybe("holding_kind", edge.kind)
        rows.append(
            joined(Text(f"  {between(edge.low, edge.high):>10}  {names.get(edge.owner, '?')}"), muted(kind))
        )
    rows += [muted(say("say.more", n=len(rest) - MOST))] if len(rest) > MOST else []
    return part(say("own.proof", rules=", ".join(rules), line=line_of(ruling.found.rule, say)), *rows)


def _step(line: Line, say: Words) -> RenderableType:
    """One step, set in by its depth: share, sign, name, and the sum that its owners make."""
    shown = look(line.state)
    told = joined(
        Text(f"{line.share:>9}" if line.depth else ""),
        Text(shown.symbol, style=f"bold {shown.terminal}"),
        Text(line.name, style="bold"),
        muted(say("own.maybe")) if line.counted is None else "",
        muted(say("own.through", name=line.through)) if line.through else "",
        address(", ".join(line.entries)),
        Text(line.sum),
        muted(say("own.again")) if line.shown else "",
    )
    return Padding(told, (0, 0, 0, 3 * min(line.depth, 16)))


def _entry(entry: Entry, names: Names, say: Words) -> RenderableType:
    sure = say("say.sure") if entry.truth else say("say.unsure")
    told = " · ".join(
        t for t in (sure, say.maybe("status", entry.status) if entry.status else "", seen(entry.how)) if t
    )
    return joined(
        mark(entry.truth),
        names.get(entry.body, seen(entry.body)),
        "=",
        seen(entry.name),
        address(entry.address),
        muted(told),
    )


def _missing(one: Missing, names: Names, say: Words) -> RenderableType:
    where = " · ".join(
        t for t in (names.get(one.body, seen(one.body)) if one.body else "", seen(one.holding)) if t
    )
    return joined(
        Text("?", style=f"bold {look('possible').terminal}"), Text(asked_words(one, say)), muted(where)
    )


def _caution(one: Caution, names: Names, say: Words) -> RenderableType:
    where = " · ".join(
        t for t in (names.get(one.other, seen(one.other)) if one.other else "", seen(one.holding)) if t
    )
    return joined(Text("!", style="bold"), Text(seen(caution_words(one, say))), muted(where))


def _finding(one: Finding) -> RenderableType:
    return joined(muted(seen(one.where)), Text(seen(one.what)), gap="  ")


def _listed(title: str, rows: Sequence[RenderableType], say: Words) -> list[RenderableType]:
    """A part with its first rows, the rest counted; nothing at all without rows."""
    more = [muted(say("say.more", n=len(rows) - MOST))] if len(rows) > MOST else []
    return [part(say(title), *rows[:MOST], *more)] if rows else []
