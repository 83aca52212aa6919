"""Foreign text: one writing for each value."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import SealError
from xenotime.seal.strict import decoded, encoded, parsed


@given(st.binary(max_size=200))
def test_base64url_round_trip(data):
    assert decoded(encoded(data), 200) == data


@pytest.mark.parametrize("text", ["YQ==", "YR", "Y", "YQ\n", " YQ", "Y+8", "Y/8", "Ýü", "YQ=", "Y.Q"])
def test_another_writing_is_refused(text):
    with pytest.raises(SealError, match="cannot be read"):
        decoded(text, 10)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_no_other_text_has_these_bytes(data, draw):
    text = encoded(data)
    place = draw.draw(st.integers(0, len(text) - 1))
    other = text[:place] + draw.draw(st.characters(max_codepoint=255)) + text[place + 1 :]
    if other != text:
        with suppress(SealError):
            assert decoded(other, 40) != data


def test_length_is_bounded():
    assert len(decoded(encoded(bytes(30)), 30)) == 30
    with pytest.raises(SealError, match="at most 30 bytes"):
        decoded(encoded(bytes(31)), 30)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":2}',
        b'{"o":{"a":1,"\\u0061":2}}',
        b"[1.0]",
        b"[1e3]",
        b"[NaN]",
        b"[Infinity]",
        b'"\xff"',
        b"",
        b"{} {}",
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000,
        b"1" * 5_000,
        b"[" + b"1," * 600_000 + b"1]",
    ],
)
def test_broken_json_is_refused(text):
    with pytest.raises(SealError, match="cannot be read"):
        parsed(text, 1_000_000)


def test_depth_of_32_is_read():
    text = b"[" * 32 + b"]" * 32
    assert parsed(text, 100) is not None
