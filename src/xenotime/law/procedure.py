"""Questions of procedure beside a decision: how long a licence may run, what a change needs, who may file.

The figures and words stand in the book (``procedure.toml``) with their article; here are comparisons only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from xenotime.core.errors import AddressError, BookError, InputError

#: A value that a person gives, typed: a word, a whole number, or several words.
Given: TypeAlias = str | int | tuple[str, ...]
#: What a person must say, where the book lists no words for it.
KINDS = ("whole number", "words", "territory")


@dataclass(frozen=True, slots=True)
class Procedure:
    """One question that the book can answer: what must be given, the article, and its figures."""

    name: str
    asks: str
    article: str
    sources: tuple[str, ...]
    confidence: str
    given: Mapping[str, str | tuple[str, ...]]
    table: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to a question of procedure, the article it rests on ("" for none), and its figures."""

    ask: str
    answer: str
    article: str
    details: Mapping[str, Given] = field(default_factory=dict)


def parse_procedure(text: str) -> dict[str, Procedure]:
    """The questions of a procedure file, by name. Raises BookError for one that lacks a part."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(
            "this file is not TOML", where="procedure.toml", expected="TOML", found=str(error)
        ) from error
    return {name: _procedure(name, entry) for name, entry in raw.items()}


def answer(procedures: Mapping[str, Procedure], ask: str, given: Mapping[str, object]) -> Finding:
    """The answer of the book to one question.

    Raises AddressError for a question that it does not know, InputError for a value that is missing,
    not asked for, or not one of its words.

    >>> given, figures = {"kept_years": "whole number"}, {"minimum_years": 5}
    >>> kept = Procedure("records", "", "x/1", ("S1",), "O", given, figures)
    >>> answer({"records": kept}, "records", {"kept_years": "3"}).answer
    'breach'
    """
    if ask not in procedures:
        raise AddressError(
            "the book answers no such question of procedure", expected=", ".join(procedures), found=repr(ask)
        )
    procedure = procedures[ask]
    return _ANSWERS.get(ask, _stated)(procedure, _typed(procedure, given))


def _stated(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    """What the table `answers` of the book says of the one thing given."""
    (said,) = given.values()
    return Finding(asked.name, _word(asked, "answers", str(said)), asked.article)


def _validity(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    limit = _figure(asked, "limit_months", str(given["channel"]))
    possible = "possible" if int(str(given["months"])) <= limit else "not_possible"
    return Finding(asked.name, possible, asked.article, {"limit_months": limit})


def _breach(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    return Finding(asked.name, _word(asked, "offence", str(given["held"])), asked.article)


def _amendment(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    changed = given["changed"]
    key = isinstance(changed, tuple) and any(c in _words(asked, "key") for c in changed)
    name = "new_application" if key else "amendment"
    return Finding(asked.name, name, asked.article, dict(_part(asked, name)))


def _records(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    least = _figure(asked, "minimum_years")
    kept = "kept" if int(str(given["kept_years"])) >= least else "breach"
    return Finding(asked.name, kept, asked.article, {"minimum_years": least})


def _revocation(asked: Procedure, _: Mapping[str, Given]) -> Finding:
    return Finding(asked.name, "must_revoke", asked.article, {"left": _words(asked, "left")})


def _certificate(asked: Procedure, _: Mapping[str, Given]) -> Finding:
    return Finding(asked.name, "allowed", asked.article)


def _filer(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    body = given["filer"] in _words(asked, "bodies")
    fit = body and given["filer_in_china"] == given["legal_personality"] == "yes"
    allowed = "allowed" if fit or given["filer"] == "seller" else "not_eligible"
    return Finding(asked.name, allowed, asked.article)


def _channel(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    article = _part(asked, "open").get(str(given["channel"]))
    if article is None:
        return Finding(asked.name, "not_eligible", "", {"reason": _word(asked, "reason")})
    return Finding(asked.name, "exists", str(article))


def _disclosure(asked: Procedure, given: Mapping[str, Given]) -> Finding:
    return Finding(asked.name, "mitigates" if given["own"] == "yes" else "none", asked.article)


_ANSWERS: dict[str, Callable[[Procedure, Mapping[str, Given]], Finding]] = {
    "validity": _validity,
    "breach": _breach,
    "amendment": _amendment,
    "records": _records,
    "revocation": _revocation,
    "certificate": _certificate,
    "filer": _filer,
    "channel": _channel,
    "disclosure": _disclosure,
}


def _typed(asked: Procedure, given: Mapping[str, object]) -> dict[str, Given]:
    if set(given) != set(asked.given):
        raise InputError(
            "this question needs other particulars",
            where=asked.name,
            expected=", ".join(asked.given),
            found=", ".join(given) or "none",
            next_step=asked.asks,
        )
    return {name: _value(asked, name, given[name]) for name in asked.given}


def _value(asked: Procedure, name: str, value: object) -> Given:
    kind = asked.given[name]
    text = str(value).strip()
    match kind:
        case tuple() if text in kind:
            return text
        case "whole number" if text.isdecimal():
            return int(text)
        case "territory" if len(text) == 2 and text.isascii() and text.isalpha():
            return text.upper()
        case "words":
            words = tuple(str(v) for v in value) if isinstance(value, list | tuple) else (text,)
            if words and all(words):
                return words
    raise InputError(
        "this particular cannot have this value",
        where=f"{asked.name}, {name}",
        expected=" | ".join(kind) if isinstance(kind, tuple) else kind,
        found=repr(value),
        next_step=asked.asks,
    )


def _procedure(name: str, entry: Mapping[str, object]) -> Procedure:
    words = {k: str(entry.get(k, "")) for k in ("asks", "article", "confidence")}
    given, sources = entry.get("given"), entry.get("sources")
    if (
        not (name in _ANSWERS or _answers_all(entry))
        or not all(words.values())
        or not isinstance(given, dict)
        or not isinstance(sources, list)
    ):
        raise BookError(
            "this question of procedure cannot be answered as written",
            where=f"procedure.toml, [{name}]",
            expected=f"one of {', '.join(_ANSWERS)}, or one with `answers` for each word of its one `given`, "
            "with asks, article, sources, confidence and given",
            found=", ".join(entry),
        )
    wanted = {key: tuple(kind) if isinstance(kind, list) else str(kind) for key, kind in given.items()}
    wrong = [
        f"{key} = {kind!r}" for key, kind in wanted.items() if isinstance(kind, str) and kind not in KINDS
    ]
    if wrong:
        raise BookError(
            "this particular has no known kind",
            where=f"procedure.toml, [{name}]",
            expected=f"a list of words, or {', '.join(KINDS)}",
            found=", ".join(wrong),
        )
    return Procedure(
        name, words["asks"], words["article"], tuple(map(str, sources)), words["confidence"], wanted, entry
    )


def _answers_all(entry: Mapping[str, object]) -> bool:
    """Whether a table of answers has one for each word of the one thing that is given."""
    given, answers = entry.get("given"), entry.get("answers")
    if not isinstance(given, dict) or not isinstance(answers, dict) or len(given) != 1:
        return False
    (words,) = given.values()
    return isinstance(words, list) and set(words) == set(answers)


def _part(asked: Procedure, *path: str) -> Mapping[str, Given]:
    found = _at(asked, path)
    if not isinstance(found, Mapping):
        raise _lacking(asked, path, "a table")
    return found


def _figure(asked: Procedure, *path: str) -> int:
    found = _at(asked, path)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise _lacking(asked, path, "a whole number")
    return found


def _word(asked: Procedure, *path: str) -> str:
    found = _at(asked, path)
    if not isinstance(found, str) or not found:
        raise _lacking(asked, path, "a word")
    return found


def _words(asked: Procedure, *path: str) -> tuple[str, ...]:
    found = _at(asked, path)
    if not isinstance(found, list) or not found:
        raise _lacking(asked, path, "a list of words")
    return tuple(str(v) for v in found)


def _at(asked: Procedure, path: tuple[str, ...]) -> object:
    found: object = asked.table
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _lacking(asked: Procedure, path: tuple[str, ...], expected: str) -> BookError:
    return BookError(
        "the book lacks this figure",
        where=f"procedure.toml, [{asked.name}]",
        expected=expected,
        found=".".join(path),
    )
