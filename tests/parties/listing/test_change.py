from __future__ import annotations

from dataclasses import replace

from xenotime.parties.listing.change import Change, EntryChange, FieldChange, diff
from xenotime.parties.listing.entry import ListedName


def test_the_same_entries_in_another_order_are_no_change(entry):
    one, two = entry("1"), entry("2")
    assert diff([one, two], [two, replace(one, source="line 7")]) == Change()
    assert not diff([], [])


def test_added_removed_and_changed_are_told_apart(entry):
    old, gone, new = entry("1", "Quillmoor", "QMW"), entry("2"), entry("3")
    now = replace(old, names=(*old.names[:1], ListedName("Quill", "former", "Latn")), remark="moved")
    change = diff([old, gone], [now, new])
    assert change == Change(
        (new,),
        (gone,),
        (
            EntryChange(
                old,
                now,
                (
                    FieldChange("names", (ListedName("QMW", "strong", "Latn"),), (now.names[1],)),
                    FieldChange("remark", ("",), ("moved",)),
                ),
            ),
        ),
    )
    assert (bool(change), change.touched) == (True, (new, now))
