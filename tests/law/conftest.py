"""A small invented book beside the packaged one, so that a test can state a whole law in ten lines."""

from __future__ import annotations

from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest

from xenotime.law.book import build_book, overlay_predicates, overlay_sources
from xenotime.law.facts import parse_facts
from xenotime.law.instrument import parse_instrument
from xenotime.law.law import fold_book

FACTS = """
[metal]
type = "bool"
absence = "unknown"
asks = "Is it metal?"
who = "supplier"

[civil]
type = "bool"
absence = "presumed yes"
asks = "Is the use civil?"
who = "customer"
ground = "nothing says otherwise"
reviewer = "counsel"

[kind]
type = "enum"
values = ["oxide", "magnet", "tool"]
absence = "unknown"
asks = "What is it?"
who = "supplier"

["to"]
type = "country"
absence = "unknown"
asks = "Where does it go?"
who = "exporter"

[heat]
type = "int"
absence = "unknown"
asks = "How hot does it get?"
who = "supplier"

[part]
type = "money"
absence = "unknown"
asks = "What is the part worth?"
who = "supplier"

[whole]
type = "money"
absence = "unknown"
asks = "What is the whole worth?"
who = "supplier"
"""
HEAD = """---
id: {address}
title: Notice {address}
issuer: nobody
published: {published}
sources: [S1]
sources_here: {{S1: {{what: a test}}}}
{front}---
"""
RULE = """
## Article {part}: article {part}

Words.

```yaml
rule: "{part}"
binds: {binds}
question: {question}
answer: {answer}
when: {when}
confidence: O
sources: [S1]
{more}events: {events}
```
"""


def notice(address, *articles, published="2020-01-01", **front):
    """The text of an instrument; front matter beyond the usual as YAML text by key."""
    lines = "".join(f"{key.removesuffix('_')}: {value}\n" for key, value in front.items())
    return HEAD.format(address=address, published=published, front=lines) + "".join(articles)


def article(part, when, answer="licence", question="controlled", **more):
    """The text of an article with a rule; in force from 2021 unless `events` says otherwise."""
    events = more.pop("events", "[{in_force: 2021-01-01}]")
    binds = more.pop("binds", "anyone")
    lines = "".join(f"{key}: {value}\n" for key, value in more.items())
    return RULE.format(
        part=part, binds=binds, question=question, answer=answer, when=when, more=lines, events=events
    )


def predicates(**leaves):
    """The front matter of predicates: a name and its text for each."""
    says = {"true": "{0} yes.", "false": "{0} no.", "unknown": "{0} unknown."}
    rows = (
        f'  {name}:\n    when: "{leaf}"\n'
        + "".join(f'    "{k}": {v.format(name)}\n' for k, v in says.items())
        for name, leaf in leaves.items()
    )
    return "\n" + "".join(rows).rstrip("\n")


@pytest.fixture(scope="session")
def facts():
    """The dictionary of the invented book: one fact of each type."""
    return parse_facts(FACTS, "facts.toml")


def build(facts, *texts):
    """The invented book of some notices."""
    instruments = {i.address: i for i in (parse_instrument(t, f"{n}.md") for n, t in enumerate(texts))}
    names, sources = {}, {}
    for instrument in instruments.values():
        names.update(overlay_predicates(instrument, facts))
        sources.update(overlay_sources(instrument))
    return build_book(facts, instruments, names, {}, sources, "0" * 64)


@pytest.fixture(scope="session")
def small(facts):
    """How to write a small law: `notice`, `article`, `predicates`, and `book` or `law` of some notices."""

    def law(*texts, known=date(2030, 1, 1), chosen=None):
        return fold_book(build(facts, *texts), known, chosen)

    return SimpleNamespace(
        notice=notice, article=article, predicates=predicates, book=partial(build, facts), law=law
    )
