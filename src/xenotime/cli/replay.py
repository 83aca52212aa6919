"""`xenotime replay`: a decision run again from its receipt, and compared to the byte."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from xenotime.cli.options import law_file
from xenotime.core.errors import AddressError
from xenotime.report.plain import plain
from xenotime.report.receipt import facts
from xenotime.report.text import console, explanation
from xenotime.services.receipt import Receipt, read
from xenotime.services.replay import Replay, fits, named
from xenotime.services.replay import replay as run
from xenotime.stores.receipts import lines
from xenotime.wiring.replay import Lawful, laws

#: How many receipts that differ are named one by one.
_SHOWN = 20


@click.command(short_help="Run a decision again from its RECEIPT, to the byte.")
@click.argument("receipt", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--id", "wanted", default="", metavar="ID", help="Only the receipt whose id begins so.")
@click.option("--book", type=click.Path(path_type=Path), help="Decide by this copy of the books.")
@law_file
@click.option("--anyway", is_flag=True, help="Decide by the law and the release that are here, if others.")
@click.option("--show", is_flag=True, help="Also print the facts with their sources, and the decision.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def replay(
    receipt: Path,
    wanted: str,
    book: Path | None,
    extra: tuple[Path, ...],
    anyway: bool,
    show: bool,
    as_json: bool,
) -> None:
    """Decide the facts of a RECEIPT (or - for standard input) again, and compare every byte of the answer.

    \b
    xenotime decide facts.yaml --receipt receipt.json
    xenotime replay receipt.json
    xenotime replay june-report/receipts.jsonl --id 3f2a91 --show

    A receipt of another law, calendar or release is refused by name; --anyway decides its facts by what is
    here, and says what differs. Exit codes: 0 the same to the byte; 1 something differs; 2 not usable.
    """
    text: Iterable[str] = sys.stdin if str(receipt) == "-" else lines(receipt)
    where = "standard input" if str(receipt) == "-" else receipt.name
    found = [one for one in read(text, where) if one.id.startswith(wanted)]
    if not found:
        raise _none(where, wanted)
    law_of = laws(book, extra, anyway=anyway)
    made = [_one(one, law_of, anyway=anyway) for one in found]
    if as_json:
        click.echo(json.dumps([_plain(one) for one in made], ensure_ascii=False, indent=2))
    else:
        _say(made, show=show)
    if not all(one.same for one in made):
        raise SystemExit(1)


def _none(where: str, wanted: str) -> AddressError:
    return AddressError(
        "no receipt has this id",
        where=where,
        expected="an id, or the beginning of one, of a receipt in the file",
        found=wanted,
        next_step="take it from the column receipt of results.csv",
    )


def _one(receipt: Receipt, law_of: Lawful, *, anyway: bool) -> Replay:
    library = law_of(receipt)
    if not anyway:
        fits(receipt, library)
    return run(receipt, library)


def _plain(made: Replay) -> dict[str, object]:
    return {
        "id": made.receipt.id,
        "title": made.receipt.body.title,
        "same": made.same,
        "differs": list(made.differs),
        "explanation": plain(made.explanation),
    }


def _say(made: list[Replay], *, show: bool) -> None:
    for one in [m for m in made if show or len(made) == 1 or not m.same][:_SHOWN]:
        click.echo(f"{named(one.receipt)}: {'the same to the byte' if one.same else 'not the same'}")
        for line in one.differs:
            click.echo(f"  differs: {line}")
        if show:
            console().print(facts(one.receipt))
            console().print(explanation(one.explanation))
    if len(made) > 1:
        same = sum(one.same for one in made)
        click.echo(f"{len(made)} receipts: {same} the same to the byte, {len(made) - same} not")
