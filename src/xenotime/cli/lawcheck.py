"""`xenotime law check | copy | coverage`: prove a book, copy it to change it, see what of it is encoded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from xenotime import wiring
from xenotime.cli.options import known as known_option
from xenotime.cli.options import law_file
from xenotime.cli.progress import working
from xenotime.core.errors import InputError
from xenotime.law.read import JURISDICTIONS, book_files, read_book
from xenotime.report.atomic import write
from xenotime.report.plain import plain
from xenotime.report.proof import census as shown
from xenotime.report.proof import proof
from xenotime.report.text import console
from xenotime.services.coverage import Census, census, trial_texts
from xenotime.services.witness import witness_files
from xenotime.stores.books import jurisdictions, named_book, read_folder, write_folder
from xenotime.stores.notices import read_notice

if TYPE_CHECKING:
    from xenotime.services.proof import BookProof

books_option = click.option(
    "--book",
    "books",
    multiple=True,
    metavar="NAME|FOLDER",
    help=f"One of {', '.join(JURISDICTIONS)}, or a folder made by `xenotime law copy`. Repeatable.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A book that was asked for: its name, jurisdiction, files, notices laid over it, and its cases."""

    name: str
    jurisdiction: str
    files: Mapping[str, str]
    overlays: Mapping[str, str]
    trials: Mapping[str, str]
    drafts: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """How `xenotime decide` is told to decide by this book."""
        books = [] if self.name == JURISDICTIONS[0] else [f"--books {self.name}"]
        return " ".join([*books, *(f"--law {draft}" for draft in self.drafts)])


def asked_for(
    books: tuple[str, ...], laid: Mapping[str, str], drafts: tuple[str, ...] = ()
) -> Iterator[Asked]:
    """The books that were named, or all that are packaged. Raises InputError for a name that is neither."""
    for name in books or JURISDICTIONS:
        if name in JURISDICTIONS:
            yield Asked(name, name, book_files(name), laid, trial_texts(name), drafts)
            continue
        if not Path(name).exists():
            raise InputError(
                "there is no such book",
                where="--book",
                expected=f"{', '.join(JURISDICTIONS)}, or a folder made by `xenotime law copy`",
                found=name,
                next_step="run `xenotime law copy FOLDER` to have a copy to change",
            )
        yield from _copies(Path(name))


def _copies(path: Path) -> Iterator[Asked]:
    """The books of a folder; or the one that a folder inside it names."""
    one = (path / "predicates.toml").is_file()
    names = [named_book(path)] if one else [(j, read_folder(path)) for j in jurisdictions(read_folder(path))]
    for jurisdiction, files in names:
        home = path if one else path / jurisdiction
        tried = {n: t for n, t in files.items() if n.startswith(f"{jurisdiction}/") and n.endswith(".yaml")}
        yield Asked(str(home), jurisdiction, files, {}, tried)


@click.command(short_help="Prove the books: no overlap, gap, dead rule.")
@books_option
@known_option
@law_file
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("law-findings"),
    show_default=True,
    help="Where the witness of each finding is written, as a decide file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(
    books: tuple[str, ...], known: date | None, extra: tuple[Path, ...], out: Path, *, as_json: bool
) -> None:
    """Prove the books of law for every day at once, and show the smallest shipment for whatever is wrong.

    \b
    xenotime law check                          every book, with your own notices laid over it
    xenotime law check --law tomorrow.md        with this draft as well
    xenotime law check --book my-copy           a copy that you changed

    Asked are: rules that overlap, gaps, dead rules, exceptions that never bite, conditions that are always
    true or never, answers that nobody gets, days between versions, answers that a missing fact could
    overturn, facts of which more makes an answer milder. Exit code 1 if something is found that the book does
    not declare as a legal doubt. docs/explanation/proof.md says what is proved, and what not.
    """
    from xenotime.services.proof import prove_book  # noqa: PLC0415 - only this command needs the prover

    laid = {**wiring.overlays().read(), **{p.name: read_notice(p) for p in extra}}
    told: list[dict[str, Any]] = []
    clean = True
    for each in asked_for(books, laid, tuple(map(str, extra))):
        start = perf_counter()
        with working(f"proving the book of {each.jurisdiction} …"):
            found = prove_book(each.jurisdiction, files=each.files, overlays=each.overlays, known=known)
        clean = clean and found.clean
        seconds = perf_counter() - start
        counted = census(found.book, each.trials)
        told.append(_tell(found, counted, each, out, seconds, as_json=as_json))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    if not clean:
        raise SystemExit(1)


def _tell(
    found: BookProof, counted: Census, asked: Asked, out: Path, seconds: float, *, as_json: bool
) -> dict[str, Any]:
    """Write the witnesses, print what was found; returns it as plain values."""
    written: dict[int, list[str]] = {}
    for finding, name, text in witness_files(found.proof.findings, asked.option):
        written.setdefault(id(finding), []).append(str(write(out / name, text.encode())))
    if not as_json:
        console().print(proof(found, counted, written, asked=asked.option))
        click.echo(f"{seconds:.1f} s\n")
    return {
        "book": asked.name,
        "jurisdiction": found.jurisdiction,
        "law": found.book.hash,
        "known": found.known.isoformat(),
        "questions": found.proof.asked,
        "worlds": found.proof.worlds,
        "proved": list(found.proof.proved),
        "findings": [
            {"id": f.id, "means": f.means, "files": written.get(id(f), []), "finding": plain(f)}
            for f in found.proof.findings
        ],
        "declared": [plain(d) for d in found.proof.declared],
    }


@click.command(short_help="Copy the books into a FOLDER to change them.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--book", "books", multiple=True, type=click.Choice(JURISDICTIONS), help="Only this one. Repeatable."
)
def copy(folder: Path, books: tuple[str, ...]) -> None:
    """Copy the books of law into a new FOLDER, to be changed, checked and decided by.

    \b
    xenotime law copy my-copy --book cn
    xenotime law check --book my-copy
    """
    files: dict[str, str] = {}
    for name in books or JURISDICTIONS:
        files.update(book_files(name))
        files.update(trial_texts(name))
    count = write_folder(folder, files)
    click.echo(f"{count} files written in {folder}: {', '.join(jurisdictions(files))}")
    click.echo(f"change them, then: xenotime law check --book {folder}")


@click.command(short_help="Show which articles are encoded and tested.")
@books_option
@click.option(
    "--all", "whole", is_flag=True, help="Also list what is not encoded and why, and what no case tries."
)
@click.option("--json", "as_json", is_flag=True, help="Print every article as JSON.")
def coverage(books: tuple[str, ...], *, whole: bool, as_json: bool) -> None:
    """Show which articles of the books are encoded, tried by cases, or not encodable, and who read them."""
    found = {}
    for each in asked_for(books, wiring.overlays().read()):
        book = read_book(each.overlays, each.jurisdiction, each.files)
        found[f"{each.name}:{each.jurisdiction}"] = census(book, each.trials)
    if as_json:
        click.echo(json.dumps({name: plain(c) for name, c in found.items()}, ensure_ascii=False, indent=2))
        return
    for name, counted in found.items():
        click.echo(f"Book {name.split(':')[-1]}")
        console().print(shown(counted, whole=whole))
        click.echo()
