"""The law with the hinges that a portfolio's answers settle: what somebody was told, with its source."""

from __future__ import annotations

from dataclasses import replace

from xenotime.core.errors import AddressError
from xenotime.law.law import fold_book
from xenotime.portfolio.table import Portfolio
from xenotime.services.ask.answers import told
from xenotime.services.library import Library


def turned(library: Library, portfolio: Portfolio) -> Library:
    """The library with every hinge settled that the portfolio holds an answer to, given by the day known.

    A branch chosen for the run goes before an answer. Raises AddressError for an answer that is no branch.
    """
    law, found = library.law, {}
    for key, answer in told(portfolio).items():
        hinge = law.book.hinges.get(key.subject) if key.about == "hinge" else None
        if hinge is None or answer.day > law.known or hinge.id in law.chosen:
            continue
        if answer.value not in hinge.branches:
            raise AddressError(
                "this answer is no branch of its hinge",
                where=answer.where,
                expected=" | ".join(hinge.branches),
                found=answer.value,
                next_step="see `xenotime law hinges`",
            )
        found[hinge.id] = answer.value
    if not found:
        return library
    return replace(library, law=fold_book(law.book, law.known, {**found, **law.chosen}))
