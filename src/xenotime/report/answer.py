"""One decision in the terminal: the answer, why, what is missing, what is owed, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from xenotime.law.answer import BranchAnswer, Explanation, RuleTrace, TreeTrace
from xenotime.report.reading import (
    Reading,
    arrange,
    by_hinge,
    by_value,
    flat,
    headline,
    in_time,
    leads_to,
    node_words,
    reason,
    span,
)
from xenotime.report.spell import coverage_words, yes_no
from xenotime.report.terminal import address, badge, grid, joined, mark, muted, part
from xenotime.report.words import Words, load
from xenotime.services.results import Hit

Sources = Mapping[str, Mapping[str, str]]
#: How many reasons are shown where no article applies, the nearest first.
_NEAREST = 6
#: So many reasons are shown of what is not settled about the reach of the law.
_REASONS = 3
#: Answers of scopes that only say from which day the words of an article are known.
ASIDE = ("as_read",)


def explanation(
    exp: Explanation, words: Words | None = None, *, sources: Sources | None = None, facts: bool = False
) -> RenderableType:
    """One decision: the answer first, then why, the evidence, and (if asked) the facts as given.

    `sources` maps a source id to its `what`, `url`, `day` and `tag`.
    """
    say = words or load()
    read = arrange(exp)
    parts = [
        _head(exp, read, say),
        *_branches(exp, say),
        *_scopes(exp, say),
        *_why(read, say),
        *_readings(exp, say),
        *_missing(exp, say),
        *_coverage(exp, say),
        *_channels(exp, say),
        *_duties(exp, say),
        *_others(read, say),
        *_notes(exp, say),
        *_sources(exp, read, say, sources or {}),
        *(_facts(exp, say) if facts else []),
    ]
    return Group(*parts)


def _head(exp: Explanation, read: Reading, say: Words) -> RenderableType:
    top = grid([(badge(exp.outcome, say), Text(headline(exp, say), style="bold"))], keep=(0,))
    lines: list[RenderableType] = []
    if read.deciding is not None:
        rule = read.deciding
        lines.append(joined(say(leads_to(exp)), address(rule.address), rule.title, muted(exp.code), gap="  "))
    else:
        lines.append(muted(say("say.no_rule")))
    if exp.covered_by:
        lines.append(Text(say("say.covered", licences=", ".join(exp.covered_by))))
    for each in exp.assuming:
        lines.append(Text(say("say.assuming_one", fact=each.fact, value=each.value)))
        by = say("say.assuming_by", reviewer=each.reviewer)
        lines.append(Padding(muted(f"{each.ground} ({by})"), (0, 0, 0, 2)))
    when = say("say.on_known", on=exp.on.isoformat(), known=exp.known.isoformat())
    lines.append(joined(muted(when), address(exp.law_hash[:12]), gap="  ·  "))
    return Group(top, Padding(Group(*lines), (0, 0, 0, 2)))


def _branches(exp: Explanation, say: Words) -> list[RenderableType]:
    if not exp.branches:
        return []
    same = len({answer.outcome for answer in exp.branches}) == 1
    lines: list[RenderableType] = [muted(say("say.same_in_every"))] if same else []
    for hinge, answers in by_hinge(exp).items():
        lines.append(joined(address(hinge), muted(answers[0].day.isoformat()), gap="  "))
        rows = [("", a.branch, badge(a.outcome, say), _branch_note(a, say)) for a in answers]
        lines.append(grid(rows, keep=(1, 2)))
    return [part(say("part.branches"), *lines)]


def _branch_note(answer: BranchAnswer, say: Words) -> RenderableType:
    lines = [muted(say("label.default"))] if answer.is_default else []
    return Group(*lines, *(muted(claim) for claim in answer.claims)) if lines or answer.claims else Text("")


def _scopes(exp: Explanation, say: Words) -> list[RenderableType]:
    """What the law reaches, and what may be reached with what is not known; how many ways it does not."""
    rows = []
    asked = [s for s in exp.scopes if s.answer not in ASIDE]
    for each in (s for wanted in (True, None) for s in asked if s.holds is wanted):
        name = joined(Text(each.title, style="bold"), address(each.address), gap="  ")
        rows.append((mark(each.holds), Group(name, *(muted(why) for why in each.why[:_REASONS]))))
    no = sum(s.holds is False for s in asked)
    rest = [muted(say("say.out_of_scope", n=no))] if no else []
    return [part(say("part.scopes"), grid(rows, keep=(0,)), *rest)] if rows or rest else []


def _why(read: Reading, say: Words) -> list[RenderableType]:
    blocks = [rule_block(rule, say) for rule in read.why]
    if read.deciding is not None:
        return [part(say("part.why"), *blocks)]
    rows = [("✗", Group(Text(why), muted(_addresses(rules, say)))) for why, rules in read.apart[:_NEAREST]]
    left = len(read.apart) - len(rows)
    rest = [muted(say("say.more", n=left))] if left > 0 else []
    empty = [] if blocks or rows else [Text(say("say.nothing_near"))]
    return [part(say("part.why"), *blocks, *empty, grid(rows, keep=(0,)), *rest)]


def _addresses(rules: tuple[RuleTrace, ...], say: Words) -> str:
    return say.some(rule.address for rule in rules)


def rule_block(rule: RuleTrace, say: Words) -> RenderableType:
    """One article: its words, its status, and its tree with the values that made it so."""
    status = joined(
        say.maybe("status", rule.status),
        muted(rule.status_by),
        muted(f"{say('label.binds')}: {rule.binds}"),
        muted(f"{rule.confidence}: {say.confidence(rule.confidence)}"),
        gap="  ·  ",
    )
    lines: list[RenderableType] = [
        joined(address(rule.address), Text(rule.title, style="bold"), gap="  "),
        Text(rule.text),
        status,
    ]
    if rule.excepted_by:
        lines.append(Text(say("label.excepted", by=", ".join(rule.excepted_by))))
    lines.append(tree(rule.tree, say))
    return Group(*lines)


def tree(trace: TreeTrace, words: Words | None = None) -> Tree:
    """The tree of a rule: ✓ true, ✗ false, ? unknown, each with its sentence and the values behind it."""
    say = words or load()
    top = flat(trace)
    drawn = Tree(_node(top, say), guide_style="dim")
    for child in top.children:
        _grow(drawn, child, say)
    return drawn


def _grow(above: Tree, node: TreeTrace, say: Words) -> None:
    branch = above.add(_node(node, say))
    for child in node.children:
        _grow(branch, child, say)


def _node(node: TreeTrace, say: Words) -> RenderableType:
    line = joined(mark(node.value), node_words(node, say))
    if node.leaf is None:
        return line
    behind = [", ".join(f"{name} = {value}" for name, value in node.leaf.facts), node.leaf.detail]
    lines = [Padding(muted(text), (0, 0, 0, 2)) for text in behind if text]
    return Group(line, *lines) if lines else line


def _readings(exp: Explanation, say: Words) -> list[RenderableType]:
    found: list[RenderableType] = []
    if exp.readings:
        rows = [(Text(name, style="bold"), answer, says) for name, answer, says in exp.readings]
        found.append(part(say("part.readings"), grid(rows, keep=(0, 1))))
    if exp.conflict:
        found.append(part(say("part.conflict"), *(address(each) for each in exp.conflict)))
    return found


def _missing(exp: Explanation, say: Words) -> list[RenderableType]:
    rows = []
    for fact in exp.missing:
        outcomes = ", ".join(say.maybe("outcome", word) for word in fact.outcomes)
        more = muted(say("say.settle", outcomes=outcomes)) if outcomes else Text("")
        who = Text(say("say.ask_first", who=fact.who), style="bold")
        rows.append(("?", Group(Text(fact.asks), joined(who, address(fact.fact), more, gap="  "))))
    return [part(say("part.missing"), grid(rows, keep=(0,)))] if rows else []


def hits(found: Sequence[Hit], words: Words | None = None) -> RenderableType:
    """Parties that are on a list, or nearly: which list, which entry, since when, and how it was matched."""
    say = words or load()
    rows = [
        (
            mark(hit.truth),
            Group(
                joined(Text(hit.party_name, style="bold"), hit.list_title, gap="  "),
                joined(
                    muted(likely(hit, say)),
                    address(hit.list_address),
                    muted(f"{hit.entry} {hit.entry_name}".strip()),
                    muted(hit.listed_on.isoformat() if hit.listed_on else ""),
                    muted(say.maybe("status", hit.status)),
                    muted(hit.how),
                    gap="  ·  ",
                ),
            ),
        )
        for hit in found
    ]
    return part(say("part.hits"), grid(rows, keep=(0,))) if rows else Text(say("say.no_hits"))


def likely(hit: Hit, say: Words) -> str:
    """How sure a hit is: certain, ruled out, or the probability with what to do about it."""
    if hit.truth is not None:
        return say("say.sure" if hit.truth else "say.not_this_party")
    return f"{hit.score} %, {say('say.unsure')}"


def _coverage(exp: Explanation, say: Words) -> list[RenderableType]:
    rows = [
        (
            mark(each.covers),
            Text(each.licence, style="bold"),
            coverage_words(each, say),
            muted(say.maybe("channels", each.channel)),
        )
        for each in exp.coverage
    ]
    return [part(say("part.coverage"), grid(rows, keep=(0, 1)))] if rows else []


def _channels(exp: Explanation, say: Words) -> list[RenderableType]:
    rows = []
    for each in exp.channels:
        body: list[RenderableType] = [
            joined(
                Text(say.maybe("channels", each.channel), style="bold"),
                say(f"eligible.{yes_no(each.eligible)}"),
                address(each.address),
                gap="  ",
            )
        ]
        body += [Text(why) for why in each.why]
        if each.papers:
            body.append(muted(f"{say('label.papers')}: {'; '.join(each.papers)}"))
        times = [(say("label.clock"), each.clock), (say("label.validity"), each.validity)]
        if any(text for _, text in times):
            body.append(muted("  ·  ".join(f"{name}: {text}" for name, text in times if text)))
        rows.append((mark(each.eligible), Group(*body)))
    return [part(say("part.channels"), grid(rows, keep=(0,)))] if rows else []


def _duties(exp: Explanation, say: Words) -> list[RenderableType]:
    rows = []
    for duty in in_time(exp.duties):
        when = Text(span(duty.due, say) if duty.due else "·", style="bold")
        whom = f"{duty.who} → {duty.to}" if duty.to else duty.who
        tail = joined(muted(duty.by), muted(whom), address(duty.address), gap="  ·  ")
        rows.append((when, Group(Text(duty.what), tail)))
    return [part(say("part.duties"), grid(rows, keep=(0,)))] if rows else []


def _others(read: Reading, say: Words) -> list[RenderableType]:
    found: list[RenderableType] = []
    for key, rules in (
        ("also", read.also),
        ("unsettled", read.unsettled),
        ("asleep", read.asleep if read.deciding else ()),
    ):
        rows = [(mark(rule.holds), address(rule.address), _aside(rule, key, say)) for rule in rules]
        if rows:
            found.append(part(say(f"part.{key}"), grid(rows, keep=(0,))))
    total = sum(len(rules) for _, rules in read.apart)
    if total:
        rest = muted(f"{say('part.apart')}: {say.count('article', total)}")
        found.append(Group(Text(""), rest))
    return found


def _aside(rule: RuleTrace, key: str, say: Words) -> RenderableType:
    lines: list[RenderableType] = [joined(rule.title, muted(say.maybe("outcome", rule.answer)), gap="  ")]
    if key == "unsettled" and (why := reason(rule.tree)):
        lines.append(muted(why))
    if key == "asleep":
        excepted = say("label.excepted", by=", ".join(rule.excepted_by)) if rule.excepted_by else ""
        lines.append(
            joined(
                muted(say.maybe("status", rule.status)), muted(rule.status_by), muted(excepted), gap="  ·  "
            )
        )
    return Group(*lines)


def _notes(exp: Explanation, say: Words) -> list[RenderableType]:
    rows = []
    for note in exp.notes:
        tail = muted(f"{note.confidence}: {say.confidence(note.confidence)}")
        rows.append(
            (
                Text(say.maybe("kind", note.kind), style="bold"),
                Group(Text(note.says), joined(address(note.address), tail, gap="  ")),
            )
        )
    return [part(say("part.notes"), grid(rows, keep=(0,)))] if rows else []


def cited(exp: Explanation, read: Reading) -> dict[str, None]:
    """Ids of the sources that this answer rests on, first cited first."""
    rules = [read.deciding, *read.also, *read.unsettled, *read.asleep]
    ids = [source for rule in rules if rule is not None for source in rule.sources]
    ids += [source for note in exp.notes for source in note.sources]
    ids += [source for scope in exp.scopes if scope.holds is not False for source in scope.sources]
    return dict.fromkeys(ids)


def _sources(exp: Explanation, read: Reading, say: Words, sources: Sources) -> list[RenderableType]:
    ids = cited(exp, read)
    if not ids:
        return []
    if not sources:
        return [part(say("part.sources"), Text(", ".join(ids)))]
    rows = []
    for each in ids:
        entry = sources.get(each, {})
        tail = joined(muted(entry.get("tag", "")), muted(entry.get("day", "")), gap=" · ")
        url = entry.get("url", "")
        lines = [joined(entry.get("what", say("say.unknown")), tail, gap="  ")]
        rows.append((Text(each, style="bold"), Group(*lines, *([muted(url)] if url else []))))
    return [part(say("part.sources"), grid(rows, keep=(0,)))]


def _facts(exp: Explanation, say: Words) -> list[RenderableType]:
    rows = [(value, address(", ".join(names))) for value, names in by_value(exp.facts)]
    return [part(say("part.facts"), grid(rows, keep=(0,)))] if rows else []
