from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from xenotime.core import errors
from xenotime.core.errors import BookError
from xenotime.law.clash import check_clashes
from xenotime.law.instrument import as_list, load_yaml, parse_instrument
from xenotime.law.law import fold_book
from xenotime.law.read import read_book

MUSEUM = Path(__file__).parents[1] / "fixtures" / "law"
EXPECTED = tomllib.loads((MUSEUM / "expected.toml").read_text(encoding="utf-8"))
GOOD = """---
id: user/x
title: "A notice: with a colon"
title_zh: 公告
issuer: MOFCOM
published: 2025-01-02
read_until: 2025-02-03
class: watch_list
sources: [S1]
conflicts: [one says this, another that]
---

Prose before.

## Article 1.a: the first

Words before.

```yaml
cannot_encode: a reason
```

Words after.

## Note n: the second

```yaml
cannot_encode: another
```
"""


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_notice_is_refused_with_its_reason(name):
    text = (MUSEUM / f"{name}.md").read_text(encoding="utf-8")
    with pytest.raises(BookError) as caught:
        check_clashes(fold_book(read_book({f"{name}.md": text}), date(2026, 11, 21)))
    said, problem = str(caught.value), caught.value.problem
    assert [part for part in EXPECTED[name]["says"] if part not in said] == []
    assert type(caught.value) is getattr(errors, EXPECTED[name]["error"])
    assert [part for part in ("what", "where", "expected", "found") if not getattr(problem, part)] == []


def test_the_museum_is_complete():
    assert sorted(p.stem for p in MUSEUM.glob("*.md")) == sorted(EXPECTED)


def test_an_instrument_is_read():
    read = parse_instrument(GOOD, "x.md")
    assert (read.address, read.title, read.title_zh, read.issuer) == (
        "user/x",
        "A notice: with a colon",
        "公告",
        "MOFCOM",
    )
    assert (read.published, read.read_until, read.kind) == (date(2025, 1, 2), date(2025, 2, 3), "watch_list")
    assert (read.prose, read.texts("conflicts"), read.texts("claims")) == (
        "Prose before.",
        ("one says this", "another that"),
        (),
    )
    first, second = read.articles
    assert (first.address, first.part, first.title) == ("user/x/1.a", "1.a", "the first")
    assert (first.text, dict(first.block)) == (
        "Words before.\n\n\nWords after.",
        {"cannot_encode": "a reason"},
    )
    assert (second.address, second.text) == ("user/x/n", "")


def test_line_ends_and_a_byte_order_mark_change_nothing():
    other = parse_instrument("\ufeff" + GOOD.replace("\n", "\r\n"), "x.md")
    assert other == parse_instrument(GOOD, "x.md")


@pytest.mark.parametrize(
    ("old", "new", "what", "found"),
    [
        ("---\nid", "id", "this file has no front matter", "'id: user/x\\ntitle: \"A notice: with a colo'"),
        ("id: user/x", "id: User X", "this address is not safe in shell, URL and file name", "'User X'"),
        ("id: user/x", "id: ../x", "this address is not safe in shell, URL and file name", "'../x'"),
        ("issuer: MOFCOM\n", "", "the front matter lacks a key", "issuer: None"),
        ("watch_list", "wish_list", "this instrument has no known class", "wish_list"),
        ("sources: [S1]", "sources: []", "this instrument names no source", "none"),
        ("published: 2025-01-02", "published: 2 Jan 2025", "this is not a date", "'2 Jan 2025'"),
        ("Note n: the", "Article 1.a: the", "two articles have one address", "{'1.a'}"),
        ("```yaml\ncannot_encode: another\n```\n", "", "an article needs one rule block", "0 blocks"),
        ("cannot_encode: another", "- a\n- b", "the rule block is not a list of keys", ""),
        ("cannot_encode: another", "a: [", "this block is not plain YAML", None),
        ("cannot_encode: another", "a: &x b", "this block is not plain YAML", None),
        ("cannot_encode: another", "a: !!python/none b", "this block is not plain YAML", None),
    ],
)
def test_a_part_that_is_missing_or_wrong_is_named(old, new, what, found):
    assert old in GOOD
    with pytest.raises(BookError) as caught:
        parse_instrument(GOOD.replace(old, new, 1), "x.md")
    problem = caught.value.problem
    assert (problem.what, problem.where.startswith("x.md")) == (what, True)
    assert found is None or problem.found == found


def test_yaml_is_texts_only():
    read = load_yaml("a: yes\nb: 1.0\nc: 2025-01-01\nd: [null, ~]\ne: {f: 0x1F}", "here")
    assert read == {"a": "yes", "b": "1.0", "c": "2025-01-01", "d": ["null", "~"], "e": {"f": "0x1F"}}
    assert [as_list(v) for v in (None, "", "x", ["a", "b"])] == [(), (), ("x",), ("a", "b")]


def test_too_much_yaml_is_refused():
    with pytest.raises(BookError, match="too long to be read"):
        load_yaml("a: " + "x" * 1_000_001, "here")
    with pytest.raises(BookError):
        load_yaml("[" * 5000, "here")


def test_objections_are_claims_of_their_own():
    row = "objections: [{says: it breaks a duty, who: a state, day: 2025-01-02, confidence: P}]\n"
    made = parse_instrument(GOOD.replace("sources: [S1]", f"{row}sources: [S1]", 1), "x.md")
    assert [str(o) for o in made.objections] == ["it breaks a duty (a state, 2025-01-02, P)"]
    assert made.claims == ()
    with pytest.raises(BookError, match="does not say who"):
        parse_instrument(GOOD.replace("sources: [S1]", "objections: [{says: x}]\nsources: [S1]", 1), "x.md")
