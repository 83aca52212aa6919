"""The records of an XML list, one at a time; document types and entities are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.source import Source

MOST_DEPTH = 40
MOST_TEXT = 2**20
MOST_TOKEN = 2 * 2**20


@dataclass(slots=True)
class Element:
    """An element without its namespace: its text, its children, and the line it begins on."""

    tag: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, path: str) -> list[Element]:
        """The descendants at a path of tags such as ``akaList/aka``."""
        found = [self]
        for tag in path.split("/"):
            found = [c for e in found for c in e.children if c.tag == tag]
        return found

    def get(self, path: str) -> str:
        """The text of the first element at a path; "" when there is none."""
        return next((e.text for e in self.all(path) if e.text), "")

    def texts(self, path: str) -> list[str]:
        """The texts of all elements at a path, empty ones left out."""
        return [e.text for e in self.all(path) if e.text]


class _Builder:
    """Makes elements of some tags whole, and forgets everything else."""

    def __init__(self, source: Source, tags: frozenset[str]) -> None:
        self.source = source
        self.tags = tags
        self.depth = 0
        self.size = 0
        self.open: list[Element] = []
        self.ready: list[Element] = []
        self.parser = expat.ParserCreate(None if source.encoding.startswith("utf") else source.encoding)
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        tag = name.rpartition(":")[2]
        if self.depth > MOST_DEPTH:
            raise self._refused(f"at most {MOST_DEPTH} elements inside each other", "more")
        if self.depth == 1:
            self.ready.append(Element(tag, self.parser.CurrentLineNumber, dict(attributes)))
        elif self.open or tag in self.tags:
            made = Element(tag, self.parser.CurrentLineNumber, dict(attributes))
            if self.open:
                self.open[-1].children.append(made)
            self.open.append(made)

    def end(self, name: str) -> None:
        del name
        self.depth -= 1
        if self.open:
            done = self.open.pop()
            done.text = " ".join(done.text.split())
            if not self.open:
                self.ready.append(done)
                self.size = 0

    def text(self, text: str) -> None:
        if self.open:
            self.size += len(text)
            if self.size > MOST_TEXT:
                raise self._refused(f"at most {MOST_TEXT} characters in a record", "more")
            self.open[-1].text += text

    def doctype(self, *declared: object) -> None:
        found = f"a declaration of {declared[0]}"
        raise self._refused("a list without a document type or entities", found)

    def _refused(self, expected: str, found: str) -> InputError:
        return InputError(
            "this XML is refused",
            where=f"{self.source.name}, line {self.parser.CurrentLineNumber}",
            expected=expected,
            found=found,
            next_step="fetch the list from its publisher; nothing was changed",
        )

    def feed(self, piece: bytes, *, final: bool) -> list[Element]:
        try:
            self.parser.Parse(piece, final)
        except expat.ExpatError as error:
            line = self.parser.CurrentLineNumber
            raise self.source.broken(f"the XML ends or breaks here ({error})", line) from error
        done, self.ready = self.ready, []
        return done


def elements(source: Source, *tags: str) -> Iterator[Element]:
    """The root without its children, then every whole element of the given tags, in file order.

    Raises InputError for a document type, an entity, too much in one record, and a file that is cut off.
    """
    builder, fed = _Builder(source, frozenset(tags)), 0
    for piece in source.raw():
        yield from builder.feed(piece, final=False)
        fed += len(piece)
        if fed - builder.parser.CurrentByteIndex > MOST_TOKEN:
            raise source.broken("a tag that does not end", builder.parser.CurrentLineNumber)
    yield from builder.feed(b"", final=True)
