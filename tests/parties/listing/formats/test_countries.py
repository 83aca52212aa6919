from __future__ import annotations

import pytest

from xenotime.parties.listing.formats.countries import code, leading


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Democratic Republic of the Congo", "CD"),
        ("Burma", "MM"),
        ("People's Republic of China", "CN"),
        ("Hong Kong", "HK"),
        ("台湾", "TW"),
        ("中国, People's Republic of China", "CN"),
        ("Nowhere", ""),
    ],
)
def test_the_spellings_of_lists(text, found):
    assert code(text) == found


def test_a_country_in_front_of_a_name():
    assert leading("Democratic People's Republic of Korea Quill Co.") == ("KP", "Quill Co.")
    assert leading("Quillmoor Co., Hong Kong") == ("", "")
