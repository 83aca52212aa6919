"""`xenotime records`: the register of screenings, what was decided, and what is held about whom."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import Day
from xenotime.cli.progress import working
from xenotime.core.canon import restored
from xenotime.core.errors import InputError
from xenotime.report import audit, register
from xenotime.report.answered import answered
from xenotime.report.terminal import console
from xenotime.services.screening import privacy
from xenotime.services.screening.decisions import FALSE, TRUE, confirmed, decided
from xenotime.services.screening.record import ENTRY, SCOPES, Policy, Screening
from xenotime.services.screening.replay import read

known = click.option("--known", type=Day(), default=None, help="The day of today (default: the clock's).")
by = click.option("--by", default="", metavar="WHO", help="Who decides (default: $XENOTIME_BY).")


@click.group(short_help="Read the register of screenings; clear, confirm, replay, export, erase.")
def records() -> None:
    """The register of screenings: every answer with its list versions, hits, scores and decisions.

    \b
    xenotime records list
    xenotime records show last
    xenotime records decide last --query "Fernhill Pigments AG" --hit us-ofac-sdn/123 \\
        --false-positive --because "another country and another line of business" --by "A. Analyst"
    xenotime records replay 3f2a91
    """


@records.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """List every screening: id, day, outcome counts, who asked."""
    kept = wiring.records()
    found = []
    for number in kept.ids():
        made = restored(Screening, kept.get(number)[1])
        found.append(register.overview(number, made))
    if as_json:
        click.echo(register.json_text(found), nl=False)
        return
    for one in found:
        click.echo(register.overview_line(one))
    if not found:
        click.echo("no screening is recorded yet: run `xenotime screen NAME`")


@records.command()
@click.argument("record")
@click.option("--json", "as_json", is_flag=True, help="Print the record as it is kept.")
def show(record: str, as_json: bool) -> None:
    """Show one screening, by its id, the beginning of it, or `last`."""
    kept = wiring.records()
    if as_json:
        click.echo(kept.get(record)[1].decode())
        return
    number, made = read(kept, record)
    click.echo(register.head(number, made), nl=False)
    console().print(answered([made], kept=False))


@records.command()
@click.argument("record")
def replay(record: str) -> None:
    """Run a screening again on its own list versions and compare every byte. Exit code 1 if it differs."""
    found = wiring.replayed(record)
    for stone in found.erased:
        click.echo(f"erased: {stone}; this party cannot be asked again")
    for line in found.differs:
        click.echo(f"differs: {line}")
    same = "the same but for what was erased" if found.erased else "the same to the byte"
    click.echo(f"{found.record[:12]}: {same if found.same else 'not the same'}")
    if not found.same:
        raise SystemExit(1)


@records.command()
@click.argument("record")
@click.option("--query", default="", help="The party, by its id or name in the record.")
@click.option("--hit", default="", metavar="LIST/ENTRY", help="The hit that is decided.")
@click.option("--false-positive", "false", is_flag=True, help="The party is not this entry.")
@click.option("--true-match", "true", is_flag=True, help="The party is this entry.")
@click.option("--because", default="", help="The reason, as another person can follow it.")
@by
@click.option("--until", type=Day(), default=None, help="Last day it counts (default: a year from today).")
@click.option(
    "--scope", type=click.Choice(SCOPES), default=ENTRY, show_default=True, help="How far it reaches."
)
@click.option("--confirm", is_flag=True, help="RECORD is a decision: confirm it as a second person.")
@known
def decide(
    record: str,
    query: str,
    hit: str,
    false: bool,
    true: bool,
    because: str,
    by: str,
    until: date | None,
    scope: str,
    confirm: bool,
    known: date | None,
) -> None:
    """Decide a hit of a screening: cleared, or truly the listed party; remembered until facts change.

    \b
    this-list-entry        this party, this entry
    all-entries-of-list    this party, every hit on that list in the record
    name                   whoever has exactly these names, this entry
    """
    kept, day = wiring.records(), known or wiring.clock().today()
    who = by or os.environ.get("XENOTIME_BY", "")
    if confirm:
        with kept.whole():
            number, waiting = kept.decision(record)
            if number not in dict(kept.decisions()):
                raise _replaced(number)
            done = kept.decide(confirmed(waiting, who, day), instead=number)
        click.echo(f"decision {done[:12]} confirmed by {who}; it counts until {waiting.until}")
        return
    if false == true:
        raise InputError(
            "say what was decided",
            where="xenotime records decide",
            expected="either --false-positive or --true-match",
            found="both" if false else "neither",
        )
    number, made = read(kept, record)
    decision = decided(
        made,
        number,
        query=query,
        hit=hit,
        verdict=FALSE if false else TRUE,
        scope=scope,
        because=because,
        by=who,
        day=day,
        until=until,
        four_eyes=kept.policy().four_eyes,
    )
    done = kept.decide(decision)
    click.echo(f"decision {done[:12]}: {decision.verdict}, {decision.name}, until {decision.until}")
    for one in decision.covers:
        click.echo(f"  {one.list_id}/{one.entry}  {one.name}")
    if not decision.stands:
        click.echo(f"it waits for a second person: xenotime records decide {done[:12]} --confirm --by WHO")


def _replaced(number: str) -> InputError:
    return InputError(
        "this decision waits for nobody",
        where=number[:12],
        expected="a decision that still waits for a second person",
        found="one that was confirmed before",
        next_step="run `xenotime records decisions`",
    )


@records.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def decisions(as_json: bool) -> None:
    """List what was decided, with reach and end."""
    found = wiring.records().decisions()
    if as_json:
        click.echo(register.json_text([{"id": n, **register.fields_of(d)} for n, d in found]), nl=False)
        return
    for number, one in found:
        click.echo(register.decision_line(number, one))
    if not found:
        click.echo("nothing is decided yet: run `xenotime records decide`")


@records.command()
@click.option("--all", "every", is_flag=True, help="Also those whose party was screened since.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def alerts(every: bool, as_json: bool) -> None:
    """List what list updates did to parties once screened. Exit code 1 if a party was raised.

    An alert is answered, and no longer listed, once its party is screened again.
    """
    found = wiring.records().alerts(answered=every)
    if as_json:
        click.echo(register.json_text([register.fields_of(a) for a in found]), nl=False)
    else:
        for one in found:
            click.echo(f"{one.known}  {one.kind}: {one.says}")
        if not found:
            click.echo("no list update waits for an answer")
    if any(one.kind == "raised" for one in found):
        if not as_json:
            click.echo("next: screen these parties again and decide each hit", err=True)
        raise SystemExit(1)


@records.command()
@known
def watch(known: date | None) -> None:
    """Put every party once screened to what is new on all lists. Exit code 1 if one is raised.

    `xenotime lists update` does so by itself; run this after `xenotime law add`, or after a new version of
    xenotime brought new lists.
    """
    with working("comparing watched parties with what is new"):
        found = wiring.watch(known or wiring.clock().today())
    for one in found:
        click.echo(f"{one.kind}: {one.says}")
    if not found:
        click.echo("nothing new touches a watched party")
    if any(one.kind == "raised" for one in found):
        raise SystemExit(1)


@records.command()
@click.option(
    "--four-eyes/--one-person", "four_eyes", default=None, help="Whether clearing needs two persons."
)
@click.option(
    "--retention", type=click.IntRange(0, 36_500), default=None, help="Days to keep records; 0: no end."
)
def policy(four_eyes: bool | None, retention: int | None) -> None:
    """Show or set the house's own rules for decisions and retention."""
    kept = wiring.records()
    old = kept.policy()
    new = Policy(
        old.four_eyes if four_eyes is None else four_eyes, old.retention if retention is None else retention
    )
    if new != old:
        kept.set_policy(new)
    click.echo(f"clearing a hit takes {'two persons' if new.four_eyes else 'one person'}")
    click.echo(f"records are kept {f'{new.retention} days' if new.retention else 'without end'}")


@records.command()
@click.option(
    "--before", type=Day(), default=None, help="First day that is kept (default: by the retention)."
)
@click.option("--yes", is_flag=True, help="Remove them; without it they are only counted.")
@click.option("--keep-watched", is_flag=True, help="Go on watching the parties whose screenings go.")
@known
def purge(before: date | None, yes: bool, keep_watched: bool, known: date | None) -> None:
    """Count, or with --yes remove, what was recorded before a day."""
    kept, today = wiring.records(), known or wiring.clock().today()
    day = before or privacy.end_of_retention(kept.policy(), today)
    counts = privacy.purge(kept, day, day=today, dry=not yes, watched=not keep_watched)
    for kind, number in counts.items():
        click.echo(f"{number:8,}  {kind}")
    click.echo(
        f"removed: recorded before {day}" if yes else f"would go: recorded before {day}; --yes does it"
    )


@records.command()
@click.argument("party")
@click.option("--because", default="", help="The reason, without the party's name.")
@known
def erase(party: str, because: str, known: date | None) -> None:
    """Take a PARTY's names, numbers and hits out of every record; only a tombstone stays."""
    day = known or wiring.clock().today()
    for kind, number in privacy.erase(wiring.records(), party, reason=because, day=day).items():
        click.echo(f"{number:8,}  {kind}")
    click.echo("erased; the records stay countable, and a replay says so")


@records.command()
@click.argument("party")
def access(party: str) -> None:
    """Print everything held about a PARTY as JSON, by its id or any of its names."""
    click.echo(privacy.bytes_of(privacy.access(wiring.records(), party)).decode(), nl=False)


@records.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files."
)
def export(out: Path) -> None:
    """Write the audit export: screenings, hits, decisions, alerts, list versions, a manifest of hashes."""
    kept = wiring.records()
    screenings = []
    for number in kept.ids():
        full, body = kept.get(number)
        screenings.append((full, body, restored(Screening, body)))
    live = {number for number, _ in kept.decisions()}
    every = [(n, d, n not in live) for n, d in kept.decisions(replaced=True)]
    for path in audit.export(out, screenings, every, kept.alerts(), kept.tombstones()):
        click.echo(f"wrote {path}")
