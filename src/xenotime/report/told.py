"""Sentences that evidence and list notices come in, said again in the reader's language."""

from __future__ import annotations

import re

from xenotime.report.words import Words

_LIST = r"(?P<theirs>.*)"
#: Shapes of the sentences that screenings hold, each with the text that says it again.
_SHAPES = tuple(
    (re.compile(shape, re.DOTALL), key)
    for shape, key in (
        (r"same name", "same_name"),
        (r"the names exclude each other \((?P<what>.*)\)", "exclude"),
        (r"close name \((?P<n>\d+) %\)", "close"),
        (r"only here: (?P<words>.*)", "here"),
        (r"only on the list: (?P<words>.*)", "there"),
        (r"one name stands whole at the head of the other", "head"),
        (r"many people bear this name", "many"),
        (r"the name is too short to be sure", "short"),
        (r"same country \((?P<mine>.*)\)", "same_country"),
        (rf"another country \((?P<mine>.*), the list says {_LIST}\)", "other_country"),
        (rf"another legal form \((?P<mine>.*), the list says {_LIST}\)", "other_form"),
        (rf"another kind of party \((?P<mine>.*), the list says {_LIST}\)", "other_kind"),
        (r"same (?P<kind>\w+) (?P<number>\S+)", "same_number"),
        (rf"another (?P<kind>\w+) \((?P<mine>.*), the list says {_LIST}\)", "other_number"),
        (r"the party is another listed name, (?P<name>.*)", "sister"),
        (
            (
                r"(?P<mine>\S+) (?P<how>is spelt like|sounds like|may stand for|is a form of|"
                rf"is written together or apart as|is another form of) {_LIST}"
            ),
            "near",
        ),
        (
            (
                r" was read until (?P<day>\S+), (?P<n>\d+) days before (?P<known>[\d-]+): "
                r"later changes are not in it; next step: look at the issuer's "
                r"notices, then xenotime law add FILE"
            ),
            "read_until",
        ),
        (r" does not say its day, so it may be stale; next step: (?P<step>.*)", "no_day"),
        (
            (
                r" is as of (?P<day>\S+), (?P<age>\d+) days? old \(fresh for (?P<n>\d+)\): "
                r"parties listed since are not in it; next step: (?P<step>.*)"
            ),
            "old",
        ),
        (r": nobody says until when the sources were read; next step: xenotime law list", "unread"),
    )
)


def told(text: str, say: Words) -> str:
    """The sentence in the reader's language; one of another shape, such as a list's own, stays as it is.

    >>> from xenotime.report.words import load
    >>> told("close name (93 %), only here: tool", load("zh"))
    '名称相近（93 %），仅查询名称有：tool'
    """
    if say.lang == "en":
        return text
    if text.startswith("close name ("):
        return "，".join(_one(part, say) for part in text.split(", "))
    return _one(text, say)


def all_told(text: str, say: Words) -> str:
    """Every piece of evidence in a line of them, in the reader's language."""
    return text if say.lang == "en" else "；".join(told(part, say) for part in text.split("; "))


def _one(text: str, say: Words) -> str:
    for shape, key in _SHAPES:
        if met := shape.fullmatch(text):
            values = met.groupdict()
            if "how" in values:
                values["how"] = say.maybe("meets", values["how"].replace(" ", "_"))
            return say(f"told.{key}", **values)
    return text
