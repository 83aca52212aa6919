"""Decisions: one movement, its facts and parties, decided and explained, with the receipt to replay it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import Field

from xenotime.core.errors import AddressError, InputError
from xenotime.law.answer import BranchAnswer, Outcome
from xenotime.report.plain import plain
from xenotime.services.library import Library, settled
from xenotime.services.receipt import line
from xenotime.services.transaction import Decision, decide_transaction, transaction
from xenotime.web.api.kinds import Country, Day, Form, Input, Output, Short, Word
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import desk

router = _router("decisions")

#: A number as people write it: of a share, an amount, a quantity.
Amount = Annotated[str, Field(pattern=r"^([0-9]{1,12}(\.[0-9]{1,6})?)?$")]
OutcomeWord = Annotated[str, Field(json_schema_extra={"enum": [outcome.word for outcome in Outcome]})]
Texts = Annotated[tuple[Short, ...], Field(max_length=20)]


class OwnerIn(Input):
    """Who holds a share of a party [percent]: exactly, or between bounds."""

    name: Word
    other_names: Texts = ()
    country: Country | None = None
    lei: Short = ""
    uscc: Short = ""
    share_percent: Amount = ""
    low_percent: Amount = ""
    high_percent: Amount = ""


class PartyIn(Input):
    """A party of the movement, to be put to the lists."""

    name: Word
    role: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")] = "end_user"
    other_names: Texts = ()
    country: Country | None = None
    lei: Short = ""
    uscc: Short = ""
    owners: Annotated[tuple[OwnerIn, ...], Field(max_length=20)] = ()


class HeldIn(Input):
    """A licence held, with the bounds printed on it."""

    licence: Word
    channel: Literal["individual", "general", "registration"]
    codes: Annotated[tuple[Word, ...], Field(min_length=1, max_length=50)]
    destinations: Annotated[tuple[Country, ...], Field(max_length=50)] = ()
    end_users: Texts = ()
    end_uses: Texts = ()
    quantity_kg: Amount = ""
    from_day: Day
    to_day: Day
    uses: Annotated[int, Field(strict=True, ge=0, le=10**6)] = 0


class CargoIn(Input):
    """What the licences are asked to cover."""

    quantity_kg: Amount = ""
    end_user: Short = ""
    end_use: Short = ""


class DecisionIn(Input):
    """One movement under one book. `on` is the day of the customs declaration; `known` the day of the
    knowledge (today).

    `facts` are those of the book (`xenotime law facts`), and `elements`, a list of symbols; what is not named
    is unknown. `branches` settles ends that no source confirms; `strict` presumes nothing.
    """

    on: Day
    known: Day | None = None
    book: Literal["cn", "us", "eu"] = "cn"
    strict: bool = False
    branches: Annotated[dict[Word, Word], Field(max_length=20)] = Field(default_factory=dict)
    facts: Form
    parties: Annotated[tuple[PartyIn, ...], Field(max_length=10)] = ()
    licences: Annotated[tuple[HeldIn, ...], Field(max_length=20)] = ()
    shipment: CargoIn = CargoIn()
    title: Short = ""


class MissingOut(Output):
    """A fact that could change the outcome: the question, whose it is, and the outcomes it leads to."""

    fact: str
    asks: str
    who: str
    outcomes: tuple[str, ...]


class BranchOut(Output):
    """The outcome if an end that no source confirms turned out one way."""

    hinge: str
    branch: str
    outcome: OutcomeWord
    is_default: bool
    day: date
    claims: tuple[str, ...]


class AssumedOut(Output):
    """A presumption that the answer rests on."""

    fact: str
    value: str
    ground: str
    reviewer: str


class DutyOut(Output):
    """Something owed beside the outcome: what, by whom, to whom, by when."""

    address: str
    duty: str
    what: str
    who: str
    to: str
    by: str
    due: tuple[date, date] | None
    confidence: str


class CoverOut(Output):
    """Whether a licence held covers the movement (null: not known), or which of its bounds fails."""

    licence: str
    channel: str
    covers: bool | None
    fails: tuple[str, ...]


class HitOut(Output):
    """A party that matches, or nearly matches, a list entry."""

    party: str
    list_address: str
    entry: str
    entry_name: str
    how: str
    sure: bool
    score: int
    status: str


class DecisionOut(Output):
    """The answer, and what it rests on; `receipt` is a line that `xenotime replay` runs again.

    `low` and `high` bound the outcome while facts are missing. `explanation` is the whole answer: every
    article with its conditions, their values and sentences, channels, notes and sources.
    """

    outcome: OutcomeWord
    low: OutcomeWord
    high: OutcomeWord
    rule: str
    code: str
    known: date
    law: str
    missing: tuple[MissingOut, ...]
    branches: tuple[BranchOut, ...]
    assuming: tuple[AssumedOut, ...]
    duties: tuple[DutyOut, ...]
    coverage: tuple[CoverOut, ...]
    hits: tuple[HitOut, ...]
    stale: tuple[str, ...]
    explanation: dict[str, Any]
    receipt: str


@router.post("/decide")
def decide(request: Request, given: DecisionIn) -> DecisionOut:
    """Decide one movement: outcome, deciding article, what is missing, duties, and why. Nothing is kept."""
    here = desk(request)
    today = here.clock.today()
    known = given.known or today
    if known > today:
        raise InputError(
            "nobody knows yet what will be known then",
            where="body.known",
            expected=f"a day up to {today}",
            found=str(known),
            next_step="leave it out to decide as known today",
        )
    library = _under(here.office.library(known, given.book), given)
    asked = transaction(_block(given), "request")
    return _shown(decide_transaction(library, asked), library)


def _under(library: Library, given: DecisionIn) -> Library:
    """The library with the caller's branches. Raises InputError for one that the book has not."""
    try:
        return settled(library, given.branches, strict=given.strict)
    except AddressError as error:
        found = error.problem
        raise InputError(
            found.what, where="body.branches", expected=found.expected, found=found.found,
            next_step="name a hinge of the book and one of its branches",
        ) from error  # fmt: skip


def _block(given: DecisionIn) -> dict[str, Any]:
    """The movement as a decide file states it; what was left out is not there."""
    said = _stated(given.model_dump(mode="json", exclude={"known", "book", "branches", "facts", "title"}))
    return {**said, "facts": given.facts, "title": given.title or "a decision over the API"}


def _stated(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A value without the names that hold nothing."""
    if isinstance(value, dict):
        return {name: _stated(inner) for name, inner in value.items() if inner not in (None, "", [])}
    return [_stated(inner) for inner in value] if isinstance(value, list) else value


def _shown(made: Decision, library: Library) -> DecisionOut:
    found = made.explanation
    whole = plain(found)
    return DecisionOut(
        outcome=found.outcome.word,
        low=found.low.word,
        high=found.high.word,
        rule=found.rule,
        code=found.code,
        known=found.known,
        law=library.law.hash,
        missing=tuple(MissingOut.model_validate(m) for m in found.missing),
        branches=tuple(_branch(b) for b in found.branches),
        assuming=tuple(AssumedOut.model_validate(a) for a in found.assuming),
        duties=tuple(DutyOut.model_validate(d) for d in found.duties),
        coverage=tuple(CoverOut.model_validate(c) for c in found.coverage),
        hits=tuple(HitOut.model_validate(h) for h in made.hits),
        stale=made.stale,
        explanation=whole if isinstance(whole, dict) else {},
        receipt=line(made.receipt).decode().strip() if made.receipt else "",
    )


def _branch(found: BranchAnswer) -> BranchOut:
    return BranchOut(
        hinge=found.hinge,
        branch=found.branch,
        outcome=found.outcome.word,
        is_default=found.is_default,
        day=found.day,
        claims=found.claims,
    )
