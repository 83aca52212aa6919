"""Proves a book of law: reads it with its premises and asks the prover everything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.law.book import Book
from xenotime.law.prove.check import Proof, prove
from xenotime.law.prove.premises import read_premises
from xenotime.law.prove.worlds import knowledge_days
from xenotime.law.read import book_files, read_book


@dataclass(frozen=True, slots=True)
class BookProof:
    """The proof of one book: which it was, as known on which day, what was found."""

    jurisdiction: str
    book: Book
    known: date
    proof: Proof

    @property
    def clean(self) -> bool:
        """Whether everything that was found is declared."""
        return not self.proof.findings


def prove_book(
    jurisdiction: str,
    *,
    files: Mapping[str, str] | None = None,
    overlays: Mapping[str, str] | None = None,
    known: date | None = None,
    progress: Callable[[str], object] = lambda _: None,
    only: Collection[str] = (),
) -> BookProof:
    """The proof of one book with a user's notices laid over it, as known on a day.

    Without a day everything that anybody published is known, so a proof does not change overnight. ``only``
    names the questions to ask (all of `law.prove.check.QUESTIONS` by default).
    Raises BookError when the book cannot be read.
    """
    given = files or book_files(jurisdiction)
    book = read_book(overlays, jurisdiction, given)
    where = f"{jurisdiction}/proof.toml"
    premises = read_premises(book, given.get(where, ""), where)
    day = known or knowledge_days(book)[-1]
    return BookProof(jurisdiction, book, day, prove(book, day, premises, progress, only))
