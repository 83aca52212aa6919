"""The words of a change of law, each in English and in Chinese, laid over the common catalogue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from xenotime.law.read import JURISDICTIONS
from xenotime.report.words import Words, laid, load
from xenotime.services.bulk.counting import OTHERS
from xenotime.services.bulk.shift import Measure, Shift, Side, Touched


@cache
def speak(lang: str = "en") -> Words:
    """The whole catalogue of a language with the words of a change. Raises KeyError for any other."""
    return laid(load(lang), "change")


def amount(number: Decimal | int) -> str:
    """A number with thousands apart, exact.

    >>> amount(Decimal("185950.5")), amount(3)
    ('185,950.5', '3')
    """
    return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"


def worth(measure: Measure, say: Words) -> tuple[str, ...]:
    """The value per currency, and of how many shipments nobody stated it; one text each."""
    found = [f"{currency or say('change.no_currency')} {amount(value)}" for currency, value in measure.value]
    if measure.unvalued:
        found.append(say("change.not_stated", n=amount(measure.unvalued)))
    return tuple(found or ("0",))


def mass(measure: Measure, say: Words) -> tuple[str, ...]:
    """The mass [kg], and of how many shipments nobody stated it; one text each."""
    found = [amount(measure.kg)] if measure.unweighed < measure.shipments or not measure.shipments else []
    if measure.unweighed:
        found.append(say("change.not_stated", n=amount(measure.unweighed)))
    return tuple(found)


def days(first: date, last: date | None, say: Words) -> str:
    """A stretch of days: ``2025-12-01 to 2026-11-09``, ``from 2026-11-10 on``, or one day."""
    if last is None:
        return say("change.from_on", day=first)
    return str(first) if first == last else say("say.from_to", start=first, end=last)


def called(one: Touched, say: Words) -> str:
    """What a party, product or kind is called: its name, else its id; who nobody named, and the rest."""
    if one.id == OTHERS:
        return say("change.others")
    return one.name or one.id or say("say.unknown")


def side_words(side: Side, say: Words) -> str:
    """One side as a person names it: a shipped book with its day of knowledge, else the folder or notice."""
    shipped = side.name in JURISDICTIONS
    return say("change.at", book=side.name, day=side.known) if shipped else side.name


def title(shift: Shift, say: Words) -> str:
    """Both sides with an arrow between them."""
    return f"{side_words(shift.before, say)} → {side_words(shift.after, say)}"
