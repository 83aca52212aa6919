"""Explains one row in a notebook: the whole answer as text and as HTML, with the receipt of the decision."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from rich.console import Console

from xenotime.core.errors import InputError
from xenotime.frames.decide import with_parties
from xenotime.frames.opened import Day, library
from xenotime.frames.screened import Parties
from xenotime.frames.take import narrow, taken
from xenotime.law.answer import Explanation
from xenotime.law.explain import explain as explained
from xenotime.law.facts import Value
from xenotime.law.table import engine_frame, values_of
from xenotime.report.atomic import write
from xenotime.report.text import explanation, render
from xenotime.services.issue import issued
from xenotime.services.receipt import Receipt, Stated, line

_WIDTH = 110
_FRAME = (
    '<pre style="white-space:pre;overflow-x:auto;line-height:1.35;font-family:ui-monospace,Menlo,Consolas,'
    "'DejaVu Sans Mono',monospace\">{code}</pre>"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row, decided in full: it shows itself in a notebook, and `explanation` holds every part."""

    explanation: Explanation
    receipt: Receipt
    sources: Mapping[str, Mapping[str, str]]

    @property
    def outcome(self) -> str:
        """The outcome as a word."""
        return self.explanation.outcome.word

    @property
    def rule(self) -> str:
        """The address of the deciding article; "" where none applies."""
        return self.explanation.rule

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that could change the outcome, by name."""
        return tuple(m.fact for m in self.explanation.missing)

    def save(self, path: str | Path) -> Path:
        """The receipt at a path, for `xenotime replay`. Raises InputError where it cannot be written."""
        return write(Path(path), line(self.receipt))

    def __repr__(self) -> str:
        return render(explanation(self.explanation, sources=self.sources), width=_WIDTH)

    def _repr_html_(self) -> str:
        sheet = Console(
            file=io.StringIO(), record=True, width=_WIDTH, highlight=False, markup=False, emoji=False
        )
        sheet.print(explanation(self.explanation, sources=self.sources))
        return sheet.export_html(inline_styles=True, code_format=_FRAME)


def explain(
    row: Any,  # noqa: ANN401 - a mapping, a row of pandas, or a dataframe
    on: str | Day = "on",
    known: Day = None,
    *,
    at: int = 0,
    columns: Mapping[str, str] | None = None,
    ignore: Iterable[str] = (),
    parties: Parties = (),
    strict: bool = False,
    branches: Mapping[str, str] | None = None,
    notices: Sequence[str | Path] = (),
    book: str = "cn",
) -> Answer:
    """The whole answer for one row, as `decide` decides it with the same options.

    `row` is a mapping of names and values, a row of pandas, or a dataframe, of which row `at` is taken.
    Raises InputError for a row that is not there, and otherwise as `decide` does.
    """
    opened, frame = library(known, branches, strict, notices, book), _one(row, at)
    facts = with_parties(frame, taken(frame, opened, on, columns or {}, ignore), parties, opened)
    engine_frame(facts, opened.law)  # refuses words that the law does not know
    found = facts.row(0, named=True)
    values = dict(values_of(opened.law, found))
    made = explained(opened.law, values, found["on"], calendar=opened.calendar, strict=opened.strict)
    kept = issued(opened, made, _stated(values, at, parties))
    return Answer(made, kept, opened.law.book.sources)


def _one(row: Any, at: int) -> nw.DataFrame[Any]:  # noqa: ANN401 - as `explain` takes it
    """The row that is asked about, as a dataframe of one. Raises InputError where there is none."""
    if isinstance(row, Mapping) or (hasattr(row, "to_dict") and not hasattr(row, "columns")):
        pairs = row if isinstance(row, Mapping) else row.to_dict()
        return nw.from_native(
            pl.DataFrame({str(k): [None if _absent(v) else v] for k, v in pairs.items()}), eager_only=True
        )
    frame = narrow(row)
    if not 0 <= at < len(frame):
        raise InputError(
            "there is no such row",
            where="at",
            expected=f"a row from 0 to {len(frame) - 1}" if len(frame) else "a dataframe with rows",
            found=str(at),
            next_step="count rows from 0, in the order of the dataframe",
        )
    return frame[at : at + 1]


def _absent(value: object) -> bool:
    """Whether a value stands for none, as pandas writes it."""
    return value is None or (not isinstance(value, str) and str(value) in ("nan", "NaT", "<NA>"))


def _stated(values: Mapping[str, Value], at: int, parties: Parties) -> Iterator[Stated]:
    for name, value in values.items():
        screened = bool(parties) and name.startswith(("listed_", "held_"))
        where = f"screening of row {at}" if screened else f"dataframe, row {at}"
        yield Stated(name, value, "list" if screened else "given", where)
