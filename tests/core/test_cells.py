from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.cells import harmless, original


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("x")',
        "+urgent",
        "-call",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1+1",
        "-1+cmd|' /C calc'!A0",
        "'=1",
    ],
)
def test_what_could_run_gets_an_apostrophe_and_gives_it_back(text):
    assert harmless(text) == "'" + text
    assert original(harmless(text)) == text


@pytest.mark.parametrize("text", ["", "steel", "-12.5", "+4", "1e-3", "5%", "-0.1%", "it's", "'tis", "a=b"])
def test_what_cannot_run_stays(text):
    assert (harmless(text), original(text)) == (text, text)


@given(st.text() | st.text(alphabet="'=+-@ \t0.1＝", max_size=6))
def test_every_text_comes_back(text):
    assert original(harmless(text)) == text


@given(st.text(alphabet="'=+-@ \t\r\na1", max_size=6))
def test_no_harmless_text_starts_like_a_formula(text):
    safe = harmless(text)
    assert safe.lstrip()[:1] not in ("=", "@")
    assert safe.lstrip()[:1] not in ("+", "-") or safe.strip()[1:].isdigit()
