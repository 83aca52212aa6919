"""`xenotime screen`: parties put to the lists, answered and recorded."""

from __future__ import annotations

import os.path
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import Day, asker, by, known
from xenotime.cli.progress import counting
from xenotime.core.errors import InputError
from xenotime.report import register
from xenotime.report.answered import answered
from xenotime.report.terminal import console
from xenotime.report.words import load
from xenotime.services.screening.asking import TABLES, Question, from_file, from_names
from xenotime.services.screening.desk import screen_all
from xenotime.services.screening.matcher import THRESHOLD
from xenotime.services.screening.record import NO_HIT, Screening

_FILES = (*TABLES, ".txt")


@click.command(short_help="Look for NAMES, or a FILE of them, on the lists.")
@click.argument("names", nargs=-1, required=True, metavar="NAME... | FILE")
@click.option("--country", default="", help="Country of the party: a code such as CN, or its name.")
@click.option("--lei", default="", help="Legal Entity Identifier of the party.")
@click.option("--uscc", default="", help="Unified social credit code of the party.")
@click.option("--encoding", default="", help="Encoding of a FILE that is not UTF-8, e.g. gb18030.")
@click.option(
    "--list", "lists", multiple=True, metavar="LIST", help="Only this list; `cn/` for all of China's."
)
@click.option("--on", type=Day(), default=None, help="Day for the state of each listing (default: --known).")
@known
@click.option(
    "--threshold", type=click.IntRange(1, 100), default=THRESHOLD, show_default=True,
    help="Show names that are one party with at least this probability, in percent.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="Folder for a register."
)
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the page."
)
@by
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--no-record", "unkept", is_flag=True, help="Keep no record, and do not watch the parties.")
def screen(
    names: tuple[str, ...],
    country: str,
    lei: str,
    uscc: str,
    encoding: str,
    lists: tuple[str, ...],
    on: date | None,
    known: date | None,
    threshold: int,
    out: Path | None,
    lang: str,
    by: str | None,
    as_json: bool,
    unkept: bool,
) -> None:
    """Look for parties on the packaged Chinese lists and on your own.

    \b
    xenotime screen "Fernhill Pigments AG" --country CH
    xenotime screen customers.csv --out june-screening --by "A. Analyst"

    A FILE is CSV or XLSX with the columns name, other_names, country, lei, uscc, registration, party; or a
    text file with one name a line. Every screening is kept as a record (`xenotime records`), and its parties
    are watched: a list update that names one raises it.

    Exit codes: 0 no hit; 1 something to look at; 2 the input cannot be used.
    """
    day = known or wiring.clock().today()
    asked, file, source = _asked(names, country, lei, uscc, encoding)
    lists_then = wiring.latest()
    desk = wiring.desk(day, lists=lists, threshold=threshold)
    keep = None if unkept else wiring.keeper(desk)
    made: list[Screening] = []
    with counting("screening", "parties") as tick:
        made.extend(
            screen_all(
                desk,
                asked,
                on=on or day,
                known=day,
                by=asker(by),
                file=file,
                source=source,
                keep=keep,
                progress=tick,
            )
        )
    if as_json:
        click.echo(register.as_json(made), nl=False)
    else:
        console().print(answered(made, kept=not unkept))
    if out:
        for path in register.write(made, out, load(lang)):
            click.echo(f"wrote {path}", err=as_json)
    for name in sorted(n for n, sha in wiring.latest().items() if lists_then.get(n) != sha):
        click.echo(f"the list {name} was updated while this ran: screen these parties again", err=True)
    if any(one.outcome != NO_HIT for one in made):
        raise SystemExit(1)


def _asked(
    names: tuple[str, ...], country: str, lei: str, uscc: str, encoding: str
) -> tuple[list[Question], str, str]:
    """The questions, the file they come from and its hash; "" for names that were typed."""
    path = Path(names[0]) if len(names) == 1 and len(names[0]) < 1_000 and "\0" not in names[0] else None
    if path is None or path.suffix.lower() not in _FILES:
        if path is not None and os.path.isfile(path):  # noqa: PTH113 - a name too long for a file is no error
            raise InputError(
                "this is a file, and not one that parties are read from",
                where=names[0],
                expected=f"a file ending in {', '.join(_FILES)}, or a name",
                found=f"a file ending in {path.suffix}" if path.suffix else "a file without an ending",
                next_step="save it as CSV; if a party has this name, ask from another folder",
            )
        return from_names(names, country=country, lei=lei, uscc=uscc), "", ""
    if country or lei or uscc:
        raise InputError(
            "a file says each party's country and numbers itself",
            where="--country, --lei, --uscc",
            expected="these columns in the file",
            found=str(path),
            next_step="leave the options out",
        )
    found, source = from_file(path, encoding)
    return found, path.name.encode("utf-8", "replace").decode(), source
