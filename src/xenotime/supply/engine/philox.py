"""Random numbers by counter: the same key and counter give the same number on any thread, in any order.

Philox4x32 with ten rounds: each round multiplies two of the four words by odd constants, crosses high and low
halves, and mixes in a key that grows by the Weyl constants. The key is the seed; the counter is (thing, day,
draw, purpose), so a number belongs to what it is drawn for and not to when it is drawn.

Source: Salmon, Moraes, Dror, Shaw 2011, Parallel random numbers: as easy as 1, 2, 3, section 3.3; known
answers of its Random123 library. Normal numbers by Wichura 1988, algorithm AS 241 (PPND16).
"""

from __future__ import annotations

import math

import numpy as np

from xenotime.supply.engine.jit import stage

#: What a number is drawn for; part of the counter.
FILED, BUILT, FATE, SERVED = 1, 2, 3, 4

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)


@stage
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four words of 32 bits for a counter of four words and a key of two, each held in 64 bits.

    >>> [f"{word:08x}" for word in philox(0, 0, 0, 0, 0, 0)]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    a, b, c, d = np.uint64(c0) & _LOW, np.uint64(c1) & _LOW, np.uint64(c2) & _LOW, np.uint64(c3) & _LOW
    p, q = np.uint64(k0) & _LOW, np.uint64(k1) & _LOW
    for _ in range(10):
        first = _M0 * a
        second = _M1 * c
        a, b, c, d = (second >> _HALF) ^ b ^ p, second & _LOW, (first >> _HALF) ^ d ^ q, first & _LOW
        p = (p + _W0) & _LOW
        q = (q + _W1) & _LOW
    return a, b, c, d  # type: ignore[return-value] # words of 64 bits, as the compiler holds them


@stage
def chance(seed: int, draw: int, thing: int, day: int, purpose: int) -> float:
    """A chance strictly between 0 and 1, uniform, of 52 bits.

    >>> 0 < chance(1, 0, 0, 0, 1) < 1
    True
    """
    one, two, _, _ = philox(thing, day, draw, purpose, seed, seed >> 32)
    mixed = (np.uint64(one) << np.uint64(20)) | (np.uint64(two) >> np.uint64(12))
    return (float(mixed) + 0.5) * 2.0**-52


@stage
def normal(p: float) -> float:
    """The value below which a standard normal number lies with chance `p`.

    >>> round(normal(0.975), 9)
    1.959963985
    """
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
        top = (((top + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
        top = (top + 133.14166789178437745) * r + 3.387132872796366608
        low = ((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
        low = (((low + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
        return q * top / ((low + 42.313330701600911252) * r + 1.0)
    return math.copysign(_tail(math.sqrt(-math.log(min(p, 1.0 - p)))), q)


@stage
def _tail(root: float) -> float:
    if root <= 5.0:
        r = root - 1.6
        top = ((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
        top = (((top + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
        top = (top + 4.6303378461565452959) * r + 1.42343711074968357734
        low = ((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
        low = (((low + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
        return top / ((low + 2.05319162663775882187) * r + 1.0)
    r = root - 5.0
    top = ((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
    top = (((top + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
    top = (top + 5.4637849111641143699) * r + 6.6579046435011037772
    low = ((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
    low = (((low + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
    return top / ((low + 0.59983220655588793769) * r + 1.0)
