"""How shares of ownership and foreign names are spelt wherever people see them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

#: Joiners without a width: some scripts cannot be written without them, and they turn nothing round.
_JOINERS = "\u200c\u200d"
#: The longest text that is shown whole [characters].
_LONGEST = 400
#: Places after the point: shares that end within the first are exact; others are rounded to the second,
#: or as far as it takes to tell them from a whole number of percent.
_EXACT, _ROUNDED, _FINEST = 6, 2, 12
_BLANKS = re.compile(r"\s+")


def seen(text: str) -> str:
    r"""The text on one line, with every sign that hides or turns other signs shown as �.

    What is longer than 400 characters is cut.

    >>> seen("Acme\u202e dtL"), seen("one\n two")
    ('Acme� dtL', 'one two')
    """
    line = _BLANKS.sub(" ", text[: 2 * _LONGEST]).strip()
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() or char in _JOINERS else "�" for char in line)


def percent(share: Fraction) -> str:
    """A share of 1 as a percentage, marked ≈ where rounding was needed; never rounded to a whole number.

    >>> percent(Fraction(1, 2)), percent(Fraction(1, 3)), percent(Fraction(49999, 100000))
    ('50 %', '≈33.33 %', '49.999 %')
    """
    return f"{_number(share)} %"


def _number(share: Fraction) -> str:
    value = share * 100
    if (value * 10**_EXACT).denominator == 1:
        return _decimal(value, _EXACT)
    places = _ROUNDED
    while places < _FINEST and round(value * 10**places) % 10**places == 0:
        places += 1
    return f"≈{_decimal(value, places)}"


def _decimal(value: Fraction, places: int) -> str:
    text = f"{Decimal(round(value * 10**places)).scaleb(-places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def between(low: Fraction, high: Fraction | None) -> str:
    """A share that lies between two bounds; `high` None: nobody says how far it reaches.

    >>> between(Fraction(3, 10), Fraction(9, 20)), between(Fraction(0), None)
    ('30–45 %', '? %')
    >>> between(Fraction(3, 10), None), between(Fraction(0), Fraction(1, 4))
    ('≥ 30 %', '≤ 25 %')
    """
    if high is None:
        return f"≥ {percent(low)}" if low else "? %"
    if low == high:
        return percent(low)
    return f"{_number(low)}–{percent(high)}" if low else f"≤ {percent(high)}"


def exact(low: Fraction, high: Fraction | None) -> str:
    """The same as fractions: ``1/2``, ``3/10 to 9/20``, ``3/10 or more``.

    >>> exact(Fraction(3, 10), Fraction(9, 20)), exact(Fraction(0), None)
    ('3/10 … 9/20', '0 … ?')
    """
    if high is None:
        return f"{low} … ?"
    return str(low) if low == high else f"{low} … {high}"
