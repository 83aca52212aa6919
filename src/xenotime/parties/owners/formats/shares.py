"""A share as people write it: 50 %, 49.9 - 51, more than 25, 75-to-100-percent; exact bounds or nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

#: By how much a bound that is itself excluded is moved [share of 1]: a hundredth of one share among 10^18.
#: A company of at most 10^18 shares has no holding between the two, so nothing true is lost.
OPEN = Fraction(1, 10**20)
_HUNDRED = Fraction(100)
_LONGEST, _DIGITS, _POWER = 120, 40, 40
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:[.,]\d+)?")
_SIGNS = (
    (r"\b(?:per ?cent|pct|prozent|p\.?c\.)\b|[％﹪]|百分之", "%"),
    (
        r"\b(?:not less than|no less than|at least|minimum|mindestens|min\.?)\b|不低于|不少于|至少|>=|=>|≥",
        " ≥ ",
    ),
    (r"\b(?:not more than|no more than|up to|at most|maximum|höchstens|max\.?)\b|不超过|不高于", " ≤ "),
    (r"至多|<=|=<|≤", " ≤ "),
    (r"\b(?:more than|greater than|over|above|exceeding|mehr als|über)\b|超过|大于|高于", " > "),
    (r"\b(?:less than|under|below|weniger als|unter)\b|低于|小于|少于|不足", " < "),
    (r"\b(?:or|and) (?:more|above|over)\b|\boder mehr\b|及?以上|\+$", " ↑ "),
    (r"\b(?:or|and) (?:less|below|under)\b|\boder weniger\b|及?以下", " ↓ "),
    (r"[‐‑‒–—−~～至到]|\b(?:to|bis)\b", "-"),
)
_NOISE = re.compile(
    r"\b(?:ownership|of|the|shares?|shareholding|capital|equity|stake|voting|rights|votes|interest|in|total|between|and|"
    r"but|from|as|firm|trust|via|held|directly)\b|持股|股权|股份|股|比例|之间|[%()\[\]:;*'\"]"
)
_SHAPES = {
    "N": "exact",
    "N-N": "between",
    "≥N": "least",
    ">N": "above",
    "N↑": "least",
    "≤N": "most",
    "<N": "below",
    "N↓": "most",
    "NN": "between",
    "N↑<N": "least below",
    "N↑≤N": "least most",
    ">N≤N": "above most",
    ">N<N": "above below",
    "≥N<N": "least below",
    "≥N≤N": "least most",
    ">N-N": "above most",
    ">N-<N": "above below",
    "≥N-<N": "least below",
    ">N-≤N": "above most",
    "≥N-≤N": "least most",
}


@dataclass(frozen=True, slots=True)
class Share:
    """Between which shares of 1 a holding lies; `high` None: not known. `odd`: why it could not be read."""

    low: Fraction = Fraction(0)
    high: Fraction | None = None
    odd: str = ""


@lru_cache(maxsize=65_536)
def number(text: str) -> Fraction | None:
    """The exact number a text writes in decimals; None if it writes none, or one out of all reach.

    >>> number("33.3"), number("5e1"), number("1e999999999"), number("NaN")
    (Fraction(333, 10), Fraction(50, 1), None, None)
    """
    if len(text) > _DIGITS:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > _POWER:
        return None
    return Fraction(value)


@lru_cache(maxsize=65_536)
def bounds(
    least: Fraction | None, most: Fraction | None, *, above: bool = False, below: bool = False
) -> Share:
    """The share between two percentages; `above` and `below` say that a bound itself is excluded.

    A bound that is excluded from above is lowered by `OPEN`, so that "less than 50" never reaches one half.
    """
    for value in (least, most):
        if value is not None and not 0 <= value <= _HUNDRED:
            return Share(odd="a negative share" if value < 0 else "a share over 100 percent")
    if least is not None and most is not None and least > most:
        return Share(odd="a least share above the greatest")
    low = (least or Fraction(0)) / 100
    high = None if most is None else most / 100
    if below and high is not None:
        high = max(high - OPEN, low)
    if above and high is not None and low == high:
        return Share(odd="a share between two equal bounds")
    return Share(low, high)


@lru_cache(maxsize=65_536)
def share(text: str) -> Share:
    """The share that a text says in percent; `odd` if it does not say one in words this reader knows.

    0.5 is half of one percent. A comma is a decimal comma. Nothing vague (about, circa) is read.

    >>> share("49.9 - 51 %")
    Share(low=Fraction(499, 1000), high=Fraction(51, 100), odd='')
    >>> share("about half").odd
    'a share that cannot be read'
    """
    plain = unicodedata.normalize("NFKC", text.replace("％", "%")).casefold().strip()
    if len(plain) > _LONGEST:
        return Share(odd="a share that cannot be read")
    if re.fullmatch(r"[a-z-]*\d+-to-\d+-percent[a-z-]*", plain):
        plain = " ".join(re.findall(r"\d+|to", plain))
    plain = re.sub(r"^-\s*(?=\d)", "¬", plain)
    for pattern, sign in _SIGNS:
        plain = re.sub(pattern, sign, plain)
    numbers = [number(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", plain)]
    rest = re.sub(r"\d+(?:[.,]\d+)?", "N", plain)
    shape = re.sub(r"\s+", "", _NOISE.sub(" ", rest))
    if shape == "¬N":
        return Share(odd="a negative share")
    if shape not in _SHAPES or None in numbers:
        return Share(odd="a share that cannot be read")
    return _shaped(_SHAPES[shape], [n for n in numbers if n is not None])


def _shaped(shape: str, numbers: list[Fraction]) -> Share:
    words = set(shape.split())
    first, last = numbers[0], numbers[-1]
    if shape == "exact":
        return bounds(first, first)
    if shape == "between":
        return bounds(first, last)
    least = first if words & {"least", "above"} else None
    most = last if words & {"most", "below"} else None
    if least is not None and most is None:
        most = _HUNDRED
    return bounds(least, most, above="above" in words, below="below" in words)


def joined(found: list[Share]) -> Share:
    """The narrowest share that holds all of them, when one holding is written more than once."""
    if len(found) == 1:
        return found[0]
    highs = [s.high for s in found]
    high = None if None in highs else max(h for h in highs if h is not None)
    return Share(min(s.low for s in found), high, next((s.odd for s in found if s.odd), ""))
