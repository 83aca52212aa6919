"""Reads scenario files: those of the packaged library by name, and a user's own from its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from xenotime.core.errors import AddressError, InputError
from xenotime.supply.engine.run import RATIONING, Rules
from xenotime.supply.scenario.fields import day, items, keys, number, refused, text, truth, whole, word
from xenotime.supply.scenario.parts import cut, listed, marker, policy, shift, turn
from xenotime.supply.scenario.plain import Entry, plain
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.scenario.vocabulary import WORLD, Vocabulary

#: The keys of a scenario file, in the order of its template.
KEYS = (
    *("id", "title", "says", "like", "start", "shock", "days", "known"),
    *("law", "branches", "drafts", "doubt", "certified", "compared", "turns", "office"),
    *("cuts", "shifts", "policies", "projects", "rules", "markers"),
)
#: Keys without which there is no scenario.
NEEDED = ("id", "title", "says", "start", "days")
#: What an office is described by, each with the kind of its number (`fields.UNITS`).
OFFICE = {"officers": "count", "pace": "count", "size": "count", "surge": "factor", "calm": "days"}
#: The numbers of each rule of behaviour: its kind, the least and the most that can be meant.
RULES: Mapping[str, tuple[str, float, float]] = {
    "smooth": ("days", 1.0, 3660.0),
    "gap": ("days", 1.0, 3660.0),
    "hoard": ("factor", 0.0, 20.0),
    "reroute": ("days", 1.0, 3660.0),
    "stiff": ("factor", 0.0, 1.0),
    "back": ("days", 1.0, 3660.0),
    "elastic": ("factor", 0.1, 20.0),
    "passing": ("factor", 0.0, 1.0),
    "contract": ("days", 1.0, 3660.0),
    "thin": ("factor", 0.0, 1.0),
    "learn": ("factor", 0.0, 2.0),
}
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_HEAD = re.compile(r"^id: *(\S+) *$", re.MULTILINE)
_PART = re.compile(r"^## \w+ (\S+):", re.MULTILINE)
#: A run is at most so long [days].
LONGEST = 3660
_CHAIN = 3


def names() -> tuple[str, ...]:
    """The names of the packaged scenarios, sorted."""
    found = (p.name for p in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def source(name: str) -> str:
    """The text of a packaged scenario, for a person to copy. Raises AddressError naming those there are."""
    if name not in names():
        raise AddressError(
            "the library has no scenario of this name",
            expected=", ".join(names()),
            found=name,
            next_step="take one of these, or give the path of a file of your own",
        )
    return _folder().joinpath(f"{name}.yaml").read_text(encoding="utf-8")


@cache
def read(name: str) -> Scenario:
    """A packaged scenario, typed and checked. Raises AddressError for an unknown name."""
    return parse(source(name), f"{name}.yaml")


def parse(
    text_of: str, where: str, words: Vocabulary = WORLD, drafts: Mapping[str, str] | None = None
) -> Scenario:
    """The scenario of a YAML text; `where` names the file in messages, `words` the names that exist.

    `drafts` gives the texts of notices that the file names under ``drafts``. Raises InputError with the line
    for an unknown key, name, date or unit, and for a part that gives no ground.
    """
    root = plain(text_of, where)
    found = _whole(root)
    for needed in NEEDED:
        if needed not in found:
            raise refused(f"this scenario has no `{needed}`", root, ", ".join(NEEDED))
    start = day(found["start"], "the start")
    settings = _settings(found, words, drafts or {}, start)
    words = _with_drafts(words, settings["drafts"])
    known = day(found["known"], "the day of knowledge") if "known" in found else start
    made = Scenario(
        _identity(found["id"]),
        text(found["title"], "the title"),
        text(found["says"], "what it says"),
        start,
        whole(found["days"], "days", "the number of days", 1, LONGEST),
        known,
        **settings,
        turns=tuple(sorted(listed(found.get("turns"), turn, words), key=lambda one: one.day)),
        cuts=listed(found.get("cuts"), cut, words),
        shifts=listed(found.get("shifts"), shift, words),
        policies=listed(found.get("policies"), policy, words),
        markers=tuple(sorted(listed(found.get("markers"), marker, words), key=lambda one: one.day)),
        office=_numbers(found.get("office"), OFFICE, "an office"),
        rules=_rules(found.get("rules")),
        projects=_projects(found.get("projects"), words),
    )
    _in_time(made, where)
    return made


def _in_time(made: Scenario, where: str) -> None:
    """Refuse what begins after the scenario has ended: it would never be seen."""
    last = made.start + timedelta(days=made.days - 1)
    if made.zero > last:
        raise InputError(
            "the shock comes after the scenario has ended",
            where=where,
            expected=f"a day from {made.start} to {last}",
            found=str(made.zero),
            next_step="give the scenario more days, or an earlier shock",
        )
    parts = (("turn", made.turns), ("cut", made.cuts), ("shift", made.shifts), ("policy", made.policies))
    for name, several in parts:
        for part in several:
            if part.day > last:
                raise InputError(
                    f"a {name} begins after the scenario has ended",
                    where=where,
                    expected=f"a day up to {last}",
                    found=str(part.day),
                    next_step="give the scenario more days, or leave it out",
                )


def _whole(root: Entry, depth: int = 0) -> Mapping[str, Entry]:
    """The keys of a scenario; what it is `like` comes first, and its own lists are added to those."""
    own = keys(root, KEYS, "a scenario")
    if "like" not in own:
        return own
    if depth == _CHAIN:
        raise refused("scenarios are like each other without end", own["like"], f"at most {_CHAIN} in a row")
    name = word(own["like"], names(), "scenario to be like")
    found = dict(_whole(plain(source(name), f"{name}.yaml"), depth + 1))
    if "id" not in own:
        found.pop("id")
    for key, entry in own.items():
        found[key] = _joined(found.get(key), entry)
    return found


def _joined(before: Entry | None, after: Entry) -> Entry:
    """A list after a list is longer, keys under keys are replaced one by one, a text replaces a text."""
    if before is None:
        return after
    if isinstance(before.value, Mapping) and isinstance(after.value, Mapping):
        return Entry({**before.value, **after.value}, after.where)
    if isinstance(before.value, tuple) and isinstance(after.value, tuple):
        return Entry((*before.value, *after.value), after.where)
    return after


def _folder() -> Traversable:
    return files("xenotime").joinpath("supply", "scenario", "library")


def _settings(
    found: Mapping[str, Entry], words: Vocabulary, drafts: Mapping[str, str], start: date
) -> dict[str, Any]:
    """The single values that a scenario may leave out."""
    given: dict[str, Any] = {"branches": _branches(found.get("branches"), words)}
    if "law" in found:
        given["law"] = truth(found["law"], "the law")
    for share in ("certified", "doubt"):
        if share in found:
            given[share] = number(found[share], "share", share, 0.0, 1.0)
    if "compared" in found:
        given["compared"] = word(found["compared"], words.scenarios or names(), "scenario to compare with")
    if "shock" in found:
        given["shock"] = day(found["shock"], "the day of the shock")
        if given["shock"] < start:
            raise refused("the shock comes before the start", found["shock"], f"a day from {start} on")
    given["drafts"] = tuple(_draft(one, drafts) for one in items(found.get("drafts"), "the drafts"))
    return given


def _identity(entry: Entry) -> str:
    name = text(entry, "the id")
    if not _ID.match(name):
        raise refused(
            "this id is not safe in a file name", entry, "lower case, digits and hyphens: april-2025"
        )
    return name


def _branches(entry: Entry | None, words: Vocabulary) -> dict[str, str]:
    if entry is None:
        return {}
    chosen = {}
    for name, value in keys(entry, _given(entry), "the list of hinges").items():
        hinge = word(Entry(name, value.where), words.hinges, "hinge")
        allowed = words.hinges[hinge] if words.hinges else None
        chosen[hinge] = word(value, allowed, f"branch of {hinge}")
    return chosen


def _draft(entry: Entry, drafts: Mapping[str, str]) -> str:
    """The text of a notice: written here, or a file handed in beside the scenario."""
    if isinstance(entry.value, str) and entry.value.lstrip().startswith("---\n"):
        return entry.value.lstrip()
    return drafts[word(entry, drafts, "draft notice (a file beside the scenario, or its text)")]


def _with_drafts(words: Vocabulary, drafts: tuple[str, ...]) -> Vocabulary:
    """The vocabulary with the addresses that the drafts bring with them."""
    if words.articles is None or not drafts:
        return words
    own = {f"{head[1]}/{part}" for t in drafts for head in _HEAD.finditer(t) for part in _PART.findall(t)}
    return replace(words, articles=words.articles | own)


def _numbers(entry: Entry | None, kinds: Mapping[str, str], what: str) -> dict[str, float]:
    found = keys(entry, kinds, what) if entry is not None else {}
    return {name: number(value, kinds[name], name) for name, value in found.items()}


def _rules(entry: Entry | None) -> Rules:
    found = keys(entry, (*RULES, "rationing"), "a rule of behaviour") if entry is not None else {}
    given: dict[str, Any] = {
        name: number(value, RULES[name][0], name, *RULES[name][1:])
        for name, value in found.items()
        if name != "rationing"
    }
    if "rationing" in found:
        given["rationing"] = word(found["rationing"], RATIONING, "rationing rule")
    return Rules(**given)


def _projects(entry: Entry | None, words: Vocabulary) -> dict[str, float]:
    """By how many days projects open later (negative: earlier)."""
    found = keys(entry, words.projects or _given(entry), "the list of projects") if entry is not None else {}
    return {name: number(value, "days", name, -LONGEST, LONGEST) for name, value in found.items()}


def _given(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.value) if isinstance(entry.value, Mapping) else ()
