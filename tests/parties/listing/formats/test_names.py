from __future__ import annotations

import pytest

from xenotime.parties.listing.formats.names import company, parted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quillmoor", [("Quillmoor", "primary")]),
        ("QUILLMOOR LABS, INC. (QLI)", [("QUILLMOOR LABS, INC. (QLI)", "primary")]),
        (
            "Quill, Invented (a.k.a. Quill Inventor; I. Quill)",
            [("Quill, Invented", "primary"), ("Quill Inventor", "strong"), ("I. Quill", "strong")],
        ),
        ("Quillmoor, a.k.a., QTL", [("Quillmoor", "primary"), ("QTL", "strong")]),
        ("Quillmoor formerly known as Moorquill", [("Quillmoor", "primary"), ("Moorquill", "former")]),
    ],
)
def test_other_names_in_the_cell_are_taken_apart(text, found):
    assert list(parted(text)) == found


def test_words_of_a_company():
    names = ("QUILL, S.A.", "Quill Institute", "PERSON, INVENTED", "Acorn")
    assert [company(n) for n in names] == [True, True, False, False]
