from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListingEvent
from xenotime.parties.listing.lines import canonical, digest, dump, load


def test_entries_come_back_as_they_were_kept(entry):
    kept = (
        entry("1", "Quillmoor", "QMW", countries=("CN",), identifiers=(Identifier("LEI", "X", "CN"),)),
        entry("2", events=(ListingEvent("listed", None),), remark="line\nbreak", source="inv, line 2"),
    )
    assert load(dump(kept), "inv") == kept
    assert load(dump(()), "inv") == ()


def test_the_hash_knows_neither_order_nor_list_nor_place(entry):
    one, two = entry("1"), entry("2")
    moved = replace(one, list_id="other", source="elsewhere, line 9")
    assert digest([one, two]) == digest([two, moved])
    assert canonical(one) == canonical(moved)


def test_the_hash_sees_every_field_that_matters(entry):
    first = entry("1")
    others = [
        replace(first, entry="2"),
        replace(first, names=entry("1", "Other").names),
        replace(first, kind="person"),
        replace(first, countries=("CN",)),
        replace(first, identifiers=(Identifier("LEI", "X"),)),
        replace(first, addresses=("1 Invented Road",)),
        replace(first, programmes=("P",)),
        replace(first, authority="nobody"),
        replace(first, events=()),
        replace(first, remark="r"),
    ]
    assert len({digest([e]) for e in [first, *others]}) == 11


@pytest.mark.parametrize("text", ["[1]", "{", '["1","unknown",[["a"]]]'])
def test_text_that_nobody_dumped_is_refused(text):
    with pytest.raises(InputError, match="a kept list version cannot be read"):
        load(text, "inv")
