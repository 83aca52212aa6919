"""`xenotime lists`: take in party lists, keep their versions, show what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import click

from xenotime import wiring
from xenotime.cli.options import Day
from xenotime.cli.progress import counting, working
from xenotime.core.errors import AddressError
from xenotime.parties.listing.change import Change, diff
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.listing.formats import FORMATS, Stream
from xenotime.parties.listing.formats.plain import write
from xenotime.parties.listing.version import Edition, ListVersion
from xenotime.report import text
from xenotime.report.plain import plain
from xenotime.report.terminal import listing
from xenotime.services import lists as service
from xenotime.services.lists import Intake, Taken

_MOST_SHOWN = 20
_PATHS = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE..."
)


def _intake(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what a list file does not say itself."""
    for option in reversed(
        (
            click.option(
                "--format",
                "format_",
                type=click.Choice([f.name for f in FORMATS]),
                default=None,
                help="What the file is (default: recognised by its beginning).",
            ),
            click.option("--encoding", default="", help="Encoding of a file that is not UTF-8, e.g. cp1252."),
            click.option(
                "--as-of", type=Day(), default=None, help="Day the list speaks of, if it does not say."
            ),
            click.option("--authority", default="", help="Who keeps the list, if it does not say."),
            click.option(
                "--fresh-days",
                type=click.IntRange(0, 3650),
                default=None,
                help="Days after which the list counts as stale (default: 7).",
            ),
        )
    ):
        command = option(command)
    return command


@click.group(invoke_without_command=True, short_help="Keep party lists; show what an update changed.")
@click.pass_context
def lists(ctx: click.Context) -> None:
    """Show all party lists: those of the book, and yours; mark those that are stale.

    \b
    xenotime lists add consolidated.json --name us-csl     take in a list
    xenotime lists update us-csl consolidated.json         its next version: atomic, history kept
    xenotime lists diff us-csl                             what the last update changed
    xenotime lists show us-csl --entry SDN-36              one entry
    """
    if ctx.invoked_subcommand is None:
        _overview()


def _overview() -> None:
    known = wiring.clock().today()
    editions = [*wiring.shelf().editions(), *(v.edition for v in wiring.builtin_lists(known))]
    head = ("list", "version", "as of", "age", "entries", "")
    rows = [_row(e, known) for e in editions]
    text.console().print(listing(head, rows, keep=(0, 1, 2, 3, 4)))
    for sentence in service.stale(editions, known):
        click.echo(f"stale: {sentence}")


def _row(edition: Edition, known: date) -> tuple[str, ...]:
    age = edition.age(known)
    return (
        edition.list_id,
        "book" if edition.builtin else f"{edition.number} ({edition.sha[:8]})",
        str(edition.as_of or "unknown"),
        "unknown" if age is None else f"{age} d",
        f"{edition.count:,}",
        "stale" if edition.stale(known) else "",
    )


@lists.command(short_help="Take in a list FILE under a new name.")
@_PATHS
@click.option("--name", required=True, help="A name of your own for the list, such as us-csl.")
@_intake
def add(files: tuple[Path, ...], name: str, **said: Any) -> None:
    """Take in a list FILE under a new name, whole or not at all.

    OFAC's delimited list has several files; give them together: sdn.csv alt.csv add.csv.

    Exit codes: 0 done; 1 done, and a watched party is raised; 2 the file cannot be used.
    """
    known = wiring.clock().today()
    with _opened(files) as streams:
        taken = service.add(wiring.shelf(), name, streams, known, _said(said))
    _tell(taken, known)


@lists.command(short_help="Take in a new version of a list.")
@click.argument("name")
@_PATHS
@_intake
@click.option("--accept-shrink", is_flag=True, help="Accept that more than half of the entries go.")
def update(name: str, files: tuple[Path, ...], accept_shrink: bool, **said: Any) -> None:
    """Take in a new version of the list NAME from FILE; the old versions stay.

    Watched parties are compared with what is new, and each that now hits is told at once.

    Exit codes: 0 done; 1 done, and a watched party is raised; 2 the file cannot be used.
    """
    known = wiring.clock().today()
    with _opened(files) as streams:
        intake = replace(_said(said), accept_shrink=accept_shrink)
        taken = service.update(wiring.shelf(), name, streams, known, intake)
    _tell(taken, known)


def _said(said: dict[str, Any]) -> Intake:
    return Intake(
        said["format_"] or "", said["encoding"], said["as_of"], said["authority"], said["fresh_days"]
    )


@contextmanager
def _opened(files: Sequence[Path]) -> Iterator[list[tuple[str, Stream]]]:
    """The files to read from, with a bar of how much of them was read."""
    total = sum(path.stat().st_size for path in files)
    with ExitStack() as stack, counting(f"reading {files[0].name}", "KiB") as tell:
        meter = _Meter(tell, total)
        yield [(path.name, _Metered(stack.enter_context(path.open("rb")), meter)) for path in files]


class _Meter:
    """How much of all files was read [KiB]."""

    def __init__(self, tell: Callable[[int, int], None], total: int) -> None:
        self.tell, self.total, self.done = tell, total, 0

    def add(self, size: int) -> None:
        self.done += size
        self.tell(self.done >> 10, self.total >> 10)


class _Metered:
    """A stream that says how much was read from it."""

    def __init__(self, stream: BinaryIO, meter: _Meter) -> None:
        self.stream, self.meter = stream, meter

    def read(self, size: int, /) -> bytes:
        piece = self.stream.read(size)
        self.meter.add(len(piece))
        return piece


def _tell(taken: Taken, known: date) -> None:
    edition = taken.after.edition
    if taken.before and taken.before.edition.number == edition.number:
        click.echo(f"{edition.list_id}: nothing new; version {edition.number} has this content")
    else:
        click.echo(
            f"{edition.list_id} version {edition.number}: {edition.count:,} entries ({edition.format}), "
            f"as of {edition.as_of or 'an unknown day'}, {edition.sha[:12]}"
        )
    if taken.before:
        click.echo(_counts(taken.change))
    for problem in taken.findings[:_MOST_SHOWN]:
        found = f" ({problem.found})" if problem.found else ""
        click.echo(f"  note: {problem.what}: {problem.where}{found}")
    if len(taken.findings) > _MOST_SHOWN:
        click.echo(f"  and {len(taken.findings) - _MOST_SHOWN} notes more")
    with working("comparing watched parties with what is new"):
        alerts = wiring.compare_watched(edition.list_id, known)
    for alert in alerts:
        click.echo(f"ALERT {alert.says}")
    if alerts:
        click.echo(
            "next: screen these parties again and decide each hit; until then `xenotime records alerts` tells"
        )
    for sentence in service.stale([edition], known):
        click.echo(f"stale: {sentence}")
    if alerts:
        raise SystemExit(1)


def _counts(change: Change) -> str:
    return (
        f"  {len(change.added)} added, {len(change.removed)} removed, {len(change.changed)} changed"
        if change
        else "  no entry differs"
    )


@lists.command(short_help="Show a list, or one entry of it.")
@click.argument("name", required=False)
@click.option("--entry", default="", help="Only this entry, in full.")
@click.option(
    "--version", default="", help="A version by number or beginning of its hash (default: the latest)."
)
@click.option("--on", type=Day(), default=None, help="State of each listing on a day (default: today).")
@click.option("--history", is_flag=True, help="Every version of the list.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the entries as plain CSV, which `add` reads back.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(
    name: str | None, entry: str, version: str, on: date | None, history: bool, as_csv: bool, as_json: bool
) -> None:
    """Show the list NAME: what it is and its entries; without NAME, all lists."""
    known = wiring.clock().today()
    if name is None:
        _overview()
        return
    if history:
        _history(name, known)
        return
    found = _version(name, version, known)
    shown = [service.one(found, entry)] if entry else list(found.entries)
    if as_csv:
        click.echo(write(shown), nl=False)
    elif as_json:
        click.echo(json.dumps(plain(shown if not entry else shown[0]), ensure_ascii=False, indent=2))
    elif entry:
        _entry(shown[0], on or known)
    else:
        _list(found, on or known, known)


def _version(name: str, version: str, known: date) -> ListVersion:
    """A list of the book by its address, or of the user's own by its name."""
    of_book = {v.edition.list_id: v for v in wiring.builtin_lists(known)} if "/" in name else {}
    if name in of_book and not version:
        return of_book[name]
    if "/" in name:
        raise AddressError(
            "the book has no such list"
            if name not in of_book
            else "a list of the book has one version a book",
            where="xenotime lists",
            expected=", ".join(sorted(of_book)),
            found=f"{name} {version}".strip(),
            next_step="run `xenotime lists` to see all lists",
        )
    return wiring.shelf().load(name, version)


def _history(name: str, known: date) -> None:
    editions = wiring.shelf().history(name) or (_version(name, "", known).edition,)
    head = ("version", "hash", "as of", "added", "entries", "file")
    rows = [
        (str(e.number), e.sha[:12], str(e.as_of or "unknown"), str(e.added), f"{e.count:,}", e.file)
        for e in editions
    ]
    text.console().print(listing(head, rows, keep=(0, 1, 2, 3, 4)))


def _list(version: ListVersion, on: date, known: date) -> None:
    edition = version.edition
    click.echo(f"{edition.list_id}: {edition.title}")
    age = edition.age(known)
    told = "" if age is None else f", {age} days old"
    click.echo(
        f"{edition.authority or 'authority not said'}; as of {edition.as_of or 'an unknown day'}{told}"
    )
    click.echo(f"version {edition.number or 'of the book'}, {edition.sha[:12]}, {edition.count:,} entries")
    rows = [
        (e.entry, e.name, " ".join(e.countries), e.kind, e.status(on)) for e in version.entries[:_MOST_SHOWN]
    ]
    text.console().print(listing(("entry", "name", "country", "kind", f"on {on}"), rows, keep=(0,)))
    if edition.count > _MOST_SHOWN:
        click.echo(f"and {edition.count - _MOST_SHOWN:,} more: --entry ID shows one, --csv prints all")
    for sentence in service.stale([edition], known):
        click.echo(f"stale: {sentence}")


def _entry(entry: ListEntry, on: date) -> None:
    click.echo(f"{entry.list_id} {entry.entry}: {entry.name} ({entry.kind}), {entry.status(on)} on {on}")
    for name in entry.names:
        click.echo(f"  {name.kind:12} {name.text}{f'  [{name.script}]' if name.script else ''}")
    for identifier in entry.identifiers:
        click.echo(f"  {identifier.kind:12} {identifier.value} {identifier.country}".rstrip())
    for label, values in (
        ("country", entry.countries),
        ("address", entry.addresses),
        ("programme", entry.programmes),
        ("authority", (entry.authority,)),
    ):
        for value in filter(None, values):
            click.echo(f"  {label:12} {value}")
    for event in entry.events:
        by = " ".join(filter(None, (event.instrument, event.source)))
        click.echo(f"  {event.event:12} {event.day or 'day not said'} {by}".rstrip())
    for label, value in (("remark", entry.remark), ("source", entry.source)):
        if value:
            click.echo(f"  {label:12} {value}")


@lists.command("diff", short_help="Show what changed between two versions.")
@click.argument("name")
@click.option("--from", "first", default="", help="The earlier version (default: the one before the later).")
@click.option("--to", "last", default="", help="The later version (default: the latest).")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def diff_(name: str, first: str, last: str, as_json: bool) -> None:
    """Show the entries that were added, removed or changed between two versions of the list NAME."""
    shelf = wiring.shelf()
    after = shelf.load(name, last)
    numbers = [e.number for e in shelf.history(name) if e.number < after.edition.number]
    before = shelf.load(name, first or str(numbers[-1] if numbers else after.edition.number))
    change = diff(before.entries, after.entries)
    if as_json:
        click.echo(json.dumps(plain(change), ensure_ascii=False, indent=2))
        return
    click.echo(f"{name}: version {before.edition.number} to {after.edition.number}")
    click.echo(_counts(change))
    for sign, entries in (("+", change.added), ("-", change.removed)):
        for entry in entries:
            click.echo(f"{sign} {entry.entry}: {entry.name}")
    for one in change.changed:
        click.echo(f"~ {one.after.entry}: {one.after.name}")
        for field in one.fields:
            for sign, values in (("-", field.lost), ("+", field.gained)):
                for value in values:
                    click.echo(f"    {sign} {field.field}: {_said_of(value)}")


def _said_of(value: object) -> str:
    said = plain(value)
    return " ".join(str(v) for v in said.values() if v) if isinstance(said, dict) else str(said)


@lists.command(short_help="Hide a list of yours; its versions stay.")
@click.argument("name")
def remove(name: str) -> None:
    """Hide the list NAME, so that nothing is compared with it; its versions stay for replay."""
    wiring.shelf().hide(name)
    click.echo(
        f"{name} is no longer used; its versions stay. `xenotime lists add --name {name}` shows it again"
    )
