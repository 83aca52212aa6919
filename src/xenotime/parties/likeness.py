"""How alike two comparable names are: aligned tokens, spelling distance, contradictions."""

from __future__ import annotations

from collections.abc import Sequence

#: Words that many names share; they weigh little and distinguish nobody.
GENERIC = frozenset(
    """
    advanced aero aeronautical aeronautics aerospace aircraft america american applied arms asia
    aviation center chemical china chinese coalition communication communications components data
    defense development digital division dynamics earth electric electrical electronic electronics
    energy engine engineering enterprise enterprises equipment europe european for general german global
    group heavy high holding holdings industrial industries industry innovation institute integration
    international japan lab laboratories laboratory land machinery magnet magnets maintenance management
    manufacturing marine maritime materials metal metals military missile missiles motor motors national
    naval network networks of operations optics parts photonics power precision product products rare
    research science sciences security sensor sensors service services shipbuilding software solution
    solutions space special state states study studies supply support system systems tactical tech
    technical technologies technology trade trading united university usa vehicle vehicles works world
    worldwide
    """.split()
)
#: Words at the end of a name that are often left out.
TAIL = frozenset("group holding holdings technology technologies international global worldwide".split())

_CONTRADICTIONS: tuple[dict[str, str], ...] = (
    {w: w[0] for w in ("north", "south", "east", "west")}
    | {w: w[0] for w in ("northern", "southern", "eastern", "western")}
    | {"nord": "n", "sud": "s", "ost": "e", "est": "e"},
    {"upper": "u", "lower": "l"},
    {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
    | {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
    | {str(number): str(number) for number in range(1000)},
)
_HAN_CONTRADICTIONS = ("东西南北", "上下", "一二三四五六七八九十0123456789", "甲乙丙丁")
_FUZZY_ONE, _FUZZY_TWO = 5, 8
_EXACT, _FUZZY = 10, 8
#: A word of fewer letters tells nobody apart; "TDK" does.
_TELLING = 3


def weight(token: str) -> int:
    """How much a token says about who is meant: 1 for a word that many names share, else 3."""
    return 1 if token in GENERIC or len(token) == 1 else 3


def reach(token: str) -> int:
    """How many spelling changes a token may have and still be taken for a misspelling."""
    if any(c.isdigit() for c in token) or len(token) < _FUZZY_ONE:
        return 0
    return 1 if len(token) < _FUZZY_TWO else 2


def stem(token: str) -> str:
    """The token without a plural ending.

    >>> stem("technologies"), stem("systems"), stem("gas")
    ('technology', 'system', 'gas')
    """
    if len(token) < _FUZZY_ONE:
        return token
    return token[:-3] + "y" if token.endswith("ies") else token.removesuffix("s")


def blocks(token: str) -> frozenset[str]:
    """Keys of a token: two that may be spellings of one word share a key.

    One change in five letters or more always does; two changes in eight or more do while the
    first or last four letters are whole.
    """
    found = {token, stem(token)}
    if reach(token) >= 1:
        found.update(token[:i] + token[i + 1 :] for i in range(len(token)))
    if reach(token) > 1:
        found.update((f"^{token[:4]}", f"{token[-4:]}$"))
    return frozenset(found)


def misspelt(left: str, right: str) -> bool:
    """Whether two tokens may be spellings of one word."""
    limit = min(reach(left), reach(right))
    return left == right or stem(left) == stem(right) or distance(left, right, limit) <= limit


def distance(left: str, right: str, limit: int) -> int:
    """Letters inserted, left out, changed or swapped with a neighbour; `limit` + 1 if more.

    >>> distance("rheinmetal", "rheinmetall", 2), distance("hensoldt", "hesnoldt", 2)
    (1, 1)
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            best = min(row[j] + 1, current[-1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            current.append(best)
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return row[-1]


def contradict(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the names hold words that exclude each other: north and south, 2 and 3.

    >>> contradict(["north", "steel"], ["south", "steel"]), contradict(["north", "steel"], ["steel"])
    (True, False)
    """
    for words in _CONTRADICTIONS:
        mine, theirs = ({words[t] for t in side if t in words} for side in (left, right))
        if mine and theirs and mine != theirs:
            return True
    return False


def contradict_han(left: str, right: str) -> bool:
    """Whether two Han names differ in a direction, a number or a serial character.

    >>> contradict_han("北方钢铁", "南方钢铁"), contradict_han("北方钢铁", "北方钢厂")
    (True, False)
    """
    for group in _HAN_CONTRADICTIONS:
        mine, theirs = ([c for c in side if c in group] for side in (left, right))
        if mine and theirs and mine != theirs:
            return True
    return False


def alike(left: Sequence[str], right: Sequence[str]) -> int:
    """How alike two token lists are [0 to 100], each token aligned with at most one other.

    100 means the same tokens, in any order; 0 when no telling word is shared.
    """
    mine, rest, matched = list(left), list(right), 0
    telling = plain(right) or plain(left)
    for gain, same in ((_EXACT, str.__eq__), (_FUZZY, misspelt)):
        for token in tuple(mine):
            found = next((r for r in rest if same(token, r)), None)
            if found is not None:
                mine.remove(token)
                rest.remove(found)
                matched += gain * (weight(token) + weight(found))
                telling = telling or token not in GENERIC
    return matched * 100 // (_EXACT * (heft(left) + heft(right))) if telling else 0


def heft(tokens: Sequence[str]) -> int:
    """The weight of all tokens together."""
    return sum(map(weight, tokens))


def plain(tokens: Sequence[str]) -> bool:
    """Whether a name of two words or more has only words that many names share."""
    return len(tokens) > 1 and all(token in GENERIC for token in tokens)


def alike_han(left: str, right: str, least: int = 0) -> int:
    """How alike two Han names are [0 to 100], by characters changed against the longer one.

    Below `least` the answer is 0.
    """
    longest = max(len(left), len(right))
    limit = longest * (100 - least) // 100
    changed = distance(left, right, limit)
    return 0 if changed > limit else (longest - changed) * 100 // longest


def within(inner: Sequence[str], outer: Sequence[str]) -> bool:
    """Whether one name stands whole inside a longer one, and says enough to mean somebody.

    A name of one word must come first: "Rheinmetall Waffe" holds Rheinmetall.
    """
    size = len(inner)
    telling = plain(inner) or any(len(t) >= _TELLING and t not in GENERIC for t in inner)
    if size >= len(outer) or not telling:
        return False
    if size == 1:
        return outer[0] == inner[0]
    return any(tuple(outer[i : i + size]) == tuple(inner) for i in range(len(outer) - size + 1))


def core(tokens: Sequence[str]) -> str:
    """The name without the words at its end that are often left out, or "" if too little remains."""
    kept = list(tokens)
    while kept and kept[-1] in TAIL:
        kept.pop()
    joined = "".join(kept)
    return joined if len(joined) >= _TELLING and any(t not in GENERIC for t in kept) else ""
