"""Military links of a portfolio's parties: from its tables to graded answers and to the law's facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

from xenotime.core.errors import AddressError
from xenotime.core.truth import Truth, some
from xenotime.law.facts import Value
from xenotime.parties import tables
from xenotime.parties.matching.match import Match
from xenotime.parties.military.evidence import NEAR, OWN, Evidence, Subject, Verdict
from xenotime.parties.military.grade import grade, judge
from xenotime.parties.military.policy import Policy, parse_policy
from xenotime.parties.owners.holding import Structure
from xenotime.portfolio.table import Portfolio, Row
from xenotime.portfolio.vetting import percent

_LISTED = ("listed", "owner_of_listed")


@dataclass(frozen=True, slots=True)
class Link:
    """What the law asks about the users of one movement: the fact, and the answers it comes from.

    `truth` True if any user has a military link, None if nobody knows. `asked`: the answer is unknown
    although somebody looked, so that no presumption may fill it.
    """

    truth: Truth
    asked: bool
    verdicts: tuple[Verdict, ...]

    @property
    def facts(self) -> dict[str, Value]:
        """The facts of the law: `military_user`, and that it was asked."""
        return {"military_user": self.truth, **({"military_user_asked": True} if self.asked else {})}


@dataclass(frozen=True, slots=True)
class Dossier:
    """One party's answers: for the company, for each of its sites, for each contract somebody names."""

    party: str
    name: str
    on: date
    known: date
    company: Verdict
    sites: tuple[Verdict, ...]
    contracts: tuple[Verdict, ...]
    policy: str


@cache
def policy() -> Policy:
    """The packaged policy. Raises BookError if it cannot be used."""
    return parse_policy(tables.text("military.toml"))


def gathered(portfolio: Portfolio, derived: Iterable[Evidence] = ()) -> tuple[Evidence, ...]:
    """Every piece of evidence: the table, each party's own column, and what screening and ownership derived.

    A party's `military_user` cell is its own declaration, and stands on every day that is asked about.
    """
    columns = (_column(row) for row in portfolio["parties"])
    return (*map(evidence, portfolio["evidence"]), *(c for c in columns if c is not None), *derived)


def evidence(row: Row) -> Evidence:
    """A row of the evidence table as evidence; without a level it speaks of what it names."""
    named = "contract" if row.text("contract") else "site" if row.text("site") else "company"
    level = row.text("level") or named
    return Evidence(
        row.text("party"),
        row.text("kind"),
        row.text("says") == "military",
        row.text("source"),
        row.day("day"),
        level,
        "" if level == "company" else row.text(level),
        percent(row.text("value")),
        row.text("value") if row.text("kind") in _LISTED else "",
        row.text("confidence") or "?",
        row.text("note"),
        row.where(),
    )


def listing(match: Match, title: str, authority: str = "", *, sure: bool = True) -> Evidence:
    """A listing of a party as evidence; the policy says what the list's own words are worth.

    ``authority`` is the entry's own: a combined list names several. A near miss (not ``sure``) never decides.
    """
    says = ", ".join(dict.fromkeys(text for text in (title, authority) if text))
    address = f"{match.list_id}/{match.entry}"
    return Evidence(
        match.party,
        "listed",
        True,
        says,
        match.listed_on,
        listing=match.list_id,
        confidence="O" if sure else NEAR,
        where=address,
    )


def ties(
    structure: Structure, users: Sequence[str], listed: Mapping[str, Sequence[Evidence]], on: date
) -> Iterator[Evidence]:
    """The shares that listed parties hold of the users, and users of them, as evidence; the least counts."""
    for holding in structure.holdings:
        if not holding.stands(on) or holding.owner == holding.owned or holding.kind == "control":
            continue
        share = Decimal(100) * holding.low.numerator / holding.low.denominator
        for party, other, kind in (
            (holding.owned, holding.owner, "owned_by_listed"),
            (holding.owner, holding.owned, "owner_of_listed"),
        ):
            if party in users and other in listed:
                source = f"{listed[other][0].source}; {holding.source or 'declared share'}"
                sure = NEAR if listed[other][0].confidence == NEAR else "D"
                yield Evidence(
                    party, kind, True, source, holding.from_day or on, share=share,
                    listing=listed[other][0].listing, confidence=sure, where=holding.id,
                )  # fmt: skip


def _column(row: Row) -> Evidence | None:
    said = row.truth("military_user")
    if said is None:
        return None
    source = "the portfolio's own column military_user"
    where = row.where("military_user")
    return Evidence(row.text("party"), "self_declaration", said, source, confidence=OWN, where=where)


@dataclass(frozen=True)
class Folder:
    """The evidence of a portfolio, sorted by party once, so that a million movements can ask it."""

    portfolio: Portfolio
    pool: Sequence[Evidence]
    known: date

    @cached_property
    def parties(self) -> dict[str, Row]:
        """Party rows by id."""
        return self.portfolio.index("parties", "party")

    @cached_property
    def sites(self) -> dict[str, str]:
        """Whose each site is."""
        return {row.text("site"): row.text("party") for row in self.portfolio["sites"]}

    @cached_property
    def pieces(self) -> dict[str, list[Evidence]]:
        """The evidence of each party."""
        found: dict[str, list[Evidence]] = {}
        for piece in self.pool:
            found.setdefault(piece.party, []).append(piece)
        return found

    @cached_property
    def answers(self) -> dict[tuple[Subject, date, tuple[Evidence, ...]], Verdict]:
        """The answers given so far."""
        return {}

    def subject(self, party: str, site: str, contract: str) -> Subject:
        """The subject of a user; a site counts only for the party whose it is."""
        return Subject(party, site if self.sites.get(site) == party else "", contract)

    def verdict(self, subject: Subject, on: date, also: Iterable[Evidence] = ()) -> Verdict:
        """The answer for a subject on a day, judged once; ``also`` is what is known of that day alone."""
        more = tuple(piece for piece in also if piece.party == subject.party)
        key = (subject, on, more)
        if key not in self.answers:
            pieces = (*self.pieces.get(subject.party, ()), *more)
            self.answers[key] = judge(policy(), subject, pieces, on, self.known)
        return self.answers[key]

    def link(
        self,
        users: Sequence[str],
        on: date,
        site: str = "",
        contract: str = "",
        also: Sequence[Evidence] = (),
    ) -> Link:
        """The fact `military_user` for the users of one movement (end user first), with its verdicts.

        ``site`` and ``contract`` are the end user's; the others are asked as whole companies. ``also`` is
        evidence of this day alone, such as listings in force. A user whom no evidence touches stays
        unknown, and only a cell that says "unknown" makes that asked.
        """
        present = [user for user in users if user in self.parties]
        subjects = [self.subject(user, site, contract if user == users[0] else "") for user in present]
        verdicts = tuple(self.verdict(subject, on, also) for subject in subjects)
        truth = some(v.truth for v in verdicts) if verdicts else None
        unsure = any("military_user" in self.parties[user].unsure for user in present)
        disputed = any(v.truth is None and v.heaviest >= policy().stops for v in verdicts)
        return Link(truth, unsure or (truth is None and disputed), verdicts)


def dossier(portfolio: Portfolio, pool: Sequence[Evidence], party: str, on: date, known: date) -> Dossier:
    """The answers for a party, its sites and its contracts, each with what would change it.

    Raises AddressError for a party that the portfolio does not name.
    """
    rows = portfolio.index("parties", "party")
    if party not in rows:
        raise AddressError(
            "no party has this id",
            where=portfolio.path,
            expected="an id of table parties",
            found=party or "nothing",
            next_step="see parties.csv for the ids",
        )
    rules, mine = policy(), [piece for piece in pool if piece.party == party]
    sites = [Subject(party, r.text("site")) for r in portfolio["sites"] if r.text("party") == party]
    company, *others = (
        grade(rules, subject, mine, on, known)
        for subject in (Subject(party), *sites, *_contracts(portfolio, mine, party))
    )
    name, split = rows[party].text("name"), len(sites)
    return Dossier(party, name, on, known, company, tuple(others[:split]), tuple(others[split:]), rules.about)


def _contracts(portfolio: Portfolio, mine: Sequence[Evidence], party: str) -> list[Subject]:
    """Every contract of a party that a shipment or a piece of evidence names, with its site if it has one."""
    found = {piece.place: "" for piece in mine if piece.level == "contract"}
    for row in portfolio["shipments"]:
        contract, user = row.text("contract"), row.text("end_user") or row.text("consignee")
        if contract and user == party:
            found[contract] = found.get(contract) or row.text("site")
    folder = Folder(portfolio, (), date.min)
    return [folder.subject(party, site, contract) for contract, site in found.items()]
