"""Buyers and sellers of an export as parties: one for each name, however it is spelt."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from xenotime.portfolio.values import as_id

#: Words that say the legal form and not the name.
_FORMS = frozenset(
    "ag gmbh mbh ggmbh kg kgaa ohg se sa sas sarl sarlu srl spa bv nv ltd limited llc llp inc incorporated "
    "corp corporation co company plc pty pvt private oy oyj ab as asa aps doo sro zoo spzoo kk ou uab sia "
    "kft zrt jsc ojsc pte sdn bhd gk cv de".split()
)

#: The same in scripts that write names without spaces.
_ENDINGS = ("股份有限公司", "有限责任公司", "有限公司", "株式会社", "株式會社", "주식회사", "公司")
_LONGEST = 40


@dataclass(slots=True)
class Parties:
    """The parties found so far, each with an id of its own and every spelling of its name."""

    ids: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str) -> str:
        """The id of the party of this name; "" for an empty name."""
        if not name:
            return ""
        key = plain_name(name) or name
        party = self.ids.setdefault(key, self._fresh(key))
        known = self.spellings.setdefault(party, [])
        if name not in known:
            known.append(name)
        return party

    def _fresh(self, key: str) -> str:
        """An id made of the name, so that it stays the same when the next export is read."""
        base = as_id(key.replace(" ", "-"))[:_LONGEST] or "party"
        taken = sum(1 for other in self.ids.values() if other == base or other.startswith(f"{base}-x"))
        return f"{base}-x{taken + 1}" if taken and base in self.ids.values() else base

    def merged(self) -> list[tuple[str, tuple[str, ...]]]:
        """The parties that were spelt in more than one way."""
        return [(party, tuple(names)) for party, names in self.spellings.items() if len(names) > 1]


def plain_name(name: str) -> str:
    """A name as it is compared: no case, width, accents, signs or legal form.

    >>> plain_name("Alpenrose-Antriebe GmbH") == plain_name("ALPENROSE ANTRIEBE")
    True
    """
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    bare = "".join(sign for sign in wide if not unicodedata.combining(sign))
    dotless = re.sub(r"(?<=\w)\.(?=\w)", "", bare)
    words = re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", dotless)).split()
    core = [_without_ending(word) for word in words]
    core = [word for word in core if word] or words
    while len(core) > 1 and core[-1] in _FORMS:
        core.pop()
    return " ".join(core)


def _without_ending(word: str) -> str:
    ending = next((end for end in _ENDINGS if word.endswith(end)), "")
    return word.removesuffix(ending)
