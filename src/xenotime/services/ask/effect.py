"""What answers change: every shipment before and after, against what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider
from xenotime.law.masks import unpack
from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio, Row
from xenotime.services.ask.answers import Answer
from xenotime.services.ask.inquiry import Inquiry, inquire
from xenotime.services.ask.turned import turned
from xenotime.services.bulk.sheet import facts_table
from xenotime.services.library import Library
from xenotime.services.rows import Desk

#: The outcomes of a shipment's legs, and which facts they lack.
_State = tuple[tuple[Outcome, ...], int, bool]


@dataclass(frozen=True, slots=True)
class Shift:
    """One shipment whose answer changed: the outcomes of its legs, and whether each is settled now."""

    shipment: str
    product: str
    before: tuple[Outcome, ...]
    after: tuple[Outcome, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What answers do. `promised` were to be settled whatever the answers; `settled` are.

    `again` are settled before and after but otherwise: they rested on a presumption that an answer replaced.
    `sooner` are settled although more had to be asked to be sure, `broken` were promised and are not;
    `idle` are answers that no shipment needed or that a table answers already.
    """

    answers: tuple[Answer, ...]
    shifts: tuple[Shift, ...]
    promised: tuple[str, ...]
    settled: tuple[str, ...]
    sooner: tuple[str, ...]
    broken: tuple[str, ...]
    again: tuple[str, ...]
    idle: tuple[Answer, ...]
    waiting: int


def with_answers(portfolio: Portfolio, answers: Sequence[Answer]) -> Portfolio:
    """The portfolio with answers in its table, each question once: a new answer replaces an old one."""
    new = {answer.key for answer in answers}
    kept = [row for row in portfolio["answers"] if _key(row) not in new]
    last = max((row.row for row in portfolio["answers"]), default=1)
    rows = (_row(answer, number) for number, answer in enumerate(answers, last + 1))
    return replace(portfolio, tables={**portfolio.tables, "answers": (*kept, *rows)})


def _key(row: Row) -> tuple[str, str, str]:
    return row.text("about"), row.text("subject"), row.text("fact")


def _row(answer: Answer, number: int) -> Row:
    columns: dict[str, object] = dict.fromkeys(schema()["answers"].columns)
    columns.update(zip(("about", "subject", "fact"), answer.key, strict=True))
    columns.update(value=answer.value, by=answer.by, day=answer.day)
    for name in ("currency", "party", "evidence", "file", "cell"):
        columns[name] = getattr(answer, name) or None
    return Row(columns, "answers.csv", number)


def effect(
    portfolio: Portfolio, library: Library, answers: Sequence[Answer], *, asked: Inquiry | None = None
) -> Effect:
    """The effect of answers on every shipment of a portfolio; `asked` is its inquiry, if that is at hand."""
    told = asked or inquire(portfolio, library)
    after = with_answers(portfolio, answers)
    old, new = states(portfolio, library), states(after, library)
    known = {answer.key for answer in answers if answer.known}
    promised = tuple(w.shipment for w in told.waiting if any(one <= known for one in w.sure))
    settled = tuple(s for s in old if not old[s][2] and new[s][2])
    products = {row.text("shipment"): row.text("product") for row in portfolio["shipments"]}
    changed = [s for s in old if old[s][:2] != new[s][:2]]
    shifts = (Shift(s, products[s], old[s][0], new[s][0], new[s][2]) for s in changed)
    needed = {key for w in told.waiting for one in (*w.sure, *w.may) for key in one}
    return Effect(
        tuple(answers),
        tuple(shifts),
        promised,
        settled,
        tuple(s for s in settled if s not in promised),
        tuple(s for s in promised if s not in settled),
        tuple(s for s in changed if old[s][2] and new[s][2]),
        tuple(a for a in answers if a.key not in needed),
        sum(1 for s in new.values() if not s[2]),
    )


def states(portfolio: Portfolio, library: Library) -> dict[str, _State]:
    """Per shipment: the outcomes of its legs, the facts they lack (as bits), and whether each is settled."""
    library = turned(library, portfolio)
    movements = list(Desk(portfolio, library).movements())
    decided = Decider(library.law, strict=library.strict).decide(facts_table(library.law, movements))
    found: dict[str, _State] = {}
    for row in decided.sort("key").iter_rows(named=True):
        shipment = movements[row["key"]].shipment.text("shipment")
        outcomes, missing, settled = found.get(shipment, ((), 0, True))
        one = row["low"] == row["high"] and row["outcome"] != Outcome.CONFLICT
        found[shipment] = (
            (*outcomes, Outcome(row["outcome"])),
            missing | unpack(row, "missing"),
            settled and one,
        )
    return found


def rows_of(portfolio: Portfolio) -> Iterable[Sequence[object]]:
    """The table of answers as rows of cells, in the order of its columns."""
    return ([row.values[c] for c in schema()["answers"].columns] for row in portfolio["answers"])
