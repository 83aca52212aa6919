from __future__ import annotations

import io
import json

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.objects import Objects
from xenotime.parties.listing.formats.source import Source


def objects(text, *keys):
    return Objects(Source(io.BytesIO(text.encode() if isinstance(text, str) else text), "inv.json"), keys)


def test_elements_come_one_by_one_with_their_line():
    assert list(objects('[\n{"a": 1},\n\n{"b": 2.50}\n]\n')) == [(2, {"a": "1"}), (4, {"b": "2.50"})]
    assert list(objects("[]")) == []


def test_the_head_is_what_stands_beside_the_list():
    found = objects('{"day": "x", "results": [{"a": true}], "total": 1}', "results")
    assert (list(found), found.head) == ([(1, {"a": True})], {"day": "x", "total": "1"})


def test_pieces_may_break_anywhere():
    items = [{"name": '虚构\\"磁材 ' + "x" * (n * 997 % 4000), "n": str(n)} for n in range(200)]
    text = json.dumps({"h": [1, 2, 3], "results": items}, ensure_ascii=False)
    assert [item for _, item in objects(text, "results")] == items


@pytest.mark.parametrize(
    ("text", "what", "found"),
    [
        ('[{"a": 1}, {"b"', "this file is not whole", "the JSON stops in the middle"),
        ('[{"a": 1}', "this file is not whole", "the JSON stops in the middle"),
        ('{"results": [', "this file is not whole", "the JSON stops in the middle"),
        ('[{"a": "never ends', "this file is not whole", "the JSON stops in the middle"),
        ('[{"a": 1} {"b": 2}]', "this file is not the JSON that was expected", "'{'"),
        (
            '[{"a": nonsense, "b": "and so on, far from the end"}]',
            "this file is not the JSON that was expected",
            "Expecting value",
        ),
        ("[1]", "this file is not the JSON that was expected", "'1'"),
        ('{"a": 1}', "this file is not the JSON that was expected", "no such list"),
        ("[] []", "this file is not the JSON that was expected", "["),
        ("x", "this file is not the JSON that was expected", "x"),
        ("[" * 100_000, "this file is not the JSON that was expected", "values nested too deep"),
    ],
    ids=range(11),
)
def test_broken_json_is_refused(refused, text, what, found):
    with pytest.raises(InputError) as raised:
        list(objects(text, "results"))
    assert (refused(raised)[0], refused(raised)[2]) == (what, found)


def test_a_value_without_end_is_refused_after_a_bounded_part(monkeypatch, refused):
    monkeypatch.setattr("xenotime.parties.listing.formats.objects.MOST_VALUE", 2**18)

    class Endless:
        given = 0

        def read(self, size):
            self.given += size
            return b'[{"a": "'.ljust(size, b"x") if self.given == size else b"x" * size

    stream = Endless()
    with pytest.raises(InputError) as raised:
        list(Objects(Source(stream, "inv.json")))
    assert refused(raised)[0] == "this file is not the JSON that was expected"
    assert stream.given < 2**21
