from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from xenotime.core.canon import canonical, digest, restored
from xenotime.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Inner:
    word: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    inner: tuple[Inner, ...]
    number: int = 0


VALUE = Outer((Inner("稀土", date(2025, 4, 4)), Inner("")), 7)


def test_what_is_written_is_read_again():
    assert restored(Outer, canonical(VALUE)) == VALUE


def test_keys_are_sorted_and_signs_are_not_escaped():
    wanted = '{"inner":[{"day":"2025-04-04","word":"稀土"},{"day":null,"word":""}],"number":7}'
    assert canonical(VALUE).decode() == wanted


def test_the_order_of_keys_changes_no_hash():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_a_float_has_no_canonical_writing():
    with pytest.raises(TypeError, match="float has no canonical writing"):
        canonical({"share": 0.5})


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inner":1}', '{"word":"a"}', '{"inner":[],"number":"x"}'])
def test_other_bytes_are_refused(text):
    with pytest.raises(InputError, match="this stored record cannot be read"):
        restored(Outer, text)
