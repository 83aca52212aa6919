"""A receipt in the terminal: by which law and release, and every fact with its source."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.law.facts import SCALE, Value, show_value
from xenotime.report.terminal import address, grid, joined, muted, part
from xenotime.report.words import Words, load
from xenotime.services.receipt import Receipt

#: Lists that a party is not on are counted, not named.
_LISTS = ("listed_", "held_")


def facts(receipt: Receipt, words: Words | None = None) -> RenderableType:
    """The law of a receipt, and its facts under their sources."""
    say, body = words or load(), receipt.body
    scale = next((g.facts[SCALE] for g in body.facts if SCALE in g.facts), None)
    head = joined(
        Text(say("receipt.title"), style="bold"),
        address(receipt.id),
        muted(f"xenotime {body.engine}"),
        gap="  ",
    )
    law = joined(muted(say("receipt.law")), address(f"{body.law.book} {body.law.hash}"), gap="  ")
    rows = []
    for group in body.facts:
        absent = [n for n, v in group.facts.items() if v is False and n.startswith(_LISTS)]
        named = {n: v for n, v in group.facts.items() if n not in absent}
        said = [
            f"{name} = {show_value(_value(value), scale)}" for name, value in named.items() if name != SCALE
        ]
        said += [say("receipt.lists", n=len(absent))] if absent else []
        origin = Group(Text(say(f"receipt.{group.source}")), muted(group.where))
        rows.append((Text(", ".join(said)), origin))
    return Group(head, law, part(say("receipt.facts"), grid(rows)))


def _value(value: object) -> Value:
    return (value[0], value[1]) if isinstance(value, list) else value  # type: ignore[return-value] # as JSON held it
