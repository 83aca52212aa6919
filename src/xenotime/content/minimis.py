"""How much controlled US-origin content an item holds, part by part, as the de minimis rule counts it.

The rule itself (more than 10 %, more than 25 %) is law and stands in the book; here is the sum before it.
What nobody states widens the interval: a part that may count is in the high end only.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from xenotime.content.bounds import UNKNOWN, ZERO, Bounds, total
from xenotime.core.errors import BookError
from xenotime.core.truth import Truth, every, some

#: Reasons for which a controlled part goes without a licence, or needs one only for who takes part.
LEFT_OUT = {
    "nlr": "us/ear-734-4/supp2-5",
    "gbs": "us/ear-734-4/supp2-5",
    "short_supply": "us/ear-734-4/supp2-5",
    "part_744": "us/ear-734-4/supp2-3",
    "746.5": "us/ear-734-4/supp2-3",
}
FORMS = ("goods", "software", "technology")
#: Software of these kinds may be bundled with goods; other software needs an analysis of its own.
BUNDLES = ("at_only", "ear99", "food_or_medicine")
_WORDS = ("always", "never", "stated", "there")


@dataclass(frozen=True, slots=True)
class Kind:
    """How content of one kind counts: `counts` is always, never, stated or there (`to`; open in `open`)."""

    name: str
    counts: str
    to: frozenset[str]
    open: frozenset[str]
    article: str


@dataclass(frozen=True, slots=True)
class Part:
    """One US-origin input: what was paid, between whom, how it is controlled, and what it is built into.

    `paid` and `market` are values of the whole input [money]; software is bundled when it is `shipped_with`
    the goods and `configured` for them; `within` names a foreign product that it was built into first, which
    is `discrete` and `complete` or not.
    """

    name: str
    kind: str
    paid: Bounds
    market: Bounds | None = None
    affiliate: Truth = False
    needs_licence: Truth = None
    left_out: str = ""
    form: str = "goods"
    shipped_with: Truth = None
    configured: Truth = None
    within: str = ""
    discrete: Truth = None
    complete: Truth = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One part as it was counted: whether it is, its value [money], and the article that says so."""

    part: Part
    counts: Truth
    value: Bounds
    article: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """US content of one item: the parts as counted, their sum and the value of the item [money]."""

    parts: tuple[Counted, ...]
    content: Bounds
    item: Bounds

    @property
    def share(self) -> Bounds:
        """The share of content in the item, exact; without a high end where the item may be worth nothing."""
        low = self.content.low / self.item.high if self.item.high else Fraction(0)
        high = Fraction(0) if self.content.high == 0 else None
        if self.content.high is not None and self.item.low:
            high = self.content.high / self.item.low
        return Bounds(low, high)

    def holds(self, kind: str) -> Truth:
        """Whether content of a kind is built in; a part that a discrete product took up is not."""
        return some(_built_in(c.part) for c in self.parts if c.part.kind == kind)

    @property
    def apart(self) -> tuple[Counted, ...]:
        """The parts that the calculation for goods leaves to an analysis of their own, or may."""
        return tuple(c for c in self.parts if _belongs(c.part) is not True)


def parse_kinds(text: str, groups: Mapping[str, frozenset[str]], where: str) -> dict[str, Kind]:
    """The kinds of content that a book names, with country groups written out as territories.

    Raises BookError for another word under `counts`.
    """
    kinds = {}
    for name, row in tomllib.loads(text).items():
        if row.get("counts") not in _WORDS:
            raise BookError(
                "this kind of content does not say how it counts",
                where=f"{where}, [{name}]",
                expected=" | ".join(_WORDS),
                found=repr(row.get("counts")),
            )
        to, doubt = (_territories(row.get(key, ()), groups) for key in ("to", "open"))
        kinds[name] = Kind(name, row["counts"], to, doubt, row["article"])
    return kinds


def parse_groups(text: str) -> dict[str, frozenset[str]]:
    """The country groups of a book, by name."""
    return {name: frozenset(row["territories"]) for name, row in tomllib.loads(text).items()}


def _territories(names: Iterable[str], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(groups.get(name, frozenset([name])) for name in names))


def ex_factory(price: Bounds, tax: Bounds = ZERO) -> Bounds:
    """The normal selling price ex factory: VAT and excise are taken off [money].

    Source: Supplement No. 2 to 15 CFR part 734, older text.

    >>> ex_factory(Bounds(Fraction(500), Fraction(500)), Bounds(Fraction(100), Fraction(100))).low
    Fraction(400, 1)
    """
    low = Fraction(0) if tax.high is None else max(Fraction(0), price.low - tax.high)
    return Bounds(low, None if price.high is None else max(low, price.high - tax.low))


def market_value(part: Part) -> Bounds:
    """The fair market price of a part: what was paid, or, between affiliates, what others pay [money].

    Source: Supplement No. 2 to 15 CFR part 734, older text.
    """
    if part.affiliate is False:
        return part.paid
    market = UNKNOWN if part.market is None else part.market
    if part.affiliate is True:
        return market
    low = min(part.paid.low, market.low)
    both = part.paid.high is not None and market.high is not None
    return Bounds(low, max(part.paid.high or low, market.high or low) if both else None)


def reckon(parts: Iterable[Part], item: Bounds, to: str | None, kinds: Mapping[str, Kind]) -> Reckoning:
    """The controlled US-origin content of an item that goes to a territory (None: not stated)."""
    counted = tuple(_count(part, to, kinds[part.kind]) for part in parts)
    return Reckoning(counted, total(c.value for c in counted), item)


def _count(part: Part, to: str | None, kind: Kind) -> Counted:
    """The first reason that keeps a part out says so; else whether it is controlled does."""
    belongs, built_in = _belongs(part), _built_in(part)
    controlled, article = _controlled(part, to, kind)
    counts = every((belongs, built_in, controlled))
    if belongs is not True:
        article = "us/ear-734-4/supp2-7"
    elif built_in is not True:
        article = "us/ear-734-4/supp2-10"
    value = market_value(part)
    return Counted(part, counts, value if counts else ZERO if counts is False else value.possible(), article)


def _belongs(part: Part) -> Truth:
    """Whether a part is in the calculation for goods: goods, and bundled software of the mild kinds.

    Software is bundled when it goes with the goods and is configured for them; it need not be installed.
    """
    if part.form == "goods":
        return True
    if part.form == "technology" or part.kind not in BUNDLES:
        return False
    return every((part.shipped_with, part.configured))


def _built_in(part: Part) -> Truth:
    """Whether a part is content of this item, and not of a discrete product that was finished before."""
    if not part.within:
        return True
    taken_up = every((part.discrete, part.complete))
    return None if taken_up is None else not taken_up


def _controlled(part: Part, to: str | None, kind: Kind) -> tuple[Truth, str]:
    if part.left_out:
        return False, LEFT_OUT[part.left_out]
    if part.needs_licence is not None and kind.counts != "never":
        return part.needs_licence, "us/ear-734-4/supp2-3"
    return _by_kind(to, kind), kind.article


def _by_kind(to: str | None, kind: Kind) -> Truth:
    if kind.counts in ("always", "never"):
        return kind.counts == "always"
    if to is None or to in kind.open:
        return None
    if to in kind.to:
        return True
    return False if kind.counts == "there" else None


def minimis_facts(found: Reckoning) -> dict[str, Truth | tuple[int | None, int | None]]:
    """The facts that the book asks; money in ten-thousandths, what is finer rounded outwards.

    `us_600_content` and `us_600y_content` speak of the parts given: a worksheet is taken to name them all.
    """
    return {
        "us_content": _whole(found.content),
        "us_item_value": _whole(found.item),
        "us_600_content": found.holds("600_series"),
        "us_600y_content": found.holds("600_series_y"),
        "us_separate": bool(found.apart),
    }


def _whole(bounds: Bounds) -> tuple[int | None, int | None]:
    high = None if bounds.high is None else math.ceil(bounds.high * _PER_UNIT)
    return math.floor(bounds.low * _PER_UNIT), high


_PER_UNIT = 10_000
