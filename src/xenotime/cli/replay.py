"""`xenotime replay`: a decision run again from its receipt, and compared to the byte."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from xenotime.cli.options import law_file
from xenotime.cli.progress import counting
from xenotime.core.errors import AddressError, calm
from xenotime.report.atomic import write
from xenotime.report.plain import plain
from xenotime.report.receipt import facts
from xenotime.report.text import console, explanation
from xenotime.services.receipt import Receipt, line, read
from xenotime.services.replay import Replay, fits, named
from xenotime.services.replay import replay as run
from xenotime.stores.receipts import lines
from xenotime.wiring.replay import Lawful, laws
from xenotime.wiring.rerun import RECEIPT, replay_row, replay_run

#: The receipts of an assessed portfolio, in its folder.
_LEGS = "receipts.jsonl"
#: How many receipts that differ are named one by one.
_SHOWN = 20


@click.command(short_help="Run a decision again from its RECEIPT, to the byte.")
@click.argument("receipt", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--id", "wanted", default="", metavar="ID", help="Only the receipt whose id begins so.")
@click.option("--book", type=click.Path(path_type=Path), help="Decide by this copy of the books.")
@law_file
@click.option(
    "--row", "key", default="", metavar="KEY", help="Of a run: only the row with this key, in full."
)
@click.option(
    "--facts", type=click.Path(path_type=Path), help="Of a run: the facts table, if it lies elsewhere."
)
@click.option(
    "--receipt", "kept", type=click.Path(path_type=Path), help="Of a row of a run: write its receipt here."
)
@click.option("--anyway", is_flag=True, help="Decide by the law and the release that are here, if others.")
@click.option("--show", is_flag=True, help="Also print the facts with their sources, and the decision.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def replay(
    receipt: Path,
    wanted: str,
    book: Path | None,
    extra: tuple[Path, ...],
    key: str,
    facts: Path | None,
    kept: Path | None,
    anyway: bool,
    show: bool,
    as_json: bool,
) -> None:
    """Decide the facts of a RECEIPT (or - for standard input) again, and compare every byte of the answer.

    \b
    xenotime decide facts.yaml --receipt receipt.json
    xenotime replay receipt.json
    xenotime replay june-report/receipts.jsonl --id 3f2a91 --show
    xenotime replay june-report                      every row of a run of `assess --engine`
    xenotime replay june-report --row 17 --show      one row of it, with its reasons

    A receipt of another law, calendar or release is refused by name; --anyway decides its facts by what is
    here, and says what differs. Exit codes: 0 the same to the byte; 1 something differs; 2 not usable.
    """
    law_of = laws(book, extra, anyway=anyway)
    if (receipt / RECEIPT).is_file() and not key:
        if wanted or kept or show:
            raise click.UsageError(
                "--id, --show and --receipt are about one decision: name a --row of the run"
            )
        _whole(receipt, law_of, facts, anyway=anyway, as_json=as_json)
        return
    if key:
        made = [replay_row(receipt, key, law_of, facts, anyway=anyway)]
    elif facts or kept:
        raise click.UsageError("--facts and --receipt are about the folder of a run")
    else:
        made = [_one(one, law_of, anyway=anyway) for one in _receipts(receipt, wanted)]
    if as_json:
        click.echo(json.dumps([_plain(one) for one in made], ensure_ascii=False, indent=2))
    else:
        _say(made, show=show)
    if kept:
        click.echo(f"wrote {write(kept, line(made[0].receipt))}", err=as_json)
    if not all(one.same for one in made):
        raise SystemExit(1)


def _receipts(path: Path, wanted: str) -> list[Receipt]:
    """The receipts of a file, of standard input, or of an assessed portfolio's folder."""
    path = path / _LEGS if path.is_dir() else path
    text: Iterable[str] = sys.stdin if str(path) == "-" else lines(path)
    where = "standard input" if str(path) == "-" else path.name
    found = [one for one in read(text, where) if one.id.startswith(wanted)]
    if not found:
        raise _none(where, wanted)
    return found


def _whole(folder: Path, law_of: Lawful, facts: Path | None, *, anyway: bool, as_json: bool) -> None:
    """Every row of a run again."""
    with counting("deciding", "rows") as tick:
        made = replay_run(folder, law_of, facts, anyway=anyway, progress=tick)
    if as_json:
        said = {"id": made.receipt.id, "title": made.receipt.body.title, "same": made.same, "rows": made.rows,
                "different": made.different, "differs": list(made.differs)}  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        body = made.receipt.body
        rest = f"{made.different:,} are not the same" if made.different else "the same to the byte"
        click.echo(f"{named(made.receipt)}: {made.rows:,} rows, decided by {calm(body.by)}: {rest}")
        for one in made.differs:
            click.echo(f"  differs: {calm(one)}")
    if not made.same:
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
        for told in one.differs:
            click.echo(f"  differs: {calm(told)}")
        if show:
            console().print(facts(one.receipt))
            console().print(explanation(one.explanation))
    if len(made) > 1:
        same = sum(one.same for one in made)
        click.echo(f"{len(made)} receipts: {same} the same to the byte, {len(made) - same} not")
