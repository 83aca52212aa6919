"""Words of a question, brought to one form: `Refining`, `refines` and `processing` ask for the same thing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@cache
def catalogue() -> Mapping[str, Any]:
    """The packaged table of questions, as it is written."""
    text = (resources.files("xenotime.evidence") / "questions.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _same() -> Mapping[str, str]:
    one = {name: name for name in catalogue()["same"]}
    return {**one, **{form: name for name, forms in catalogue()["same"].items() for form in forms}}


def plain(texts: Iterable[str]) -> frozenset[str]:
    """The words that carry a question, each in its one form; what carries nothing is left out.

    >>> sorted(plain(["China refines"])), sorted(plain(["who processes it in", "China?"]))
    (['china', 'refine'], ['china', 'it', 'refine'])
    """
    skipped = catalogue()["skip"]["words"]
    every = (word for text in texts for word in _WORD.findall(text) if word.casefold() not in skipped)
    return frozenset(one for word in every if (one := _form(word)) not in skipped)


def forms(text: str) -> tuple[str, ...]:
    """Every word of a text in its one form.

    >>> forms("F-35 fighter"), forms("Dy oxide Europe")
    (('f35', 'f35'), ('dysprosium', 'oxide', 'europe'))
    """
    return tuple(_form(word) for word in _WORD.findall(text))


def _form(word: str) -> str:
    if word == "Eu":
        return "europium"  # the element; EU and eu are the Union
    same, word = _same(), word.casefold()
    if word in same:
        return same[word]
    single = word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
    return same.get(single, single)
