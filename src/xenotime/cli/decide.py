"""`xenotime decide`: one transaction, decided and explained."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import click

from xenotime import wiring
from xenotime.cli.books import show_books
from xenotime.cli.options import books, branch, chosen, known, law_file, on, strict
from xenotime.core.errors import calm
from xenotime.report.atomic import write
from xenotime.report.plain import plain
from xenotime.report.questions import whynot
from xenotime.report.text import console, explanation, hits
from xenotime.services.ask.whynot import WhyNot, why_not
from xenotime.services.books import decide_abreast, named
from xenotime.services.expectation import failures
from xenotime.services.library import Library
from xenotime.services.receipt import line, written
from xenotime.services.transaction import (
    Decision,
    Transaction,
    decide_transaction,
    gathered,
    parse_transaction,
)
from xenotime.stores.notices import decoded, read_notice


@click.command(short_help="Decide and explain one transaction.")
@click.argument("facts", type=click.Path(path_type=Path, allow_dash=True))
@on
@known
@branch
@strict
@law_file
@books
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
@click.option("--facts", "show_facts", is_flag=True, help="Also print the facts as they were understood.")
@click.option("--why-not", "changing", is_flag=True, help="Also print what open facts or steps would change.")
@click.option(
    "--receipt",
    "kept",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the receipt here: facts with their sources, law, answer. `xenotime replay` runs it again.",
)
@click.option(
    "--check", is_flag=True, help="Compare with the file's own `expect` block; exit 1 if it differs."
)
def decide(
    facts: Path,
    on: date | None,
    known: date | None,
    branches: tuple[str, ...],
    strict: bool,
    extra: tuple[Path, ...],
    books: str,
    as_json: bool,
    show_facts: bool,
    changing: bool,
    kept: Path | None,
    check: bool,
) -> None:
    """Decide one transaction from a small YAML file (or - for standard input), and say why.

    \b
    The least that works:
      on: 2025-04-05
      facts: {from: CN, to: CH, kind: magnet, material: SmCo, elements: [Sm]}

    Add `parties:` to have them screened, `licences:` to have them checked. See examples/decide.
    `--books cn,us` decides under both laws: the answers side by side, and what lies between them.
    """
    text = decoded(sys.stdin.buffer.read(), "standard input") if str(facts) == "-" else read_notice(facts)
    given = parse_transaction(text, "standard input" if str(facts) == "-" else str(facts))
    given = replace(given, on=on or given.on)
    libraries = wiring.libraries(
        named(books),
        known or given.known,
        branches={**given.branches, **chosen(branches)},
        strict=strict or given.strict,
        extra=extra,
    )
    if len(libraries) > 1:
        if check:
            raise click.UsageError("--check is about one book: name one with --books")
        abreast = decide_abreast(libraries, given)
        show_books(abreast, libraries, as_data=as_json, facts=show_facts)
        if kept is not None:
            write(kept, written(one.receipt for one in abreast.decisions.values()))
            click.echo(f"wrote {kept}: {len(libraries)} receipts", err=as_json)
        return
    (library,) = libraries.values()
    made = decide_transaction(library, given)
    if as_json:
        whole = {"why_not": plain(_changing(made, library, given))} if changing else {}
        found = {**cast("dict[str, object]", plain(made)), **whole}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(made, library, facts=show_facts)
        if changing:
            console().print(whynot.told(_changing(made, library, given)))
    if kept is not None and made.receipt is not None:
        write(kept, line(made.receipt))
        click.echo(f"wrote {kept}: receipt {made.receipt.id[:12]}", err=as_json)
    if check:
        _check(given, made)


def _show(made: Decision, library: Library, *, facts: bool) -> None:
    click.secho(calm(made.title), bold=True)
    console().print(explanation(made.explanation, sources=library.law.book.sources, facts=facts))
    if made.hits:
        console().print(hits(made.hits))
    for sentence in made.stale:
        click.echo(f"stale: {sentence}")


def _changing(made: Decision, library: Library, given: Transaction) -> WhyNot:
    row, *_ = gathered(library, given)
    return why_not(library.law, row, given.on, made.explanation, strict=library.strict)


def _check(given: Transaction, made: Decision) -> None:
    found = failures(given.expect, made.explanation)
    for failure in found:
        click.echo(f"expected otherwise: {calm(failure)}", err=True)
    if found or not given.expect:
        raise SystemExit(1)
    click.echo("as expected")
