"""`xenotime law`: read the book, its dates and hinges; lay a notice over it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.lawcheck import check, copy, coverage
from xenotime.cli.lawdiff import diff, impact
from xenotime.cli.mutants import mutants
from xenotime.cli.options import book as book_option
from xenotime.cli.options import known as known_option
from xenotime.cli.options import on as on_option
from xenotime.cli.reckon import ask, due, fine
from xenotime.cli.vectors import vectors_
from xenotime.core.errors import calm
from xenotime.law.instrument import parse_instrument
from xenotime.law.law import Law
from xenotime.law.read import jurisdiction_of
from xenotime.report import text
from xenotime.report.plain import plain
from xenotime.services import laws
from xenotime.services.laws import ArticleView, InstrumentView
from xenotime.stores.notices import read_notice

_YEAR = timedelta(days=365)


@click.group(short_help="Read the book of law; add a notice.")
def law() -> None:
    """Read the book of law, article by article, with its status on a day; lay tomorrow's notice over it."""


@law.command("list")
@known_option
@on_option
@book_option
def list_(known: date | None, on: date | None, jurisdiction: str) -> None:
    """List every instrument of a book, its status and how far it was read."""
    folded = wiring.library(known, jurisdiction=jurisdiction).law
    views = laws.list_instruments(folded, on or folded.known)
    text.console().print(text.law_list([_row(v) for v in views]))
    click.echo(f"\n{len(views)} instruments, law {folded.hash[:12]}, as known on {folded.known}")


def _row(view: InstrumentView) -> dict[str, str]:
    instrument = view.instrument
    statuses = {
        a.status.status
        for a in view.articles
        if a.rule and a.rule.question in ("controlled", "banned", "policy")
    }
    return {
        "address": instrument.address + (" (yours)" if view.overlay else ""),
        "title": instrument.title,
        "title_zh": instrument.title_zh,
        "class": instrument.kind,
        "published": instrument.published.isoformat(),
        "status": " / ".join(sorted(statuses)) or "in_force",
        "articles": str(len(view.articles)),
        "read_until": str(instrument.read_until or ""),
    }


@law.command(short_help="Show an instrument or article on a day.")
@click.argument("address")
@known_option
@on_option
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(address: str, known: date | None, on: date | None, as_json: bool) -> None:
    """Show an instrument or article: its words, status, conditions, sources, cases.

    \b
    xenotime law show cn/mofcom-2025-61
    xenotime law show cn/mofcom-2025-61/1.1 --on 2025-10-20
    xenotime law show us/bis-2025-affiliates

    Below stand the legal ground as stated, where sources disagree, and what others claim: claims, not law.
    """
    folded = wiring.library(known, jurisdiction=jurisdiction_of(address)).law
    view = laws.show(folded, address, on or folded.known)
    if as_json:
        click.echo(json.dumps(plain(view), ensure_ascii=False, indent=2))
        return
    instrument = view.instrument
    head = {
        **_row(view),
        "sources": ", ".join(instrument.texts("sources")),
        "text": instrument.prose,
    }
    text.console().print(text.law_show(head, [_article(a) for a in view.articles]))
    _extras(view, folded)


def _article(view: ArticleView) -> dict[str, str]:
    rule, words = view.rule, view.article.text
    when = "; ".join(f"{s.status.replace('_', ' ')} from {s.first}" for s in view.segments)
    lines = [words, *(f"· {p.name}: {p.true}" for p in view.predicates[:12])]
    if view.cases:
        lines.append(f"Cases: {', '.join(view.cases)}")
    if when:
        lines.append(f"Dates: {when}")
    if rule is None:
        lines.append(f"Not encoded: {view.article.block.get('cannot_encode', '')}")
    return {
        "address": view.article.address,
        "title": view.article.title,
        "text": "\n".join(lines),
        "status": view.status.status if rule or view.segments else "",
        "question": rule.question if rule else "",
        "answer": rule.answer if rule else "",
        "binds": f"binds {rule.binds}" if rule else "",
        "confidence": f"confidence {rule.confidence}" if rule else "",
        "sources": ", ".join(rule.sources) if rule else "",
    }


def _extras(view: InstrumentView, folded: Law) -> None:
    front = view.instrument.front
    if front.get("ground"):
        click.echo(calm(f"\nLegal ground: {front['ground']}"))
    for sentence in view.instrument.texts("conflicts"):
        click.echo(calm(f"Sources disagree: {sentence}"))
    for claim in view.instrument.claims:
        click.echo(calm(f"Claim, not law: {claim}"))
    for claim in view.instrument.objections:
        click.echo(calm(f"Objection or answer, as claimed: {claim}"))
    if front.get("unopposed"):
        click.echo(calm(f"Objections: {front['unopposed']}"))
    for hinge in view.hinges:
        click.echo(calm(f"Hinge {hinge.id} on {hinge.day}: {hinge.asks} {hinge.check}"))
    click.echo(f"Law {folded.hash[:12]}, as known on {folded.known}")


@law.command()
@known_option
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), default="2024-12-01", help="First day drawn."
)
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Last day drawn.")
@click.option("--lists", is_flag=True, help="Also draw the party lists.")
@book_option
def timeline(known: date | None, first: object, last: object, lists: bool, jurisdiction: str) -> None:
    """Draw each article's status over time."""
    folded = wiring.library(known, jurisdiction=jurisdiction).law
    segments = laws.timeline(folded)
    if not lists:
        kinds = {i.address for i in folded.book.lists()}
        segments = tuple(s for s in segments if s.address.rsplit("/", 1)[0] not in kinds)
    console = text.console()
    start = first.date() if hasattr(first, "date") else folded.known
    end = last.date() if hasattr(last, "date") else folded.known + _YEAR / 2
    console.print(text.law_timeline(segments, first=start, last=end, known=folded.known, width=console.width))


@law.command(short_help="List every fact a decision may rest on.")
@click.option("--who", default="", help="Only the questions this person answers.")
@book_option
def facts(who: str, jurisdiction: str) -> None:
    """List every fact a decision may rest on, what its absence means, and who can answer."""
    folded = wiring.library(jurisdiction=jurisdiction).law
    rows = [
        {
            "fact": f.name,
            "type": " | ".join(f.values) if f.values else f.type,
            "unit": f.unit,
            "absence": f"presumed {f.presumed}: {f.ground}" if f.presumed else "unknown",
            "asks": f.asks,
            "who": f.who,
        }
        for f in laws.facts(folded)
        if (not who or f.who == who) and not f.name.startswith("held_")
    ]
    text.console().print(text.facts(rows))


@law.command(short_help="List the ends that no source confirms.")
@known_option
@book_option
def hinges(known: date | None, jurisdiction: str) -> None:
    """List the stated ends whose sequel no source confirms: day, branches, default, where to check."""
    folded = wiring.library(known, jurisdiction=jurisdiction).law
    rows = [
        {
            "hinge": h.id,
            "day": h.day.isoformat(),
            "branches": "; ".join(
                f"{name} ({status.replace('_', ' ')})" for name, status in h.branches.items()
            ),
            "default": h.default,
            "asks": h.asks,
            "check": h.check,
            "touches": ", ".join(articles),
            "claims": "; ".join(
                f"{c.branch or 'either branch'}: {c}" for c in h.claims if c.day <= folded.known
            ),
        }
        for h, articles in laws.hinges(folded)
    ]
    text.console().print(text.hinges(rows))


@law.command(short_help="Lay a notice of your own over the book.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def add(file: Path) -> None:
    """Lay a notice of your own over the shipped book (a new law hash). Checked whole before it is kept.

    See docs/howto/enter-tomorrows-notice.md for a worked file.
    """
    notice = read_notice(file)
    home = jurisdiction_of(parse_instrument(notice, file.name).address)
    before = wiring.library(jurisdiction=home).law.hash
    book, instrument, kept = laws.add_notice(wiring.overlays(), notice, file.name, wiring.clock().today())
    click.echo(calm(f"{instrument.address}: {instrument.title}, published {instrument.published}"))
    click.echo(f"kept as {kept}")
    click.echo(f"law {before[:12]} -> {book.hash[:12]}")
    click.echo(f"every command decides by it now; undo: xenotime law remove {instrument.address}")


@law.command()
@click.argument("address")
def remove(address: str) -> None:
    """Take a notice of your own away again."""
    laws.remove_notice(wiring.overlays(), address)
    home = jurisdiction_of(address)
    click.echo(f"removed {address}; law {wiring.library(jurisdiction=home).law.hash[:12]}")


for _command in (fine, due, ask, check, copy, coverage, diff, impact, mutants, vectors_):
    law.add_command(_command)
