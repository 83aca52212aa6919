"""Several books side by side, in the terminal and as a page: the answers, and what lies between them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from xenotime.core.cells import harmless
from xenotime.core.truth import Truth
from xenotime.law.answer import Explanation, Outcome
from xenotime.law.between import Between
from xenotime.report.atomic import write
from xenotime.report.export import write_receipts
from xenotime.report.palette import MARKS
from xenotime.report.plain import plain
from xenotime.report.reading import headline
from xenotime.report.sheet import environment, sheet
from xenotime.report.spell import links
from xenotime.report.terminal import address, badge, grid, joined, mark, muted, part
from xenotime.report.words import Words, load, truth_key
from xenotime.services.books import Abreast, Friction, Row, Side

#: How many legs a page or a terminal names for each place; the table of results names all.
_MOST = 6
#: How many questions are named for each book.
_MOST_ASKS = 4
#: How many legs the page lists; the table of results lists all.
_MOST_ROWS = 500
_COLUMNS = ("shipment", "leg", "on", "from", "to", "product", "end_user", "status", "value", "currency")


def abreast(made: Abreast, words: Words | None = None) -> RenderableType:
    """One transaction under several books: an answer a line, then what lies between them."""
    say = words or load()
    rows = [
        (Text(name, style="bold"), badge(d.explanation.outcome, say), _why(d.explanation, say))
        for name, d in made.decisions.items()
    ]
    return Group(
        Text(made.title, style="bold"), grid(rows, keep=(0, 1)), *_between(made.frictions, say), Text("")
    )


def _why(exp: Explanation, say: Words) -> RenderableType:
    lines = [joined(Text(headline(exp, say)), address(exp.rule), gap="  ")]
    lines += [muted(f"{b.hinge}={b.branch}: {say.outcome(b.outcome)}") for b in exp.branches]
    if exp.missing:
        lines.append(muted(f"{say('part.missing')}: {say.some(m.fact for m in exp.missing)}"))
    return Group(*lines)


def _between(frictions: Iterable[Friction], say: Words) -> list[RenderableType]:
    shown = [
        grid([(mark(f.truth), _place(f.place, say))], keep=(0,))
        for f in sorted(frictions, key=lambda f: f.truth is None)
    ]
    return [part(say("books.between"), muted(say("books.counsel_only")), *shown)] if shown else []


def _place(place: Between, say: Words) -> RenderableType:
    books = " · ".join(place.books)
    cited = ", ".join(place.sources)
    return Group(
        joined(Text(place.title, style="bold"), muted(books), gap="  "),
        Text(place.says),
        Text(f"{say('books.ask')}: {place.counsel}"),
        joined(*map(address, place.articles), muted(f"{place.confidence} · {cited}"), gap="  "),
    )


def side(made: Side, words: Words | None = None) -> RenderableType:
    """A portfolio under several books: how many legs have which answers together, and what lies between."""
    say = words or load()
    books = tuple(made.assessments)
    head = joined(
        Text(made.portfolio, style="bold"),
        say.count("leg", len(made.rows)),
        f"{say('label.known')} {made.known}",
        gap="  ·  ",
    )
    rows = [
        (Text(str(number), style="bold"), *(badge(Outcome[word.upper()], say) for word in outcomes))
        for outcomes, number in made.together
    ]
    table = grid([(Text(""), *(muted(name) for name in books)), *rows], right=(0,))
    return Group(head, part(say("books.together"), table), *_places(made, say), *_asks(made, say))


def _asks(made: Side, say: Words) -> list[RenderableType]:
    """Under each book, the questions that most shipments wait for."""
    rows = [
        (Text(str(len(ask.shipments)), style="bold"), muted(name), joined(ask.asks, muted(ask.who), gap="  "))
        for name, one in made.assessments.items()
        for ask in one.asks[:_MOST_ASKS]
    ]
    return [part(say("part.asks"), grid(rows, right=(0,), keep=(1,)))] if rows else []


def _places(made: Side, say: Words) -> list[RenderableType]:
    found = [
        (
            Text(str(met or "–"), style="bold"),
            muted(f"+{perhaps}?" if perhaps else ""),
            Group(_place(place, say), muted(say.some(_ships(made, place), _MOST))),
        )
        for place, met, perhaps in made.between
    ]
    if not found:
        return []
    return [
        part(say("books.between"), muted(say("books.counsel_only")), Padding(grid(found, right=(0, 1)), 0))
    ]


def _ships(made: Side, place: Between) -> tuple[str, ...]:
    """The shipments that meet a place, those that surely do first."""
    met = [
        (f.truth is None, row.first.shipment) for row in made.rows for f in row.frictions if f.place is place
    ]
    return tuple(dict.fromkeys(ship for _, ship in sorted(met, key=lambda pair: pair[0])))


def flat(row: Row) -> dict[str, str]:
    """One leg as flat cells: the movement, outcome and rule under each book, places met and perhaps met."""
    leg = row.first
    told = (
        *(leg.shipment, leg.leg, leg.on, leg.from_country, leg.to_country),
        *(leg.product, leg.end_user, leg.status, leg.value, leg.currency),
    )
    cells: dict[str, Any] = dict(zip(_COLUMNS, told, strict=True))
    for name, one in row.legs.items():
        exp = one.explanation
        cells |= {f"{name}_outcome": exp.outcome.word, f"{name}_rule": exp.rule}
        cells[f"{name}_missing"] = "; ".join(m.fact for m in exp.missing)
        cells[f"{name}_branches"] = "; ".join(f"{b.hinge}={b.branch}: {b.outcome.word}" for b in exp.branches)
    cells["between"] = "; ".join(f.place.id for f in row.frictions if f.truth)
    cells["perhaps_between"] = "; ".join(f.place.id for f in row.frictions if f.truth is None)
    return {name: harmless("" if cell is None else str(cell)) for name, cell in cells.items()}


def write_side(made: Side, folder: Path, lang: str = "en") -> list[Path]:
    """The page, the table and the data of a portfolio under several books, each whole or not at all."""
    rows = [flat(row) for row in made.rows]
    text = io.StringIO()
    names = list(rows[0]) if rows else [*_COLUMNS]
    out = csv.DictWriter(text, names, lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    whole = {"known": made.known, "books": _laws(made), "legs": rows, "between": _told(made)}
    data = json.dumps(plain(whole), ensure_ascii=False, indent=1)
    return [
        write(folder / "books.html", page(made, load(lang)).encode()),
        write(folder / "books.csv", text.getvalue().encode()),
        write(folder / "books.json", f"{data}\n".encode()),
        write_receipts(made.assessments.values(), folder / "receipts.jsonl"),
    ]


def _laws(made: Side) -> Mapping[str, Mapping[str, str]]:
    return {
        name: {"title": one.law_title, "law_hash": one.law_hash} for name, one in made.assessments.items()
    }


def _told(made: Side) -> list[dict[str, object]]:
    return [{**told(place), "met": met, "perhaps": perhaps} for place, met, perhaps in made.between]


def told(place: Between, truth: Truth = None) -> dict[str, object]:
    """A place as plain data, with whether it is met."""
    return {
        "id": place.id,
        "title": place.title,
        "books": list(place.books),
        "articles": list(place.articles),
        "says": place.says,
        "counsel": place.counsel,
        "confidence": place.confidence,
        "sources": {key: dict(value) for key, value in place.sources.items()},
        "met": truth,
    }


def as_json(made: Abreast) -> dict[str, object]:
    """One transaction under several books as plain data."""
    return {
        "title": made.title,
        "books": {name: plain(decision) for name, decision in made.decisions.items()},
        "between": [told(f.place, f.truth) for f in made.frictions],
    }


def page(made: Side, words: Words | None = None) -> str:
    """The page as HTML text: answers together, what lies between, and the legs that it touches."""
    say = words or load()
    touched = [row for row in made.rows if any(f.truth for f in row.frictions)]
    together = [([Outcome[w.upper()] for w in words_], n) for words_, n in made.together]
    places = [(p, met, perhaps, _ships(made, p)[:_MOST]) for p, met, perhaps in made.between]
    return (
        environment()
        .get_template("books.html")
        .render(
            it=made,
            say=say,
            together=together,
            places=places,
            touched=touched,
            most=_MOST_ROWS,
            asks=[(name, ask) for name, one in made.assessments.items() for ask in one.asks[:_MOST_ASKS]],
            links=links,
            truth_key=truth_key,
            marks=MARKS,
            **sheet(),
        )
    )
