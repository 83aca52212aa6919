from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import BookError
from xenotime.law.read import packaged, packaged_names
from xenotime.parties.lists import COLUMNS, ListEntry, parse_list

HEAD = ",".join(COLUMNS) + "\n"
DAY = date(2026, 6, 22)


def test_a_row_is_read_whole():
    text = "\ufeff" + HEAD + '4,"IMSAR, LLC",美国IMSAR公司,IMSAR|Imsar Inc,us,,,seen\n'
    entry = ListEntry(
        "cn/x", "4", "IMSAR, LLC", DAY, "美国IMSAR公司", ("IMSAR", "Imsar Inc"), "US", note="seen"
    )
    assert parse_list(text, "cn/x", DAY) == (entry,)
    assert entry.names == ("IMSAR, LLC", "美国IMSAR公司", "IMSAR", "Imsar Inc")


def test_an_entry_with_a_chinese_name_only_has_a_name():
    (entry,) = parse_list(HEAD + "1,,拉法特集团,,,,,\n", "cn/x", DAY)
    assert (entry.name, entry.name_zh) == ("拉法特集团", "拉法特集团")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("entry,name\n1,A\n", "this party list has other columns"),
        (HEAD + "1,,,,,,,\n", "a list entry has no number or no name"),
        (HEAD + ",A,,,,,,\n", "a list entry has no number or no name"),
        (HEAD + "1,A,,,,,,\n1,B,,,,,,\n", "an entry number is used twice"),
    ],
)
def test_a_wrong_list_is_refused(text, what):
    with pytest.raises(BookError) as caught:
        parse_list(text, "cn/x", DAY, "lists/x.csv")
    assert caught.value.problem.what == what


def test_the_packaged_lists_name_as_many_as_the_notices():
    sizes = {n: len(parse_list(packaged(n), n, DAY)) for n in packaged_names("cn/lists", ".csv")}
    control = "2025-1 2025-13 2025-21 2025-22 2025-35 2025-51 2026-11 2026-20 2026-23 2026-27 2026-30".split()
    assert [sizes[f"cn/lists/mofcom-{n}.csv"] for n in control] == [28, 15, 16, 12, 8, 3, 20, 7, 10, 20, 14]
    assert [sizes[f"cn/lists/mofcom-2026-{n}.csv"] for n in (12, 28)] == [20, 20]
    unreliable = [sizes[n] for n in sorted(sizes) if "/uel-" in n]
    assert unreliable == [2, 3, 10, 7, 4, 2, 10, 11, 6, 3, 15]
