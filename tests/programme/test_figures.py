from __future__ import annotations

import pytest

from xenotime.core.errors import BookError
from xenotime.programme.figures import number, several, text
from xenotime.programme.profile import Line, Profile


def profile(value):
    return Profile("p", "P", "甲", "about", {"a": Line("a", value, "says", "own", "own")})


def test_a_line_says_the_figure_and_without_one_the_default_counts():
    assert (number(profile(3), "a", 7), number(profile(3), "b", 7)) == (3, 7)
    assert (text(profile("x"), "a", "y"), text(profile("x"), "b", "y")) == ("x", "y")
    assert (several(profile([1, "b"]), "a", ()), several(profile([]), "b", ("c",))) == (("1", "b"), ("c",))


@pytest.mark.parametrize(
    ("read", "value"), [(number, "3"), (number, True), (number, -1), (text, 3), (several, "a")]
)
def test_a_line_of_another_kind_is_refused(read, value):
    with pytest.raises(BookError):
        read(profile(value), "a", ())
