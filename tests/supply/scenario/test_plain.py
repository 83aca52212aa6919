from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import AddressError, InputError
from xenotime.supply.scenario.plain import MOST_BYTES, Entry, plain
from xenotime.supply.scenario.read import names, parse, source


def test_every_value_is_text_and_knows_its_line():
    root = plain("id: no\nlist:\n  - 1.5\n  - on: 2025-04-04\n", "x.yaml")
    assert root.value == {
        "id": Entry("no", "x.yaml, line 1"),
        "list": Entry(
            (
                Entry("1.5", "x.yaml, line 3"),
                Entry({"on": Entry("2025-04-04", "x.yaml, line 4")}, "x.yaml, line 4"),
            ),
            "x.yaml, line 3",
        ),
    }


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("a: " + "x" * MOST_BYTES, "this file is too long for a scenario", "x.yaml"),
        ("- a\n- b\n", "this file is no scenario", "x.yaml"),
        ("", "this file is no scenario", "x.yaml"),
        ("a: *b\n", "this file is not plain YAML", "x.yaml, line 1"),
        ("a: !!python/name:os.system x\n", "this file is not plain YAML", "x.yaml, line 1"),
        ("a: 1\n? [b, c]\n: 2\n", "this key is no plain word", "x.yaml, line 2"),
        ("a: " + "[" * 3000, "this file is not plain YAML", "x.yaml, line 1"),
        ("a: {b: {c: 1, c: 2}}\n", "a key stands twice here", "x.yaml, line 1"),
    ],
)
def test_what_is_not_plain_is_refused(text, what, where):
    with pytest.raises(InputError) as caught:
        plain(text, "x.yaml")
    assert (caught.value.problem.what, caught.value.problem.where) == (what, where)


def told(made):
    """What is wrong with a text, None when it is read."""
    try:
        made()
    except (InputError, AddressError) as error:
        return error.problem
    return None


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_four_parts(text):
    problem = told(lambda: plain(text, "x.yaml"))
    parts = ("what", "where", "expected", "next_step")
    assert [part for part in parts if problem and not getattr(problem, part)] == []


@given(st.sampled_from(names()), st.integers(0, 6000), st.text("\n:-{}[]&*!#'\"%0aé", max_size=3))
def test_a_file_of_the_library_with_a_slip_is_read_or_refused(name, place, slip):
    text = source(name)
    at = place % len(text)
    problem = told(lambda: parse(f"{text[:at]}{slip}{text[at + len(slip) :]}", "x.yaml"))
    assert [part for part in ("what", "expected") if problem and not getattr(problem, part)] == []
