"""Every view of every listed name, in columns: what an index keeps of the entries."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.matching import align, han, tokens
from xenotime.parties.naming.name import HAN, LATIN, PINYIN, Name
from xenotime.parties.naming.views import views
from xenotime.parties.search import pack
from xenotime.parties.search.apart import TELLING
from xenotime.parties.search.sieve import HEAVIEST
from xenotime.parties.search.table import Table

KINDS = (LATIN, PINYIN, HAN)
_KEPT = 16384


@dataclass(frozen=True, slots=True)
class Roll:
    """The views of all names, numbered by kind and, inside it, from little weight to much.

    View i belongs to name `listed[i]` of entry `entry[i]`, has the words `words.row(i)` out of
    `vocabulary`, `many[i]` of them different, the total `weight[i]`, the reading and legal forms
    `signs[sign[i]]`, and the text `texts[text[i] - 1]`, or the listed one where `text[i]` is 0. `first`
    tells where each kind begins, `heavy` what each word of the vocabulary weighs.
    """

    entry: array[int]
    listed: array[int]
    sign: array[int]
    text: array[int]
    weight: array[int]
    many: array[int]
    words: Table
    heavy: array[int]
    vocabulary: list[str]
    signs: list[str]
    texts: list[str]
    first: array[int]

    def span(self, kind: str) -> tuple[int, int]:
        """From which number to which (not with it) the views of a kind run."""
        place = KINDS.index(kind)
        return self.first[place], self.first[place + 1]

    def tokens(self, number: int) -> tuple[str, ...]:
        """The tokens of a view; a character is kept with its weight behind it, which is left out here."""
        found = [self.vocabulary[word] for word in self.words.row(number)]
        return tuple(found) if number < self.first[2] else tuple([sign[:1] for sign in found])

    def tells(self, kind: str) -> bytes:
        """For each word of the vocabulary, 1 where it tells parties apart: a heavy one, any character."""
        if kind == HAN:
            return b"\x01" * len(self.vocabulary)
        return bytes([weight >= TELLING for weight in self.heavy])

    def parts(self) -> dict[str, bytes]:
        """The columns as bytes."""
        columns = {name: pack.numbers(getattr(self, name)) for name in _COLUMNS}
        lists = {name: pack.texts(getattr(self, name)) for name in _LISTS}
        flat = {"starts": pack.numbers(self.words.starts), "members": pack.numbers(self.words.members)}
        return columns | lists | flat

    @classmethod
    def of_parts(cls, parts: dict[str, bytes]) -> Roll:
        """The roll that `parts` wrote."""
        words = Table(pack.array_of(parts["starts"]), pack.array_of(parts["members"]))
        vocabulary, signs, texts = (pack.texts_of(parts[name]) for name in _LISTS)
        columns = {name: pack.array_of(parts[name]) for name in _COLUMNS}
        return cls(**columns, words=words, vocabulary=vocabulary, signs=signs, texts=texts)


_COLUMNS = ("entry", "listed", "sign", "text", "weight", "many", "first", "heavy")
_LISTS = ("vocabulary", "signs", "texts")


def reader(roll: Roll, entries: Sequence[ListEntry]) -> Callable[[int], Name]:
    """The view of a number, made when asked for; the latest are kept."""

    @lru_cache(maxsize=_KEPT)
    def read(number: int) -> Name:
        how, _, forms = roll.signs[roll.sign[number]].partition("|")
        place = roll.text[number]
        listed = entries[roll.entry[number]].names[roll.listed[number]].text
        text = roll.texts[place - 1] if place else listed
        kind = next(k for k, end in zip(KINDS, roll.first[1:], strict=True) if number < end)
        return Name(text, kind, roll.tokens(number), frozenset(forms.split("|")) - {""}, how)

    return read


def enrol(entries: Sequence[ListEntry]) -> Roll:
    """The roll of the entries."""
    found = sorted(_views(entries), key=lambda row: row[:2])
    vocabulary: dict[str, int] = {}
    signs: dict[str, int] = {}
    texts: dict[str, int] = {}
    columns = [array("I", bytes(4 * len(found))) for _ in range(6)]
    members, starts = array("I"), array("I", [0])
    for number, (_, weight, entry, listed, name) in enumerate(found):
        sign = signs.setdefault("|".join([name.how, *sorted(name.forms)]), len(signs))
        same = name.text == entries[entry].names[listed].text
        text = 0 if same else texts.setdefault(name.text, len(texts)) + 1
        words = [vocabulary.setdefault(token, len(vocabulary)) for token in _kept(name)]
        row = (entry, listed, sign, text, weight, len({*words}))
        for column, value in zip(columns, row, strict=True):
            column[number] = value
        members.extend(words)
        starts.append(len(members))
    counts = [sum(row[0] < place for row in found) for place in range(len(KINDS) + 1)]
    heavy = array("B", map(tokens.weight.__wrapped__, vocabulary))
    named = dict(zip(_COLUMNS, (*columns, array("I", counts), heavy), strict=True))
    return Roll(
        **named, words=Table(starts, members), vocabulary=[*vocabulary], signs=[*signs], texts=[*texts]
    )


def _views(entries: Iterable[ListEntry]) -> Iterator[tuple[int, int, int, int, Name]]:
    """Kind, weight, entry, name and view; of equal views of one entry only the first."""
    for entry, one in enumerate(entries):
        seen = set()
        for listed, name in enumerate(one.names):
            for view in views.__wrapped__(name.text, one.kind):
                if view.tokens and (key := (view.kind, view.tokens, view.forms)) not in seen:
                    seen.add(key)
                    yield KINDS.index(view.kind), heaviness(view), entry, listed, view


def _kept(view: Name) -> Iterable[str]:
    if view.kind != HAN:
        return view.tokens
    return [signed(sign, points) for sign, points in zip(view.key, han.weigh(view.key), strict=True)]


def signed(sign: str, points: int) -> str:
    """A character as it is kept: with its weight, so that one of a common word is not taken for a brand's."""
    return f"{sign}{points}"


def heaviness(view: Name) -> int:
    """The weight of a view, of which no more counts than the index tells apart."""
    return min(align.heft(view), HEAVIEST)
