"""The parties of a decide file, with their declared owners, as questions to the lists and as holdings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xenotime.law.instrument import as_list
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.services.blocks import Block, amount, listed, only, refused

PARTY_KEYS = (
    *("role", "name", "other_names", "country", "lei", "uscc", "invented"),
    *("owners", "branch_of", "note"),
)
OWNER_KEYS = (
    *("name", "other_names", "country", "lei", "uscc", "invented"),
    *("share_percent", "low_percent", "high_percent", "owners", "note"),
)
_WHOLE = 100


def cast(blocks: Sequence[Block], where: str) -> tuple[list[PartyQuery], Structure]:
    """Everybody named, owners included, and who holds what of whom; an owner's id begins with ``owner:``.

    An owner may name owners of its own. `branch_of` names the body that a party is a branch of. Raises
    InputError for a party or an owner without a name, and for a share that is none.
    """
    queries: list[PartyQuery] = []
    holdings: list[Holding] = []
    parents: dict[str, str] = {}
    for number, block in enumerate(blocks, 1):
        place = f"{where}, row {number}"
        only(block, PARTY_KEYS, place)
        party = _query(str(block.get("role", "party")), block, place, "a party has no name")
        queries.append(party)
        if parent := str(block.get("branch_of") or ""):
            country = str(block.get("country") or "")
            queries.append(PartyQuery(f"owner:{parent}", parent, (), country))
            parents[party.party] = queries[-1].party
        _owners(block, party.party, place, queries, holdings)
    once = {q.party: q for q in queries}
    bodies = (
        Body(q.party, q.name, q.other_names, q.country, branch_of=parents.get(q.party, ""))
        for q in once.values()
    )
    return list(once.values()), Structure(tuple(bodies), tuple(holdings))


def _owners(block: Block, held: str, where: str, queries: list[PartyQuery], holdings: list[Holding]) -> None:
    """Lay down who holds a body, and who holds those; the owners of one body are read once."""
    for owner in listed(block, "owners", where):
        place = f"{where}, owners"
        only(owner, OWNER_KEYS, place)
        one = _query("owner", owner, where, "an owner has no name")
        low, high = _share(owner, where)
        queries.append(one)
        holdings.append(Holding(f"{len(holdings) + 1}", one.party, held, low, high))
        if not any(h.owned == one.party for h in holdings):
            _owners(owner, one.party, place, queries, holdings)


def _query(role: str, block: Block, where: str, nameless: str) -> PartyQuery:
    name = str(block.get("name") or "")
    if not name:
        raise refused(nameless, where, "name: its registered name", dict(block))
    numbers = ((kind, str(block.get(kind.lower()) or "")) for kind in ("LEI", "USCC"))
    codes = tuple(Identifier(kind, number) for kind, number in numbers if number)
    others = tuple(as_list(block.get("other_names")))
    return PartyQuery(f"{role}:{name}", name, others, str(block.get("country") or ""), codes)


def _share(owner: Block, where: str) -> tuple[Fraction, Fraction | None]:
    """The least and the most that an owner holds [share of 1]; None for a most that nobody states."""
    exact, low, high = (amount(owner.get(f"{k}_percent"), f"{where}, {k}_percent", _WHOLE) for k in _ENDS)
    if exact is not None:
        low = high = exact
    if low is not None and high is not None and low > high:
        raise refused("these bounds are the wrong way round", where, "low_percent up to high_percent", owner)
    return Fraction(low or 0) / _WHOLE, None if high is None else Fraction(high) / _WHOLE


_ENDS = ("share", "low", "high")
