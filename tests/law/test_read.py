"""Whose book is read: by jurisdiction, with the notices that belong to it."""

from __future__ import annotations

from collections import Counter

import pytest

from xenotime.core.errors import BookError
from xenotime.law.read import JURISDICTIONS, book_files, jurisdiction_of, notices_of, read_book

NOTICE = """---
id: {address}
title: An invented notice
issuer: nobody
published: 2026-10-01
class: rule
sources: [INVENTED]
sources_here: {{INVENTED: {{what: a made-up text, url: "", day: 2026-10-01, tag: D}}}}
---

## Article 1: nothing

```yaml
cannot_encode: invented
```
"""
US, MINE = NOTICE.format(address="us/mine"), NOTICE.format(address="mine/notice")


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_a_book_holds_its_own_instruments_and_says_whose_it_is(jurisdiction):
    book = read_book(jurisdiction=jurisdiction)
    assert Counter(a.split("/")[0] for a in book.instruments) == {jurisdiction: len(book.instruments)}
    assert (book.jurisdiction, {n.split("/")[0] for n in book_files(jurisdiction)}) == (
        jurisdiction,
        {"facts.toml", jurisdiction},
    )


def test_a_notice_is_laid_over_the_book_that_it_belongs_to():
    laid = {"us_mine.md": US, "mine.md": MINE}
    assert [notices_of(laid, j) for j in ("cn", "us")] == [{"mine.md": MINE}, {"us_mine.md": US}]
    us, cn = read_book(laid, "us"), read_book(laid)
    assert (us.overlays, cn.overlays) == (("us_mine.md",), ("mine.md",))
    assert ("us/mine" in us.instruments, "us/mine" in cn.instruments) == (True, False)
    assert (us.hash != read_book(jurisdiction="us").hash, us.jurisdiction) == (True, "us")


def test_an_address_of_no_jurisdiction_belongs_to_the_first_book():
    assert [jurisdiction_of(a) for a in ("us/ear-734-4/d", "cn/x", "house/x")] == ["us", "cn", "cn"]


def test_a_jurisdiction_that_has_no_book_is_refused():
    with pytest.raises(BookError) as raised:
        read_book(jurisdiction="atlantis")
    assert (raised.value.problem.found, raised.value.problem.expected) == (
        "'atlantis'",
        ", ".join(JURISDICTIONS),
    )


def test_a_fact_may_not_be_declared_twice():
    files = book_files("us")
    files["us/facts.toml"] += '[to]\ntype = "country"\nabsence = "unknown"\n'
    with pytest.raises(BookError) as raised:
        read_book(jurisdiction="us", files=files)
    assert (raised.value.problem.what, raised.value.problem.found) == ("a fact is declared twice", "to")


@pytest.mark.parametrize("name", ["groups", "inputs", "lists", "minimis", "parties"])
def test_a_table_that_facts_are_made_by_is_in_the_hash_of_the_law(name):
    files = book_files("us")
    files[f"us/{name}.toml"] += "\n# another line\n"
    assert read_book(jurisdiction="us", files=files).hash != read_book(jurisdiction="us").hash
