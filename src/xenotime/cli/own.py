"""`xenotime own`: who holds a party, certainly, possibly or not, rule by rule, with its proof."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from xenotime import wiring
from xenotime.cli.options import Day, branch, chosen, known
from xenotime.cli.progress import counting, working
from xenotime.core.errors import AddressError, InputError
from xenotime.core.truth import Truth
from xenotime.parties.owners import formats
from xenotime.parties.owners.check import check
from xenotime.parties.owners.holding import Structure
from xenotime.parties.owners.proof import prove
from xenotime.parties.owners.rule import Listing, counted
from xenotime.portfolio.read import read_portfolio
from xenotime.report.atomic import write
from xenotime.report.holders import Entry, Owned, ruling, truth
from xenotime.report.holdings import write_page, write_picture
from xenotime.report.own import as_json
from xenotime.report.own import own as shown
from xenotime.report.plain import plain
from xenotime.report.text import console
from xenotime.report.words import load
from xenotime.services import lists, owners, upstream
from xenotime.services.owners import RuleOfLaw
from xenotime.services.screening.desk import Desk
from xenotime.services.upstream import Named

_LONGEST_PROOF = 64 * 2**20
_AGGREGATES = {"all": "all", "each": "per_owner"}


@dataclass(frozen=True, slots=True)
class Case:
    """What a question rests on: the data, the rules, the days, and who is on a list."""

    structure: Structure
    rules: Mapping[str, RuleOfLaw]
    on: date
    known: date
    listed: Mapping[str, Sequence[Listing]]
    found: tuple[Named, ...]
    warnings: tuple[str, ...]
    unread: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]


@click.command(short_help="Say who holds a PARTY, under the 50 % rules.")
@click.argument("party", required=False)
@click.option("--on", type=Day(), default=None, help="Day of the question (default: the day of knowledge).")
@known
@click.option("--rule", "wanted", multiple=True, metavar="RULE",
              help="ofac, bis or mofcom-61. Repeatable (default: all, side by side).")  # fmt: skip
@click.option("--from", "files", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
              help="Ownership data: BODS, FollowTheMoney, GLEIF level 2 or CSV. Repeatable.")  # fmt: skip
@click.option("-p", "--portfolio", type=click.Path(path_type=Path), default=None,
              help="Take the parties and the ownership table of this portfolio.")  # fmt: skip
@click.option("--listed", multiple=True, metavar="ID",
              help="Who is on a list, by id or name; nothing is screened then. Repeatable.")  # fmt: skip
@click.option("--aggregate", type=click.Choice(list(_AGGREGATES)), default=None,
              help="Settle how owners are put together where a rule leaves it open.")  # fmt: skip
@branch
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Write the picture.")  # fmt: skip
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Write the answer as one HTML file.")  # fmt: skip
@click.option("--proof", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Write the proof, to be checked by --check or by anybody else.")  # fmt: skip
@click.option("--check", "checked", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Check this proof against the data, and answer nothing.")  # fmt: skip
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True,
              help="Language of the answer.")  # fmt: skip
@click.option("--json", "as_data", is_flag=True, help="Print as JSON.")
@click.pass_context
def own(
    ctx: click.Context,
    party: str | None,
    on: date | None,
    known: date | None,
    wanted: tuple[str, ...],
    files: tuple[Path, ...],
    portfolio: Path | None,
    listed: tuple[str, ...],
    aggregate: str | None,
    branches: tuple[str, ...],
    svg: Path | None,
    html: Path | None,
    proof: Path | None,
    checked: Path | None,
    lang: str,
    as_data: bool,
) -> None:
    """Say whether restricted owners hold a PARTY, named by id or name, on a day: tier by tier, exactly.

    \b
    xenotime own "Target Magnets" --from register.csv --on 2026-01-05
    xenotime own target -p examples/magnet-maker --rule mofcom-61 --html who.html
    xenotime own target --from register.csv --listed northgate --proof proof.json
    xenotime own --check proof.json --from register.csv --listed northgate

    Without --listed, the names of everybody above the party are put to the lists. Shares are added and never
    multiplied; the answer says certainly, possibly or not, and what is missing to decide.

    Exit codes: 0 not held under any rule; 1 certainly or possibly held, or it cannot be said, or a proof
    is refused; 2 the input cannot be used.
    """
    day = known or wiring.clock().today()
    structure, sources = _data(files, portfolio)
    rules = _rules(day, wanted, chosen(branches))
    if checked:
        ctx.exit(_check(checked, structure, sources, rules, listed, day))
    if not party:
        raise click.UsageError("say which PARTY, or give a proof to --check")
    body = upstream.find(structure, party)
    with working("going up from owner to owner"):
        part = upstream.around(structure, body, on or day)
    said = upstream.stated(listed, structure, rules)
    case = _case(part, sources, rules, said, body, on or day, day)
    answers = owners.own(
        part, case.listed, case.on, rules, [body], _AGGREGATES[aggregate] if aggregate else ""
    )
    made = _shown(body, case, answers, settled=bool(aggregate))
    if as_data:
        click.echo(json.dumps(plain(as_json(made)), ensure_ascii=False, indent=2))
    else:
        console().print(shown(made, load(lang)))
    written = [
        write_picture(made, svg, load(lang)) if svg else None,
        write_page(made, html, load(lang)) if html else None,
        write(proof, _proved(answers, body)) if proof else None,
    ]
    for path in filter(None, written):
        click.echo(f"wrote {path}", err=as_data)
    if any(truth(one, body) is not False for one in made.rulings):
        ctx.exit(1)


def _data(files: Sequence[Path], portfolio: Path | None) -> tuple[Structure, tuple[str, ...]]:
    """The ownership data of every file named, and what they are called."""
    if not files and portfolio is None:
        raise InputError(
            "no ownership data is named",
            where="--from, --portfolio",
            expected="a BODS, FollowTheMoney, GLEIF or CSV file, or a portfolio",
            found="neither",
            next_step="give --from FILE or -p PORTFOLIO",
        )
    parts = []
    for path in files:
        with working(f"reading {path}"), path.open("rb") as stream:
            parts.append((path.name, formats.read(stream, str(path))))
    if portfolio is not None:
        with working(f"reading {portfolio}"):
            parts.append((portfolio.name, upstream.of_portfolio(read_portfolio(portfolio))))
    return upstream.joined(parts), tuple(name for name, _ in parts)


def _rules(known: date, wanted: Sequence[str], branches: Mapping[str, str]) -> dict[str, RuleOfLaw]:
    every = owners.rules(known, branches, wiring.overlays().read())
    for name in wanted:
        if name not in every:
            raise AddressError(
                "no ownership rule has this name",
                where="--rule",
                expected=", ".join(every),
                found=name,
                next_step="leave --rule out to see all of them",
            )
    return {name: every[name] for name in dict.fromkeys(wanted or every)}


def _case(
    structure: Structure,
    sources: tuple[str, ...],
    rules: Mapping[str, RuleOfLaw],
    said: Mapping[str, Sequence[Listing]],
    body: str,
    on: date,
    known: date,
) -> Case:
    """Who above the body is on a list, as stated, or found by screening every name; and what was not read."""
    if said:
        return Case(structure, rules, on, known, said, (), (), {}, sources)
    desk = wiring.desk(known)
    with counting("screening owners", "names") as tick:
        found = upstream.named(upstream.above(structure, body, on), desk, on, known, tick)
    kinds = owners.list_kinds(wiring.library(known).law)
    said = owners.listings(upstream.pairs(found), kinds, on)
    gaps = {name: upstream.unread(desk, kinds, rule.rule, on) for name, rule in rules.items()}
    warnings = (*_gaps(gaps), *_stale(desk, known))
    unread = {name: lost for name, lost in gaps.items() if lost == rules[name].rule.counts}
    return Case(structure, rules, on, known, said, found, warnings, unread, sources)


def _gaps(gaps: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What each rule had no list for: its "not" is then no answer about those lists."""
    return tuple(
        f"{name}: no list of the kind {', '.join(missing)} was read, so nobody was looked for there; "
        "next step: xenotime lists add FILE --name NAME, or say who is on it with --listed"
        for name, missing in gaps.items()
        if missing
    )


def _stale(desk: Desk, known: date) -> tuple[str, ...]:
    """Which lists are old, those of the book in one sentence."""
    own = (
        f"{x.used.list_id}: {x.used.says}" for x in desk.listings if x.used.says and "/" not in x.used.list_id
    )
    return (*own, *lists.stale(wiring.builtin_lists(known), known))


def _shown(body: str, case: Case, answers: Mapping[str, owners.Owned], *, settled: bool) -> Owned:
    entries = tuple(
        Entry(
            n.body, f"{n.entry.list_id}/{n.entry.entry}", n.match.entry_name, n.truth, n.match.how, n.status
        )
        for n in case.found
    )
    rulings = tuple(
        ruling(answer, settled=settled, unread=case.unread.get(name, ())) for name, answer in answers.items()
    )
    return Owned(body, case.on, case.known, rulings, entries, case.warnings, case.sources)


def _proved(answers: Mapping[str, owners.Owned], body: str) -> bytes:
    """One proof, or a list of them when several rules were asked."""
    proofs = [prove(answer.resolution, body) for answer in answers.values()]
    whole = proofs[0] if len(proofs) == 1 else proofs
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def _check(
    path: Path,
    structure: Structure,
    sources: tuple[str, ...],
    rules: Mapping[str, RuleOfLaw],
    listed: Sequence[str],
    known: date,
) -> int:
    """Say of every proof of a file whether it holds for the data; 1 when any is refused."""
    refused = 0
    for proof in _proofs(path):
        name, party = str(proof.get("rule", {}).get("id", "")), str(proof.get("party", ""))
        faults = _faults(proof, name, party, structure, sources, rules, listed, known)
        refused += bool(faults)
        head = f"{name or '?'}  {party or '?'}  {proof.get('on', '?')}"
        click.echo(f"{head}  {'refused' if faults else 'accepted: ' + str(proof.get('answer'))}")
        for fault in faults:
            click.echo(f"  {fault}")
    return 1 if refused else 0


def _faults(
    proof: Mapping[str, Any],
    name: str,
    party: str,
    structure: Structure,
    sources: tuple[str, ...],
    rules: Mapping[str, RuleOfLaw],
    listed: Sequence[str],
    known: date,
) -> tuple[str, ...]:
    if name not in rules:
        return (f"no rule asked is called {name!r}",)
    try:
        day = date.fromisoformat(str(proof.get("on", "")))
    except ValueError:
        return ("not an ownership proof: it names no day",)
    said = upstream.stated(listed, structure, rules)
    case = _case(structure, sources, rules, said, upstream.find(structure, party), day, known)
    rule = rules[name].rule
    if proof["rule"].get("aggregate") in _AGGREGATES.values() and rule.aggregate_open:
        rule = rule.reading(proof["rule"]["aggregate"])
    truths: Mapping[str, Truth] = counted(rule, case.listed)
    kept = {
        b: tuple(x for x in ls if not rule.counts or x.counts_as in rule.counts)
        for b, ls in case.listed.items()
    }
    return check(proof, structure, truths, rule, kept)


def _proofs(path: Path) -> list[dict[str, Any]]:
    size = path.stat().st_size
    if size > _LONGEST_PROOF:
        raise _no_proof(path, f"{size:,} bytes")
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _no_proof(path, str(error)[:200]) from error
    every = found if isinstance(found, list) else [found]
    if not every or not all(isinstance(p, dict) and isinstance(p.get("rule", {}), dict) for p in every):
        raise _no_proof(path, "JSON of another kind")
    return every


def _no_proof(path: Path, found: str) -> InputError:
    return InputError(
        "this is not a file of ownership proofs",
        where=str(path),
        expected="what `xenotime own --proof FILE` writes",
        found=found,
        next_step="write the proof anew",
    )
