"""The law as a person reads it: instruments, articles with status, timeline, facts, hinges, overlays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

from xenotime.core.errors import AddressError
from xenotime.law.book import Book, Hinge, Predicate
from xenotime.law.clash import check_clashes
from xenotime.law.events import FIRST_DAY, Stretch
from xenotime.law.facts import Fact
from xenotime.law.instrument import Article, Instrument, parse_instrument
from xenotime.law.law import Law, fold_book
from xenotime.law.read import jurisdiction_of, read_book
from xenotime.law.rules import Rule
from xenotime.services.ports import Overlays
from xenotime.services.results import Segment


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article with its status on a day, its rule, and what it is made of."""

    article: Article
    rule: Rule | None
    status: Stretch
    segments: tuple[Segment, ...]
    predicates: tuple[Predicate, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """One instrument with its articles as they stand on a day."""

    instrument: Instrument
    articles: tuple[ArticleView, ...]
    hinges: tuple[Hinge, ...]
    overlay: bool


def list_instruments(law: Law, on: date) -> tuple[InstrumentView, ...]:
    """Every instrument known, in order of publication."""
    known = [i for i in law.book.instruments.values() if i.published <= law.known]
    return tuple(_view(law, i, on) for i in sorted(known, key=lambda i: (i.published, i.address)))


def show(law: Law, address: str, on: date) -> InstrumentView:
    """The instrument or article of an address. Raises AddressError naming the nearest addresses."""
    for instrument in law.book.instruments.values():
        if address == instrument.address:
            return _view(law, instrument, on)
        for article in instrument.articles:
            if address == article.address:
                view = _view(law, instrument, on)
                kept = tuple(a for a in view.articles if a.article.address == address)
                return InstrumentView(instrument, kept, view.hinges, view.overlay)
    known = [a for i in law.book.instruments.values() for a in (i.address, *(x.address for x in i.articles))]
    words = [w for w in address.replace("/", " ").split() if w]
    near = [a for a in known if any(w in a for w in words)][:8] or sorted(law.book.instruments)[:8]
    raise AddressError(
        "no instrument or article has this address",
        expected="an address of `xenotime law list`",
        found=address,
        next_step=f"did you mean: {', '.join(near)}",
    )


def _view(law: Law, instrument: Instrument, on: date) -> InstrumentView:
    articles = tuple(_article(law, a, on) for a in instrument.articles)
    ids = {h for a in instrument.articles for h in law.hinges_of(a.address)}
    hinges = tuple(h for h in law.hinges if h.id in ids or h.instrument == instrument.address)
    return InstrumentView(instrument, articles, hinges, instrument.file in law.book.overlays)


def _article(law: Law, article: Article, on: date) -> ArticleView:
    rule = law.book.rules.get(article.address)
    names = law.reach.get(article.address, frozenset())
    predicates = tuple(p for p in law.predicates if p.name in names)
    segments = segments_of(law, article.address, article.title)
    return ArticleView(
        article, rule, law.status(article.address, on), segments, predicates, rule.cases if rule else ()
    )


def segments_of(law: Law, address: str, title: str) -> tuple[Segment, ...]:
    """The stretches of an article as segments; the time before its first event is left out."""
    stretches = law.stretches(address)
    ends: list[date | None] = [s.first - timedelta(days=1) for s in stretches[1:]]
    return tuple(
        Segment(address, title, s.status, s.first, last, s.hinge or s.by)
        for s, last in zip(stretches, [*ends, None], strict=True)
        if s.first != FIRST_DAY
    )


def timeline(law: Law) -> tuple[Segment, ...]:
    """The segments of every encoded article that decides, as known on the law's day."""
    return tuple(
        segment
        for rule in sorted(
            law.rules, key=lambda r: (law.book.instruments[r.address.rsplit("/", 1)[0]].published, r.address)
        )
        for segment in segments_of(law, rule.address, rule.title)
    )


def facts(law: Law) -> tuple[Fact, ...]:
    """The facts a decision may rest on."""
    return law.facts


def hinges(law: Law) -> tuple[tuple[Hinge, tuple[str, ...]], ...]:
    """Each open hinge with the articles that turn on it."""
    return tuple((h, tuple(a for a in law.statuses if h.id in law.hinges_of(a))) for h in law.hinges)


def add_notice(overlays: Overlays, text: str, file: str, known: date) -> tuple[Book, Instrument, Path]:
    """Lay a notice over the book, after checking the whole new book; nothing is kept if it fails.

    Raises BookError or ClashError.
    """
    instrument = parse_instrument(text, file)
    name = instrument.address.replace("/", "_") + ".md"
    with overlays.lock():
        kept = dict(overlays.read())
        kept.pop(name, None)
        book = read_book({**kept, name: text}, jurisdiction_of(instrument.address))
        _check(fold_book(book, max(known, instrument.published)))
        return book, instrument, overlays.add(name, text)


def _check(law: Law) -> None:
    """Raises ClashError when two rules clash: found by the prover where it is installed, else by search.

    The search is exact for every pair that it can finish, and takes a pair that it cannot for a clash.
    """
    if find_spec("z3") is None:
        check_clashes(law)
        return
    from xenotime.law.prove.clash import prove_no_clash  # noqa: PLC0415 - a part that not everybody installs

    prove_no_clash(law)


def remove_notice(overlays: Overlays, address: str) -> None:
    """Take a user's notice away. Raises AddressError if there is none."""
    name = address if address.endswith(".md") else address.replace("/", "_") + ".md"
    overlays.remove(name)


def sources(book: Book) -> Mapping[str, Mapping[str, str]]:
    """The source register of the book."""
    return book.sources
