"""Latin spellings of Chinese: Hanyu Pinyin, Wade-Giles, Tongyong, Taiwan, Hong Kong and Hokkien."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice, product

from xenotime.parties.naming.numerals import sounds
from xenotime.parties.tables import rows, split

Syllables = tuple[str, ...]
Reading = tuple[Syllables, str]
#: Readings of one writing in one system, and in all systems, at most.
_EACH, _ALL = 4, 12
_LONGEST_SYLLABLE, _LONGEST_WORD, _MOST_WORDS = 7, 64, 24
#: A personal name has at most so many words; combinations that are tried.
_LONGEST_NAME, _TRIED = 4, 243
#: A Chinese name in Latin letters may start with so many words of another language.
_FOREIGN = 2
_TONED = re.compile(r"(?:[a-z]+[1-5])+[a-z]*")
_VOWELS = re.compile("[aeiouv]+")
_INITIALS = (
    "b p m f d t n l g k h j q x r z c s y w zh ch sh hs ts tz ss jh sz cy sy jy ny ly hw fw tw kw gw".split()
)
#: What may stand between the vowels of Chinese syllables, whichever spelling they are in.
_CLUSTERS = (
    frozenset(
        mark.join((coda, initial))
        for coda in ("", "n", "ng", "r", "h")
        for initial in ("", *_INITIALS)
        for mark in ("", "~")
    )
    | {f"{initial}~" for initial in _INITIALS}
    | {f"{c}{i}~" for c in ("n", "ng", "h") for i in _INITIALS}
)
#: The mark between syllables, and after an aspirated consonant, in a word prepared by `marked`.
MARK = "~"
_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ɏ])['’‘ʻʼ`´](?=[A-Za-zÀ-ɏ])")
_CAPITALS = re.compile(
    r"(?<=[A-Z]{2})(?=[a-z]{2})|(?<=[A-Z][0-9])(?=[a-z]{2})"
    r"|(?<=[A-Za-z])(?=[0-9]{2})|(?<=[0-9]{2})(?=[A-Za-z])"
)
#: As passports write ü: Lyu, Nyu; inside a word that would be two syllables.
_UE = re.compile(r"(?<=^[ln])yu")
_UMLAUT = re.compile(r"(?<=[lnLN])(?:[üǖǘǚǜÜǕǗǙǛ]|[uU][:̈])")


def marked(text: str) -> str:
    """The text with ü as v after l and n, and its apostrophes kept as marks through folding.

    >>> marked("Lǚ Xi’an"), marked("Ch'ing"), marked("IHIyuhang")
    ('Lv Xi~an', 'Ch~ing', 'IHI yuhang')
    """
    return _CAPITALS.sub(" ", _APOSTROPHE.sub(MARK, _UMLAUT.sub("v", text)))


def readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """Every way to read Latin words as syllables of Hanyu Pinyin, likeliest first, 12 at most.

    `words` are folded; "~" in them marks an apostrophe. None where a word is no Chinese.

    >>> readings(("zhongguo", "beifang"))[0]
    (('zhong', 'guo', 'bei', 'fang'), 'pinyin')
    >>> [r for r, how in readings(("hsieh", "ch~ing")) if how == "wade-giles"]
    [('xie', 'qing')]
    """
    if not words or len(words) > _MOST_WORDS or any(len(w) > _LONGEST_WORD for w in words):
        return ()
    words = tuple(_untoned(word) for word in words)
    found: dict[Syllables, str] = {}
    chinese = [_sounds_chinese(word) for word in words]
    if all(chinese) and not all(map(str.isdigit, words)):
        for reading in (*_pinyin(words), *_turns(*_systems(words))):
            found.setdefault(*reading)
    return tuple(islice(found.items(), _ALL)) or _mixed(words, chinese)


def _mixed(words: tuple[str, ...], chinese: list[bool]) -> tuple[Reading, ...]:
    """A name that starts with one or two other words (IHI yuhang gongcheng): they stay as they are."""
    for foreign in range(1, min(_FOREIGN, len(words) - 1) + 1):
        if all(chinese[foreign:]):
            read = islice(_pinyin(words[foreign:]), 2)
            return tuple(((*words[:foreign], *s), how) for s, how in read if len(s) > 1)
    return ()


@lru_cache(maxsize=65536)
def _sounds_chinese(word: str) -> bool:
    return word.isdigit() or word in _known() or _CLUSTERS.issuperset(_VOWELS.split(word))


@lru_cache(maxsize=65536)
def syllables(word: str, system: str = "pinyin") -> Syllables:
    """The fewest syllables of a system that a word can be split into; empty where there is no way.

    Of two ways with as many syllables the one is taken that has no vowel after a consonant's end.

    >>> syllables("gongye"), syllables("xian"), syllables("fangan"), syllables("steel")
    (('gong', 'ye'), ('xian',), ('fan', 'gan'), ())
    """
    table, reach = _table(system), _LONGEST_SYLLABLE
    best: list[tuple[int, int, Syllables] | None] = [(0, 0, ())]
    for end in range(1, len(word) + 1):
        chosen = None
        for start in range(max(0, end - reach), end):
            before, piece = best[start], word[start:end]
            if before is None or piece not in table:
                continue
            hiatus = start > 0 and piece[0] in "aeo"
            if hiatus and word[start - 1] in "aeiouv" and (end - start == 1 or system != "pinyin"):
                continue
            option = (before[0] + 1, before[1] + hiatus, (*before[2], piece))
            chosen = option if chosen is None else min(chosen, option)
        best.append(chosen)
        if not any(best[-reach:]):
            return ()
    return best[-1][2] if best[-1] else ()


def _untoned(word: str) -> str:
    if not word.isalpha() and _TONED.fullmatch(word):
        plain = "".join(c for c in word if not c.isdigit())
        return plain if syllables(plain) else word
    return word


def _pinyin(words: tuple[str, ...]) -> Iterable[Reading]:
    """The plain reading; then the one with ü where u was written for it."""
    read: list[Syllables] = []
    for word in words:
        if word.isdigit():
            read.append(sounds(word))
            continue
        parts = [syllables(_UE.sub("v", part)) for part in word.split(MARK)]
        if not all(parts):
            return
        read.append(tuple(_umlaut(s) for part in parts for s in part))
    plain = tuple(s for each in read for s in each)
    yield plain, "pinyin"
    if "lu" in plain or "nu" in plain:
        yield tuple({"lu": "lv", "nu": "nv"}.get(s, s) for s in plain), "ü for u"
    if len(read) == 2 and len(read[0]) > 1 and " ".join(read[1]) in _family_names():
        yield (*read[1], *read[0]), "family name last"


def _umlaut(syllable: str) -> str:
    return {"lue": "lve", "nue": "nve"}.get(syllable, syllable)


def _systems(words: tuple[str, ...]) -> Iterable[list[Reading]]:
    for system, how in (("wade", "wade-giles"), ("tongyong", "tongyong"), ("taiwan", "taiwan spelling")):
        yield [(s, how) for s in _combined([_word(w, system) for w in words])]
    if 1 < len(words) <= _LONGEST_NAME:
        for system in ("cantonese", "hokkien"):
            yield [(s, system) for s in _named(words, system)]
            yield [(s, system) for s in _named((words[-1], *words[:-1]), system)]


def _turns(*systems: list[Reading]) -> Iterable[Reading]:
    """The first reading of each system, then the second of each, and so on."""
    for turn in range(_EACH):
        yield from (found[turn] for found in systems if turn < len(found))


def _word(word: str, system: str) -> tuple[Syllables, ...]:
    """The pinyin readings of one word: its own, then those of its syllables together."""
    table = _table(system)
    if word in table:
        return table[word]
    if system == "wade":
        parts = syllables(word, system) or syllables(word.replace(MARK, ""), system)
    else:
        pieces = [syllables(piece, system) for piece in word.split(MARK)]
        parts = tuple(s for piece in pieces for s in piece) if all(pieces) else ()
    return tuple(_combined([table[part] for part in parts]))


def _named(words: tuple[str, ...], system: str) -> Iterable[Syllables]:
    """A personal name, family name first, by the tables of a system."""
    family, given = _romanised(system, "surname"), _romanised(system, "given")
    if words[0] in family:
        options = [family[words[0]], *(_given(word, given, family) for word in words[1:])]
        yield from _combined(options)


def _given(
    word: str, given: dict[str, tuple[Syllables, ...]], family: dict[str, tuple[Syllables, ...]]
) -> tuple[Syllables, ...]:
    if word in given:
        return given[word]
    for cut in range(2, len(word) - 1):
        left, right = word[:cut], word[cut:]
        if left in given and right in given:
            return tuple((*a, *b) for a, b in product(given[left], given[right]))[:_EACH]
    plain = syllables(word)
    return (plain,) if plain else family.get(word, ())


def _combined(options: list[tuple[Syllables, ...]]) -> Iterable[Syllables]:
    """The likeliest combinations, one option for each word; none where a word has no option."""
    if not options or not all(options):
        return
    ranked = [list(enumerate(option[:3])) for option in options]
    likeliest = sorted(islice(product(*ranked), _TRIED), key=lambda row: sum(rank for rank, _ in row))
    for row in likeliest[:_EACH]:
        yield tuple(s for _, option in row for s in option)


@cache
def _known() -> frozenset[str]:
    return frozenset(row["spelling"] for row in rows("romanisations"))


@cache
def _table(system: str) -> dict[str, tuple[Syllables, ...]]:
    """Spelling to pinyin syllables; a Wade-Giles spelling without its apostrophe may be either."""
    if system == "taiwan":
        return _passport()
    found: dict[str, list[str]] = {}
    for row in rows("syllables"):
        for spelling in split(row[system]):
            found.setdefault(spelling.replace("'", MARK), []).append(row["pinyin"])
    if system == "wade":
        for spelling in [s for s in found if MARK in s]:
            found.setdefault(spelling.replace(MARK, ""), []).extend(found[spelling])
    if system == "pinyin":
        found |= {"lue": ["lve"], "nue": ["nve"]}
    return {spelling: tuple((p,) for p in dict.fromkeys(pinyin)) for spelling, pinyin in found.items()}


def _passport() -> dict[str, tuple[Syllables, ...]]:
    """What Taiwan passports show: their own spellings, else Wade-Giles without its marks."""
    wade = {spelling: pinyin for spelling, pinyin in _table("wade").items() if MARK not in spelling}
    return wade | _romanised("taiwan", "any")


@cache
def _romanised(system: str, place: str) -> dict[str, tuple[Syllables, ...]]:
    return {
        row["spelling"]: tuple(tuple(reading.split()) for reading in split(row["pinyin"]))
        for row in rows("romanisations")
        if row["system"] == system and row["place"] == place
    }


@cache
def _family_names() -> frozenset[str]:
    return frozenset(reading for row in rows("surnames") for reading in split(row["pinyin"]))
