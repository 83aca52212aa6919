from __future__ import annotations

import pytest

from xenotime.parties.listing.script import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Größe & Söhne", "Latn"),
        ("Квиллмур", "Cyrl"),
        ("شركة", "Arab"),
        ("퀼무어", "Kore"),
        ("クィル磁石", "Jpan"),
        ("虚构公司", "Hani"),
        ("𠀀公司", "Hani"),
        ("7799", ""),
        ("・", "Jpan"),
        ("±", ""),
    ],
)
def test_the_script_of_a_name(text, script):
    assert script_of(text) == script
