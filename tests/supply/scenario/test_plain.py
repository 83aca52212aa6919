from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.supply.scenario.plain import MOST_BYTES, Entry, plain


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
