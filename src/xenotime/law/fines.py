"""What an offence costs under the law: exact spans in RMB, never an estimate."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from xenotime.core.errors import AddressError, BookError, InputError

BASES = ("turnover", "gains", "none")


@dataclass(frozen=True, slots=True)
class Act:
    """An offence and its fine.

    At or above `threshold` [RMB] of `base` the fine is `low` to `high` times the base; below it,
    or without a base, `fixed_low` to `fixed_high` [RMB].
    """

    name: str
    title: str
    article: str
    base: str
    threshold: int | None
    low: int
    high: int
    fixed_low: int
    fixed_high: int
    gains: str
    other: str
    binds: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Fine:
    """The fine for one act: `low` to `high` [RMB]; `high` is None when no figure bounds it.

    `gains_taken` says that illegal gains are confiscated beside it.
    """

    act: Act
    amount: int | None
    low: int
    high: int | None
    gains_taken: bool
    why: str


def parse_fines(text: str) -> dict[str, Act]:
    """The offences of a fines file, by name. Raises BookError for a missing or wrong figure."""
    return {name: _act(name, entry) for name, entry in tomllib.loads(text).items()}


def fine(act: Act, amount: int | None) -> Fine:
    """The span of the fine for an amount of the act's base [RMB]; None when the amount is unknown.

    "Or more" includes the figure itself. An act without a base ignores the amount.
    Raises InputError for a negative amount.

    Source: Export Control Law Art. 34 to 38; Order 792 Art. 39 to 43; Rare Earth Regulations Art. 25.
    """
    if amount is not None and amount < 0:
        raise InputError(
            "a turnover or gain cannot be negative",
            where=act.name,
            expected="0 or more RMB",
            found=str(amount),
            next_step="give the amount of the offence in whole RMB",
        )
    low, high, why = _span(act, amount)
    return Fine(act, amount, low, high, act.gains == "taken", why)


def find_act(acts: Mapping[str, Act], name: str) -> Act:
    """The act of a name. Raises AddressError with the names there are."""
    if name not in acts:
        raise AddressError("no such offence", expected=", ".join(sorted(acts)), found=name)
    return acts[name]


def _span(act: Act, amount: int | None) -> tuple[int, int | None, str]:
    fixed = f"RMB {act.fixed_low:,} to {act.fixed_high:,}"
    if act.base == "none":
        return act.fixed_low, act.fixed_high, f"{fixed} ({act.article})"
    times = f"{act.low} to {act.high} times the {act.base}"
    if amount is None:
        low = min(act.fixed_low, act.low * (act.threshold or 0))
        either = f"{fixed}, or {times} from RMB {act.threshold or 0:,}"
        return low, None, f"the {act.base} is unknown: {either} ({act.article})"
    if act.threshold is None:
        low, high = min(act.fixed_low, act.low * amount), max(act.fixed_high, act.high * amount)
        return low, high, f"{fixed} or {times}; the dividing figure is not known ({act.article})"
    if amount >= act.threshold:
        why = f"{times}, at or above RMB {act.threshold:,} ({act.article})"
        return act.low * amount, act.high * amount, why
    return act.fixed_low, act.fixed_high, f"{fixed}, {act.base} below RMB {act.threshold:,} ({act.article})"


def _act(name: str, entry: Mapping[str, object]) -> Act:
    base = str(entry.get("base", ""))
    if base not in BASES:
        raise BookError("a fine has no such base", where=name, expected=", ".join(BASES), found=repr(base))
    has_base = base != "none"
    low, high = (_figure(name, entry, k) if has_base else 0 for k in ("low", "high"))
    fixed_low, fixed_high = _figure(name, entry, "fixed_low"), _figure(name, entry, "fixed_high")
    if low > high or fixed_low > fixed_high:
        raise BookError("a fine ends below its start", where=name, expected="low to high", found=str(entry))
    threshold = _figure(name, entry, "threshold") if "threshold" in entry else None
    words = {k: str(entry.get(k, "")) for k in ("title", "act", "gains", "other", "binds", "confidence")}
    given = entry.get("sources")
    sources = tuple(str(s) for s in given) if isinstance(given, list) else ()
    return Act(
        name,
        words["title"],
        words["act"],
        base,
        threshold,
        low,
        high,
        fixed_low,
        fixed_high,
        words["gains"],
        words["other"],
        words["binds"],
        sources,
        words["confidence"],
    )


def _figure(name: str, entry: Mapping[str, object], key: str) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BookError(
            "a figure of a fine is missing or not a whole number",
            where=f"{name}.{key}",
            expected="a whole number, 0 or more",
            found=repr(value),
        )
    return value
