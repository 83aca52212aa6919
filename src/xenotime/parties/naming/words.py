"""The words of names: which say little, which are one word, which exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from xenotime.parties.tables import Row, rows, split

_LEET = str.maketrans("019", "oig")
_SWAPPED = re.compile(r"(?<=[a-z])[019](?=[a-z])")
_NUMBERED = frozenset(("no", "nr", "num", "number", "numero"))
_TENS = frozenset(f"{ten}0" for ten in range(2, 10))
_ABD = ("abdul", "abdel", "abdal", "abdol", "abdoul", "abd")
_SUN = re.compile(r"^ab(?:d[aeou]|du)(dd|rr|ss|tt|zz|nn|ll)")
_ARTICLES = frozenset(("al", "el", "ul", "ol", "as", "ar", "ad", "an", "at", "az"))


def _of_class(wanted: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("words") if wanted in split(row["class"]))


#: Words that many company names share; they tell nobody apart.
GENERIC: frozenset[str] = _of_class("generic")
#: Words that say nothing: and, the, of.
EMPTY: frozenset[str] = _of_class("empty")
#: Small words of personal names: al, bin, von, de.
PARTICLES: frozenset[str] = _of_class("particle")
#: Forms of address that are no name: mr, dr, haji, shaikh.
TITLES: frozenset[str] = _of_class("title")
#: Ranks and offices: no name where the party is known to be a person.
RANKS: frozenset[str] = _of_class("rank")
#: Chinese words of company names that tell nobody apart.
GENERIC_HAN: frozenset[str] = frozenset(
    row["han"] for row in rows("register") if row["kind"] == "word" and set(row["latin"].split()) <= GENERIC
)

_SAME: dict[str, str] = {row["word"]: row["same"] for row in rows("words") if row["same"]}


def canonical(words: Sequence[str], kind: str = "unknown") -> tuple[str, ...]:
    """The words of a Latin name in one spelling each, without empty words, titles and "no.".

    >>> canonical(("no", "1", "centre", "for", "defence", "tech"))
    ('1', 'center', 'defense', 'technology')
    >>> canonical(("shaikh", "abd", "el", "rahman", "ben", "ali"), "person")
    ('abdalrahman', 'bin', 'ali')
    """
    if not words:
        return ()
    found = [one(word) for word in words]
    if kind != "organisation":
        found = _arabic(found)
        found = _without(found, TITLES | RANKS if kind == "person" else TITLES)
    found = [w for w in found if w not in EMPTY] or found
    if any(w in _TENS for w in found):
        found = _counted(found)
    numbered = [w for w, after in zip(found, [*found[1:], ""], strict=True) if not _announces(w, after)]
    return tuple(numbered)


def one(word: str) -> str:
    """The one spelling of a word: centre is center, 1st and first are 1, 007 is 7, sech1n is sechin.

    >>> [one(w) for w in ("centre", "1st", "first", "007", "ig0r", "l3", "magnets")]
    ['center', '1', '1', '7', 'igor', 'l3', 'magnet']
    """
    if word.isdigit():
        return word.lstrip("0") or "0"
    same = _SAME.get(word)
    if same is not None:
        return same
    return _SWAPPED.sub(lambda m: m[0].translate(_LEET), word) if _SWAPPED.search(word) else word


def stem(word: str) -> str:
    """The word without a plural ending.

    >>> stem("technologies"), stem("systems"), stem("gas"), stem("glass")
    ('technology', 'system', 'gas', 'glass')
    """
    if len(word) < 5 or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def acronym(words: Iterable[str], forms: Iterable[str] = ()) -> frozenset[str]:
    """The initials of a name, alone and with the letter of a legal form (C of company and corporation).

    >>> sorted(acronym(("china", "national", "petroleum"), ("company",)))
    ['cnp', 'cnpc']
    """
    initials = "".join(word[0] for word in words if word and word not in EMPTY)
    return frozenset({initials} | {initials + form[0] for form in forms if initials})


def contradictions(mine: Sequence[str], theirs: Sequence[str], kind: str = "latin") -> tuple[str, ...]:
    """What the names say that excludes the other, in words: "north against south".

    `kind` is that of the views (latin, pinyin, han). A word speaks only where both sides have one of
    its family.

    >>> contradictions(("china", "north"), ("china", "south")), contradictions(("china",), ("china", "south"))
    (('north against south',), ())
    >>> contradictions(tuple("北方稀土"), tuple("南方稀土"), "han")
    ('north against south',)
    """
    left, right = facts(tuple(mine), kind), facts(tuple(theirs), kind)
    if kind == "pinyin":
        return _syllables(mine, theirs) or _against(left, right, ("place",))
    return _against(left, right, tuple(left))


def facts(tokens: tuple[str, ...], kind: str = "latin") -> dict[str, frozenset[str]]:
    """What a name says by family: {"direction": {"north"}, "place": {"baotou"}}.

    >>> facts(("baotou", "north", "2"))["number"]
    frozenset({'2'})
    """
    if kind == "han":
        return _gathered(_scan_han("".join(tokens)))
    if kind == "pinyin":
        return _gathered(_windows(tokens, 4))
    found = _gathered(_windows(tokens, 2))
    digits = frozenset(token for token in tokens if token.isdigit())
    return found | {"number": found.get("number", frozenset()) | digits} if digits else found


def families(word: str) -> frozenset[str]:
    """The families that a single Latin word speaks for.

    >>> sorted(families("beijing")), sorted(families("steel"))
    (['place'], ['subject'])
    """
    return frozenset(family for family, _ in _latin().get(word, ()))


def _without(words: list[str], titles: frozenset[str]) -> list[str]:
    return [word for word in words if word not in titles] or words


def _counted(words: list[str]) -> list[str]:
    """Tens and ones as one number: 40 4 is 44."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in _TENS and len(word) == 1 and word in "123456789":
            found[-1] = found[-1][0] + word
        else:
            found.append(word)
    return found


def _announces(word: str, after: str) -> bool:
    return word in _NUMBERED and after.isdigit()


def _arabic(words: list[str]) -> list[str]:
    """Servant names in one word: abd al rahman, abdel rahman and abdulrahman are abdalrahman."""
    found: list[str] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word in _ABD and queue:
            if queue[0] in _ARTICLES and len(queue) > 1:
                queue.pop(0)
            word = "abdal" + queue.pop(0)
        elif word.startswith("abd") and len(word) > 7:
            prefix = next((p for p in _ABD if word.startswith(p)), "")
            word = "abdal" + word[len(prefix) :] if len(prefix) > 3 else _assimilated(word)
        found.append(word)
    return found


def _assimilated(word: str) -> str:
    match = _SUN.match(word)
    return "abdal" + word[match.end() - 1 :] if match else word


def _against(
    left: dict[str, frozenset[str]], right: dict[str, frozenset[str]], families: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(
        f"{_said(left[family], family)} against {_said(right[family], family)}"
        for family in families
        if family in left and family in right and _exclude(family, left[family], right[family])
    )


def _said(values: frozenset[str], family: str) -> str:
    words = " and ".join(sorted(values))
    return f"number {words}" if family == "number" else words


def _exclude(family: str, left: frozenset[str], right: frozenset[str]) -> bool:
    rule = _rules()[family]
    if rule == "differ":
        return left != right
    if rule == "apart":
        return not left & right
    wider = [values | {_within().get(v, "") for v in values} for values in (left, right)]
    return not (left <= wider[1] or right <= wider[0])


def _syllables(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Two syllable rows that are equal but for a direction: bei fang against nan fang."""
    if len(mine) != len(theirs):
        return ()
    differ = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    directions = {"bei": "north", "nan": "south", "dong": "east", "xi": "west"}
    if not differ or any(a not in directions or b not in directions for a, b in differ):
        return ()
    return tuple(f"{directions[a]} against {directions[b]}" for a, b in differ)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for family, value in pairs:
        found.setdefault(family, set()).add(value)
    return {family: frozenset(values) for family, values in found.items()}


def _windows(tokens: tuple[str, ...], widest: int) -> Iterable[tuple[str, str]]:
    """The family words in a row of tokens, also where several tokens spell one: hong kong, shang hai."""
    known = _latin()
    at = 0
    while at < len(tokens):
        sizes = range(min(widest, len(tokens) - at), 0, -1)
        size = next((n for n in sizes if "".join(tokens[at : at + n]) in known), 0)
        yield from known["".join(tokens[at : at + size])] if size else ()
        at += size or 1


def _scan_han(text: str) -> Iterable[tuple[str, str]]:
    """The family words in Han text, longest first, so that 山东 says a place and no direction."""
    for match in _han_pattern().finditer(text):
        yield from _han_words().get(match[0], ())


@cache
def _families() -> tuple[Row, ...]:
    return rows("families")


@cache
def _rules() -> dict[str, str]:
    return {row["family"]: row["rule"].split(":")[0] for row in _families()}


@cache
def _within() -> dict[str, str]:
    return {
        row["value"]: row["rule"].split(":")[1] for row in _families() if row["rule"].startswith("within")
    }


@cache
def _latin() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _families():
        for word in split(row["latin"]):
            found.setdefault(word.replace(" ", ""), []).append((row["family"], row["value"]))
    return {word: tuple(pairs) for word, pairs in found.items()}


@cache
def _han_words() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _families():
        for word in split(row["han"]):
            found.setdefault(word, []).append((row["family"], row["value"]))
    found |= {digit: [("number", digit)] for digit in "0123456789"}
    return {word: tuple(pairs) for word, pairs in found.items()}


@cache
def _han_pattern() -> re.Pattern[str]:
    """The family words, and words of the register that hold their characters and say no such thing."""
    speaking = set(_han_words())
    silent = {
        row["han"]
        for row in rows("register")
        if row["kind"] != "name" and 1 < len(row["han"]) < 5 and row["han"] not in speaking
    }
    silent = {
        word for word in silent if word[0] != "第" and (word[0] not in "东西南北" or word[1] not in "方部")
    }
    return re.compile("|".join(re.escape(w) for w in sorted(speaking | silent, key=lambda w: (-len(w), w))))
