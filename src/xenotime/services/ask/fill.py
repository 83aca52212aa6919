"""Answers that no table holds, laid into the facts of a movement where they are unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from xenotime.core.truth import Truth, some
from xenotime.law.facts import Fact, Value, parse_value
from xenotime.services.ask.answers import Key, Told
from xenotime.services.ask.home import Setting, about, of_content, of_parties, of_user


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one movement for one fact: whom or what, and what each of them is known to say."""

    keys: tuple[Key, ...]
    known: tuple[Truth, ...] = ()


def asked(
    fact: str, setting: Setting, sites: Callable[[str], tuple[str, ...]], one: Callable[[str, str], Truth]
) -> Asked:
    """The keys of a fact that no parts list carries up.

    `sites` are the sites of a user, `one` what is known of a fact for one user alone. A fact about the users
    is asked of each user of whom it is unknown.
    """
    if not of_parties(fact):
        return Asked((Key(*about(fact, setting), fact),))
    truths = {user: one(fact, user) for user in setting.users}
    open_ = (user for user, truth in truths.items() if truth is None)
    keys = tuple(Key(*of_user(fact, user, setting, sites(user)), fact) for user in open_)
    return Asked(keys, tuple(t for t in truths.values() if t is not None))


def filled(
    facts: Mapping[str, Value],
    declared: Mapping[str, Fact],
    told: Told,
    ask: Callable[[str], Asked],
) -> Iterator[tuple[str, Value, str]]:
    """Each unknown fact that the answers tell, with its value and the place of the answer."""
    spoken = {key.fact for key in told}
    for name in spoken & declared.keys():
        if facts.get(name) is not None or of_content(name):
            continue
        wanted = ask(name)
        given = [told[key] for key in wanted.keys if key in told]
        if not given:
            continue
        if of_parties(name):
            rest = [None] * (len(wanted.keys) - len(given))
            value: Value = some((*wanted.known, *(a.truth for a in given), *rest))
        else:
            value = parse_value(declared[name], given[0].value, given[0].where)
        if value is not None:
            yield name, value, "; ".join(answer.where for answer in given)
