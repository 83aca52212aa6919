"""The names of all list entries, prepared so that a query is compared only with those that it could be.

Nothing that would reach the floor is left out: see `sieve`. A property test compares every answer with a
full scan.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListEntry
from xenotime.parties.matching import align, han, syllables
from xenotime.parties.naming.name import HAN, LATIN, PINYIN, Name
from xenotime.parties.search import pack, sieve
from xenotime.parties.search.apart import FLOORS, TELLING, slip
from xenotime.parties.search.letters import Letters
from xenotime.parties.search.roll import KINDS, Roll, enrol, heaviness, reader
from xenotime.parties.search.signs import Signs
from xenotime.parties.search.table import Hashed, Table
from xenotime.parties.search.words import MOST, Words

#: Part of every prepared index and of every screening record: it changes when a score could change.
ENGINE = "1"
#: Changes when what a prepared index holds changes; an old one is then prepared again.
_VERSION = f"{ENGINE}, layout 3"
_RANKS = ("rarest", "second", "third")
_ROWS = ("holders", "anchors", "seconds")
_TABLES = ("linked", "sewn", "runs", "keys", "lone")
_CEILINGS: dict[str, sieve.Ceiling] = {
    LATIN: align.ceiling,
    PINYIN: syllables.ceiling,
    HAN: han.ceiling,
}


class Index:
    """List entries by key, word, neighbours, character, syllable and identifier."""

    def __init__(
        self,
        entries: Sequence[ListEntry],
        roll: Roll,
        rows: Sequence[Table],
        ranks: Sequence[array[int]],
        tables: Sequence[Hashed],
        letters: Letters,
    ) -> None:
        """Take prepared tables as they are; `of` and `load` make them."""
        self.entries = tuple(entries)
        self.view = reader(roll, self.entries)
        self._roll, self._rows, self._ranks, self._tables = roll, tuple(rows), tuple(ranks), tuple(tables)
        self._words = Words(roll, rows[0], letters, *self._tables[:3])
        self._signs = Signs(roll, rows[0])
        self._shelves = {kind: _shelf(roll, rows, ranks, self._tables[4], kind) for kind in KINDS}
        self._codes: dict[tuple[str, str], list[int]] = {}
        for number, entry in enumerate(self.entries):
            for code in entry.identifiers:
                self._codes.setdefault(_code(code), []).append(number)

    @classmethod
    def of(cls, entries: Sequence[ListEntry]) -> Index:
        """The index of these entries.

        Raises InputError for more than 4 million views of names.
        """
        roll = enrol(entries)
        _bounded(roll)
        views = range(len(roll.entry))
        holders = Table.of(len(roll.vocabulary), _holdings(roll, views))
        keys = Hashed.of([(_key(roll, view), view) for view in views])
        words = Words.of(roll, holders, range(*roll.span(LATIN)))
        ranks = _ranked(roll, holders)
        anchors, seconds, lone = _anchored(roll, ranks)
        return cls(
            entries, roll, (holders, anchors, seconds), ranks, (*words.tables, keys, lone), words.letters
        )

    def __len__(self) -> int:
        return len(self._roll.entry)

    def entry(self, view: int) -> int:
        """The number of the entry that a view belongs to."""
        return self._roll.entry[view]

    def holders(self, codes: Iterable[Identifier]) -> list[int]:
        """The numbers of the entries that have one of these identifiers."""
        return sorted({number for code in codes for number in self._codes.get(_code(code), ())})

    def candidates(self, name: Name) -> list[int]:
        """The views that are not surely `apart` from a name, likeliest first."""
        found = self._sifted(name)
        low, high = self._roll.span(name.kind)
        for view in self._tables[3].get(name.key):
            if low <= view < high and self.view(view).key == name.key:
                found[view] = sieve.WHOLE * sieve.HEAVIEST
        return sorted(found, key=lambda view: (-found[view], view))

    def _sifted(self, name: Name) -> dict[int, int]:
        need = sieve.needs(_CEILINGS[name.kind], FLOORS[name.kind], heaviness(name))
        return sieve.sift(self._features(name), need, self._shelves[name.kind])

    def _features(self, name: Name) -> list[sieve.Feature]:
        if name.kind == LATIN:
            return self._words.features(name.tokens)
        return self._signs.characters(name) if name.kind == HAN else self._signs.syllables(name)

    def dump(self) -> bytes:
        """The prepared state as bytes, for `load`."""
        tables = dict(zip(_TABLES, (t.table for t in self._tables), strict=True))
        tables |= dict(zip(_ROWS, self._rows, strict=True))
        flat = {
            f"{name}.{part}": pack.numbers(getattr(table, part))
            for name, table in tables.items()
            for part in ("starts", "members")
        }
        ranks = {name: pack.numbers(column) for name, column in zip(_RANKS, self._ranks, strict=True)}
        parts = self._roll.parts() | flat | ranks | self._words.letters.parts()
        return pack.pack(parts, _VERSION, content_hash(self.entries))

    @classmethod
    def load(cls, data: bytes, entries: Sequence[ListEntry]) -> Index:
        """The index that `dump` wrote for these entries.

        Raises InputError if the bytes are damaged, foreign, of another version or of other entries.
        """
        parts = pack.unpack(data, _VERSION, content_hash(entries))
        tables = [
            Table(pack.array_of(parts[f"{name}.starts"]), pack.array_of(parts[f"{name}.members"]))
            for name in (*_ROWS, *_TABLES)
        ]
        ranks = [pack.array_of(parts[name]) for name in _RANKS]
        hashed = [Hashed(table) for table in tables[3:]]
        return cls(entries, Roll.of_parts(parts), tables[:3], ranks, hashed, Letters.of_parts(parts))


def content_hash(entries: Sequence[ListEntry]) -> bytes:
    """The hash of what an index is made from: names in order, with the kind of their entry (32 bytes)."""
    made = hashlib.sha256()
    for entry in entries:
        texts = "\x1f".join([entry.list_id, entry.entry, entry.kind, *(n.text for n in entry.names)])
        made.update(f"{texts}\x1e".encode("utf-8", "surrogatepass"))
    return made.digest()


def _bounded(roll: Roll) -> None:
    if len(roll.entry) > MOST:
        raise InputError(
            "these lists have too many names for one index",
            where="party lists",
            expected=f"at most {MOST:,} readings of names",
            found=f"{len(roll.entry):,}",
            next_step="screen against fewer lists at a time",
        )


def _holdings(roll: Roll, views: range) -> list[tuple[int, int]]:
    return [(word, view) for view in views for word in dict.fromkeys(roll.words.row(view))]


def _shelf(
    roll: Roll, rows: Sequence[Table], ranks: Sequence[array[int]], lone: Hashed, kind: str
) -> sieve.Shelf:
    """The views of a kind; which of its words tell parties apart."""
    least = {LATIN: TELLING, HAN: 1, PINYIN: sieve.HEAVIEST}[kind]
    tells = bytes(len(roll.vocabulary)) if kind == PINYIN else roll.tells(kind)
    holders, anchors, seconds = rows
    low, high = roll.span(kind)
    return sieve.Shelf(
        low,
        high,
        roll.weight,
        roll.many,
        roll.words,
        holders,
        anchors,
        seconds,
        lone,
        ranks,
        roll.vocabulary,
        tells,
        sieve.WHOLE * least,
        slip if kind == LATIN else None,
    )


def _ranked(roll: Roll, holders: Table) -> tuple[array[int], ...]:
    """The three rarest telling words of each view."""
    ranks = tuple(array("I", [sieve.NONE]) * len(roll.entry) for _ in range(3))
    for kind in (LATIN, HAN):
        tells = roll.tells(kind)
        for view in range(*roll.span(kind)):
            telling = [word for word in dict.fromkeys(roll.words.row(view)) if tells[word]]
            for column, word in zip(ranks, sorted(telling, key=holders.size), strict=False):
                column[view] = word
    return ranks


def _anchored(roll: Roll, ranks: Sequence[array[int]]) -> tuple[Table, Table, Hashed]:
    """Each view under its rarest telling word (or all its words), the next, a lone one's letter."""
    pairs, lone = [], []
    for view, word in enumerate(ranks[0]):
        if word == sieve.NONE:
            pairs += [(one, view) for one in dict.fromkeys(roll.words.row(view))]
        else:
            pairs.append((word, view))
        if word != sieve.NONE and ranks[1][view] == sieve.NONE:
            lone.append((roll.vocabulary[word][:1], view))
    size = len(roll.vocabulary)
    after = [(word, view) for view, word in enumerate(ranks[1]) if word != sieve.NONE]
    return Table.of(size, pairs), Table.of(size, after), Hashed.of(lone)


def _key(roll: Roll, view: int) -> str:
    return "".join(roll.tokens(view))


def _code(code: Identifier) -> tuple[str, str]:
    return code.kind.upper(), code.value.upper().replace(" ", "")
