"""Packs truths into whole-number columns: by eights into bytes, then side by side into words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from xenotime.law.law import WORD
from xenotime.law.words import Expr, Words

_BYTE = 8


def pack(name: str, bits: Sequence[Expr | None], words: Words) -> list[Expr]:
    """The word columns ``NAME_0``, ``NAME_1``, … of a list of truths; unknown or absent is a 0 bit."""
    found = []
    for start in range(0, max(len(bits), 1), WORD):
        chunk = list(bits[start : start + WORD])
        parts = [_byte(chunk[k : k + _BYTE], words) for k in range(0, WORD, _BYTE)]
        width = _BYTE
        for kind in words.wider:
            pairs = zip(parts[::2], parts[1::2], strict=True)
            parts = [_widen(low, high, kind, width) for low, high in pairs]
            width *= 2
        word = parts[0] if parts[0] is not None else words.lit(0, words.wider[-1])
        found.append(word.alias(f"{name}_{start // WORD}"))
    return found


def word_names(name: str, bits: int) -> list[str]:
    """The names of the word columns that hold so many bits."""
    return [f"{name}_{k}" for k in range((max(bits, 1) + WORD - 1) // WORD)]


def unpack(row: dict[str, Any], name: str) -> int:
    """The mask of one result row as one whole number."""
    total, k = 0, 0
    while f"{name}_{k}" in row:
        total |= row[f"{name}_{k}"] << (WORD * k)
        k += 1
    return total


def _byte(bits: Sequence[Expr | None], words: Words) -> Expr | None:
    """A choice of two literals is ten times as quick as a cast of a truth to a number."""
    zero = words.lit(0, words.byte)
    held = [
        words.when(b).then(words.lit(1 << i, words.byte)).otherwise(zero)
        for i, b in enumerate(bits)
        if b is not None
    ]
    return reduce(or_, held) if held else None


def _widen(low: Expr | None, high: Expr | None, kind: Any, width: int) -> Expr | None:
    if high is None:
        return None if low is None else low.cast(kind)
    upper = high.cast(kind) * (1 << width)
    return upper if low is None else low.cast(kind) | upper
