"""The words of questions, in English and in Chinese, laid over the words of the other pages."""

from __future__ import annotations

from functools import cache

from xenotime.report.supply.speak import speak as supply
from xenotime.report.words import Words, laid
from xenotime.services.ask.question import Question

_USES = ("military_use", "end_use_area", "humanitarian", "strip_for_magnets", "red_flag")


@cache
def speak(lang: str = "en") -> Words:
    """The whole catalogue of a language with the words of questions. Raises KeyError for any other."""
    return laid(supply(lang), "ask")


def asked(question: Question, say: Words) -> str:
    """The question in words; in the fact's own where the catalogue has none."""
    fact = question.key.fact
    if fact.startswith("el_"):
        return say("asks.el", element=say(f"element.{fact.removeprefix('el_')}"))
    return say.texts.get(f"asks.{fact}", question.asks)


def proof(question: Question, say: Words) -> str:
    """The evidence that would do, and where to look first."""
    fact = question.key.fact
    key = next((k for k in ("el", "listed", "held") if fact.startswith(f"{k}_")), fact)
    key = "use" if fact in _USES else key
    text = say.texts.get(f"proof.{key}", say("proof.other"))
    return f"{text} {question.check}".strip()


def who(question: Question, say: Words) -> str:
    """Whom to ask, by what they are to you and their name."""
    role = say.maybe("who", question.group)
    name = question.party_name or (say("ask.unnamed") if question.group == "supplier" else "")
    return f"{role}: {name}" if name else role


def how(question: Question, say: Words) -> str:
    """How the answer is written."""
    return say(f"form.how_{question.kind}")
