"""What the published status lists say of a certificate at an instant, from the versions at hand.

Fail closed: without a list that counts at that instant the state cannot be shown. For the civil track a
reader may allow days of grace for a list that has run out; for the military-linked track there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from xenotime.core.canon import written
from xenotime.core.errors import SealError
from xenotime.seal.credential import Credential, Entry
from xenotime.seal.document import Trust
from xenotime.seal.finding import REVOKED, SUSPENDED, UNSHOWN, VALID, Evidence
from xenotime.seal.status import REVOCATION, SUSPENSION, StatusList, read

#: What a set bit means.
MEANING = {REVOCATION: REVOKED, SUSPENSION: SUSPENDED}
CIVIL = "civil"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a list that was read, and where it came from."""

    list: StatusList
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What one list says: the answer, the reasons, the version used."""

    answer: str
    says: tuple[str, ...] = ()
    used: tuple[Evidence, ...] = ()


def versions(texts: Iterable[tuple[str, str]], trust: Trust) -> tuple[tuple[Version, ...], tuple[str, ...]]:
    """The lists among texts (with sources) that the issuer's status key signed; why others are not."""
    found, refused = [], []
    for source, text in texts:
        try:
            found.append(Version(read(text.strip(), trust), source))
        except SealError as error:
            refused.append(f"{source}: {error.problem.what} ({error.problem.found})")
    return tuple(found), tuple(refused)


def standing(entry: Entry, kept: Sequence[Version], at: datetime, grace: timedelta) -> Standing:
    """What the newest version at an instant says of one place; UNSHOWN when none counts then."""
    fitting = [v for v in kept if v.list.address == entry.address]
    other = [v for v in fitting if v.list.purpose != entry.purpose]
    past = [v for v in fitting if v not in other and v.list.valid_from <= at]
    if entry.purpose not in MEANING or other or not past:
        return Standing(UNSHOWN, (_missing(entry, other, at),))
    last = max(v.list.valid_from for v in past)
    same = [v for v in past if v.list.valid_from == last]
    newest = max(same, key=lambda v: (_marked(v.list, entry.index), v.list.sha256))
    ends = _ends(newest.list)
    used = Evidence("status", entry.purpose, newest.list.valid_from, ends, newest.source, newest.list.sha256)
    if at > ends + grace:
        late = f"the {entry.purpose} list ran out at {written(ends)}, and the question is about {written(at)}"
        return Standing(UNSHOWN, (late,), (used,))
    return _told(entry, newest, used)


def _marked(one: StatusList, place: int) -> bool:
    """Whether a list marks a place; of two lists of one instant that differ there, the mark counts."""
    try:
        return one.value(place)
    except SealError:
        return False


def _told(entry: Entry, newest: Version, used: Evidence) -> Standing:
    """What the newest version says."""
    try:
        bit = newest.list.value(entry.index)
    except SealError as error:
        return Standing(
            UNSHOWN, (f"{entry.purpose}: place {error.problem.found} is outside the list",), (used,)
        )
    meaning = MEANING[entry.purpose]
    says = f"the {entry.purpose} list of {written(newest.list.valid_from)} says: {meaning}"
    return Standing(meaning, (says,), (used,)) if bit else Standing(VALID, (), (used,))


def standings(
    one: Credential, kept: Sequence[Version], at: datetime, grace: timedelta
) -> tuple[Standing, ...]:
    """What each list that a certificate names says; a certificate must name one for both purposes.

    Grace counts only for the civil track.
    """
    allowed = grace if one.subject.get("track") == CIVIL else timedelta()
    named = {entry.purpose for entry in one.entries}
    lacking = [
        Standing(UNSHOWN, (f"the certificate names no list for {purpose}",))
        for purpose in MEANING
        if purpose not in named
    ]
    return (*(standing(entry, kept, at, allowed) for entry in one.entries), *lacking)


def _ends(one: StatusList) -> datetime:
    """The last instant a version counts at: its end, or the end of the time it may be kept."""
    return min(one.valid_until, one.valid_from + timedelta(milliseconds=one.ttl))


def _missing(entry: Entry, other: Sequence[Version], at: datetime) -> str:
    if other:
        return (
            f"{other[0].source}: a list for {other[0].list.purpose} in the place of one for {entry.purpose}"
        )
    return f"no {entry.purpose} list of {written(at)} or before is at hand ({entry.address})"
