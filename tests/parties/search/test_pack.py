from __future__ import annotations

from array import array

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.search import pack

CONTENT = bytes(32)
PARTS = {"one": b"abc", "two": b"", "drei": bytes(range(256))}


def test_what_is_packed_is_unpacked():
    assert pack.unpack(pack.pack(PARTS, "1", CONTENT), "1", CONTENT) == PARTS


def test_numbers_and_texts_come_back():
    assert pack.array_of(pack.numbers(array("I", [1, 2, 3]))) == array("I", [1, 2, 3])
    for texts in ([], [""], ["a", "", "漢", "\ud800"]):
        assert pack.texts_of(pack.texts(texts)) == texts


def damaged():
    whole = pack.pack(PARTS, "1", CONTENT)
    at = len(whole) - 20
    return {
        "empty": b"",
        "foreign": b"PK\x03\x04" + bytes(200),
        "cut": whole[:-9],
        "head only": whole[:40],
        "one bit": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
        "longer than it says": whole[:79] + (3).to_bytes(8, "little") + whole[95:],
        "larger than any": whole[:95] + (1 << 40).to_bytes(8, "little") + whole[103:],
    }


@pytest.mark.parametrize("defect", damaged())
def test_damaged_bytes_are_refused(defect):
    with pytest.raises(InputError) as caught:
        pack.unpack(damaged()[defect], "1", CONTENT)
    assert caught.value.problem.next_step == "prepare it again from the list entries"


def test_another_version_or_content_is_refused():
    whole = pack.pack(PARTS, "1", CONTENT)
    with pytest.raises(InputError, match="another version"):
        pack.unpack(whole, "2", CONTENT)
    with pytest.raises(InputError, match="other entries"):
        pack.unpack(whole, "1", b"\x01" * 32)
