"""An ownership rule as data: the share that catches, who counts as an owner, and who can be caught."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from xenotime.core.errors import BookError
from xenotime.core.truth import Truth, some

#: How owners are put together: all of them, each alone with the companies it holds, or list by list.
AGGREGATES = ("all", "per_owner", "per_list")
_KEYS = frozenset(
    "id threshold at_least aggregate aggregate_open counts spares cascade control unknown_share notes".split()
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry that names a body: its id, the class of the list, and whether it surely counts.

    `truth` None: it may count, and `open` says what is open: name (a near miss), state (no source says
    whether the listing is in force) or class (whether the rule counts entries like it).
    """

    entry: str
    counts_as: str = ""
    truth: Truth = True
    open: str = ""


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """A rule that catches what its owners hold at a share of `threshold` [1] or above.

    `at_least` False asks for more than the threshold. `counts` names the classes of list that make an
    owner count (empty: every class). `spares` names countries whose companies the rule never catches.
    `aggregate_open` says that the text does not settle how owners are put together, so both readings
    are shown. `control` is "warning": control without shares never catches. `unknown_share` "resolve"
    means that a known owner with an unknown share must be settled before anything goes on.
    """

    id: str
    title: str
    article: str
    threshold: Fraction = Fraction(1, 2)
    at_least: bool = True
    aggregate: str = "all"
    aggregate_open: bool = False
    counts: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()
    cascade: bool = True
    control: str = "warning"
    unknown_share: str = ""
    notes: tuple[str, ...] = ()

    def reached(self, share: Fraction) -> bool:
        """Whether a share is enough to catch.

        >>> half = OwnershipRule("x", "", "")
        >>> half.reached(Fraction(1, 3) + Fraction(1, 6)), half.reached(Fraction(4999, 10000))
        (True, False)
        """
        return share >= self.threshold if self.at_least else share > self.threshold

    def catches(self, country: str) -> bool:
        """Whether a company of this country can be caught by its owners; an unstated country can."""
        return country not in self.spares

    def reading(self, aggregate: str) -> OwnershipRule:
        """The same rule with its owners put together in another way. Raises BookError for no such way."""
        if aggregate not in AGGREGATES:
            raise BookError(
                "no such way to put owners together", expected=" | ".join(AGGREGATES), found=repr(aggregate)
            )
        return replace(self, aggregate=aggregate)


def counted(rule: OwnershipRule, listings: Mapping[str, Iterable[Listing]]) -> dict[str, Truth]:
    """Per body: whether it is on a list that counts under the rule; None for a near miss.

    >>> rule = OwnershipRule("x", "", "", counts=("blocking",))
    >>> counted(rule, {"a": [Listing("E-1", "blocking")], "b": [Listing("E-2", "other")]})
    {'a': True, 'b': False}
    """
    return {
        body: some(x.truth for x in found if not rule.counts or x.counts_as in rule.counts)
        for body, found in listings.items()
    }


def parse_ownership(block: Mapping[str, object], title: str, article: str, where: str) -> OwnershipRule:
    """The rule that an `ownership:` block of a book states; all its values are texts.

    Raises BookError for an unknown key, a threshold that is no share, or an unknown word.
    """
    unknown = sorted(set(block) - _KEYS)
    if unknown or not block.get("id"):
        raise BookError(
            "this ownership block has unknown keys, or no id",
            where=where,
            expected=", ".join(sorted(_KEYS)),
            found=", ".join(unknown) or "no id",
        )
    return OwnershipRule(
        str(block["id"]),
        title,
        article,
        _share(str(block.get("threshold", "")), where),
        _word(block, "at_least", ("yes", "no"), where) == "yes",
        _word(block, "aggregate", AGGREGATES, where),
        _word(block, "aggregate_open", ("no", "yes"), where) == "yes",
        _texts(block.get("counts")),
        _texts(block.get("spares")),
        _word(block, "cascade", ("yes", "no"), where) == "yes",
        _word(block, "control", ("warning",), where),
        _word(block, "unknown_share", ("", "resolve"), where),
        _texts(block.get("notes")),
    )


def _share(text: str, where: str) -> Fraction:
    try:
        share = Fraction(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 < share <= 1:
        raise BookError(
            "this threshold is not a share",
            where=where,
            expected="a share above 0 and at most 1, such as 1/2 or 50 %",
            found=repr(text),
        )
    return share


def _word(block: Mapping[str, object], key: str, allowed: tuple[str, ...], where: str) -> str:
    value = str(block.get(key, allowed[0]))
    if value not in allowed:
        raise BookError(
            f"'{key}' is not one of the known words",
            where=where,
            expected=" | ".join(allowed),
            found=repr(value),
        )
    return value


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)
