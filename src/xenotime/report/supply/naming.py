"""How the supply pages name goods, places, sectors and inputs in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xenotime.report.words import Words

#: Forms in the order of the chain, for lists of goods.
_ORDER = ("ore", "oxide", "metal", "magnet", "component", "product")


def country(code: str, say: Words) -> str:
    """A country's name; a code that nobody named stays as it is."""
    return say.texts.get(f"country.{code}", code)


def land(code: str, say: Words) -> str:
    """A country's name as it stands in a sentence: the United States."""
    return say.texts.get(f"land.{code}", country(code, say))


def outside(controller: str, say: Words) -> str:
    """Where the lines are that are put together: outside the controlling country, or everywhere."""
    return say("supply.outside_of", home=land(controller, say)) if controller else say("supply.anywhere")


def good(address: str, say: Words) -> str:
    """A good in words: ``oxide/Dy`` is Dy oxide."""
    named = say.texts.get(f"good.{address}")
    if named:
        return named
    form, _, what = address.partition("/")
    if what in ("", "*"):
        return say.maybe("made", form)
    if form in ("component", "product"):
        return say("supply.good_of", form=say.maybe("form", form), what=say.maybe("use", what))
    return say("supply.form_of", form=say.maybe("form", form), what=what)


def goods(addresses: Iterable[str], say: Words) -> str:
    """Several goods, those of one form put together: ``Dy, Tb oxide; NdFeB magnets``."""
    forms: dict[str, list[str]] = defaultdict(list)
    plain = []
    for address in sorted(set(addresses), key=_rank):
        form, _, what = address.partition("/")
        if form in ("oxide", "metal") and what:
            forms[form].append(what)
        else:
            plain.append(good(address, say))
    joined = [
        say("supply.form_of", form=say.maybe("form", form), what=", ".join(parts))
        for form, parts in forms.items()
    ]
    return "; ".join([*joined, *plain])


def _rank(address: str) -> tuple[int, str]:
    form = address.partition("/")[0]
    return (_ORDER.index(form) if form in _ORDER else len(_ORDER)), address


def sector(stage: str, use: str, say: Words) -> str:
    """A sector: its use where it has one, else its stage."""
    use_name = say.maybe("use", use) if use else ""
    if stage == "product" and use_name:
        return use_name
    return f"{say.maybe('stage', stage)} · {use_name}" if use_name else say.maybe("stage", stage)


def lines(text: str, say: Words) -> str:
    """A class of lines in words: ``US product ev lean`` is electric cars, United States, thin stocks."""
    parts = text.split()
    if len(parts) != 4:
        return text
    where, stage, use, cover = parts
    return f"{sector(stage, use, say)}, {country(where, say)}, {say.maybe('cover', cover)}"


def parameter(name: str, say: Words) -> str:
    """An input in words: the longest part of its name that is known, then what and where it is of."""
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        head = say.texts.get(f"parameter.{'.'.join(parts[:size])}")
        if head:
            return ", ".join([head, *(_detail(part, say) for part in parts[size:])])
    return " ".join(_detail(part, say) for part in parts)


def _detail(part: str, say: Words) -> str:
    """A part of an input's name: a country, a use, how deep stocks are, a stage, or itself."""
    found = (
        say.texts.get(f"{section}.{part}") for section in ("country", "use", "cover", "stage", "parameter")
    )
    return next((text for text in found if text), part.replace("_", " "))
