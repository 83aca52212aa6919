from __future__ import annotations

import io

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats import markup
from xenotime.parties.listing.formats.markup import elements
from xenotime.parties.listing.formats.source import Source

LAUGHS = """<!DOCTYPE list [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><list><e>&b;</e></list>"""
OUTSIDE = """<!DOCTYPE list [<!ENTITY x SYSTEM "file:///secret">]><list><e>&x;</e></list>"""


def source(text):
    return Source(io.BytesIO(text if isinstance(text, bytes) else text.encode()), "inv.xml")


def test_the_root_comes_first_then_each_record_whole():
    root, one, two = elements(
        source('<n:list xmlns:n="x" day="1">\n<e><a>A</a><b><a> B\n C</a></b></e><f/><e/></n:list>'), "e"
    )
    assert (root.tag, root.attributes["day"], root.children) == ("list", "1", [])
    assert (one.line, one.get("a"), one.texts("b/a"), one.get("none")) == (2, "A", ["B C"], "")
    assert two.children == []


def test_other_encodings_are_read_as_they_say():
    text = '<?xml version="1.0" encoding="{}"?><l><e>Größe</e></l>'
    for name in ("utf-8", "iso-8859-1", "utf-16"):
        assert [e.text for e in elements(source(text.format(name).encode(name)), "e")] == ["", "Größe"]
    declared = Source(io.BytesIO("<l><e>53–59</e></l>".encode("cp1252")), "inv.xml", "cp1252")
    assert [e.text for e in elements(declared, "e")] == ["", "53–59"]


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, "<!DOCTYPE list><list/>"], ids=["bomb", "outside", "bare"])
def test_a_document_type_is_refused(refused, text):
    with pytest.raises(InputError) as raised:
        list(elements(source(text), "e"))
    assert refused(raised) == ("this XML is refused", "inv.xml, line 1", "a declaration of list")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<l>" + "<e>" * 60 + "</e>" * 60 + "</l>", "this XML is refused"),
        ("<l><e>" + "x" * (2**20 + 1) + "</e></l>", "this XML is refused"),
        ("<l><e>A</e>", "this file is not whole"),
        ("<l><e>A</f></l>", "this file is not whole"),
        ("<l>&nbsp;</l>", "this file is not whole"),
        (b"<l><e>\xff</e></l>", "this file is not whole"),
        ("<l/><l/>", "this file is not whole"),
    ],
    ids=["too deep", "too much", "cut", "crossed", "unknown entity", "not UTF-8", "two roots"],
)
def test_what_breaks_is_refused(refused, text, what):
    with pytest.raises(InputError) as raised:
        list(elements(source(text), "e"))
    assert refused(raised)[0] == what


@pytest.mark.parametrize("opening", [b"<l><e a='", b"<l><", b"<l><e>"])
def test_an_endless_token_is_refused_after_a_bounded_part(opening, refused):
    class Endless:
        given = 0

        def read(self, size):
            self.given += size
            return opening.ljust(size, b"x") if self.given == size else b"x" * size

    stream = Endless()
    with pytest.raises(InputError) as raised:
        list(elements(Source(stream, "inv.xml"), "e"))
    assert refused(raised)[0] in {"this file is not whole", "this XML is refused"}
    assert stream.given < 3 * markup.MOST_TOKEN
