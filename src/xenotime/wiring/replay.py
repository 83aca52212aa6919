"""Finds the law that a receipt was written by: the packaged book or a copy, and the notices it names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from xenotime import wiring
from xenotime.core.errors import InputError
from xenotime.law.read import read_book
from xenotime.services.library import Library, open_library
from xenotime.services.receipt import Issued
from xenotime.services.replay import named
from xenotime.stores.books import read_folder
from xenotime.stores.notices import read_notice

#: What gives the law of a receipt.
Lawful = Callable[[Issued], Library]


def laws(folder: Path | None = None, extra: tuple[Path, ...] = (), *, anyway: bool = False) -> Lawful:
    """What gives the law of a receipt: the packaged book, or a folder's, with the notices that it names.

    With ``anyway`` a notice that is not here is left out; without it, it is an InputError. Raises BookError
    and AddressError as the law itself does.
    """
    files = None if folder is None else read_folder(folder)
    notices = {**wiring.overlays().read(), **{p.name: read_notice(p) for p in extra}}
    book = lru_cache(maxsize=8)(
        lambda jurisdiction, laid: read_book({n: notices[n] for n in laid}, jurisdiction, files)
    )

    @lru_cache(maxsize=8)
    def opened(
        which: str, laid: tuple[str, ...], known: date, branches: tuple[tuple[str, str], ...], strict: bool
    ) -> Library:
        return open_library(known, branches=dict(branches), strict=strict, book=book(which, laid))

    def law_of(receipt: Issued) -> Library:
        body = receipt.body
        missing = [name for name in body.law.overlays if name not in notices]
        if missing and not anyway:
            raise _absent(receipt, missing)
        laid = tuple(name for name in body.law.overlays if name in notices)
        return opened(body.law.book, laid, body.known, tuple(sorted(body.law.branches.items())), body.strict)

    return law_of


def _absent(receipt: Issued, missing: list[str]) -> InputError:
    return InputError(
        "this receipt rests on a notice that is not here",
        where=named(receipt),
        expected=", ".join(receipt.body.law.overlays),
        found=f"no {', '.join(missing)}",
        next_step=f"replay it with --law {missing[0]}, or add --anyway to leave it out",
    )
