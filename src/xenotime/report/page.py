"""The whole assessment as one HTML file that opens without a network and works without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markupsafe import Markup

from xenotime.law.answer import Outcome, RuleTrace
from xenotime.report import figures, palette
from xenotime.report.answer import Sources, cited, likely
from xenotime.report.atomic import write
from xenotime.report.digest import dates_ahead, listed, moved, open_hinges, planned, task
from xenotime.report.figures import share as share_figure
from xenotime.report.reading import (
    Reading,
    arrange,
    by_value,
    differs,
    flat,
    headline,
    in_time,
    leads_to,
    node_words,
    origin,
    span,
    tally,
    target,
)
from xenotime.report.sheet import environment, sheet, trusted
from xenotime.report.spell import amount, anchor, coverage_words, links, short, yes_no
from xenotime.report.told import all_told
from xenotime.report.trace import bounds
from xenotime.report.words import Words, load, truth_key
from xenotime.services.results import Assessment, Leg, Segment

#: The report stays a file that a browser opens at once; the results tables hold every leg.
MOST_LEGS = 1500
#: Columns of the table of legs: label key, and whether it is right-aligned.
COLUMNS = (
    ("shipment", False),
    ("day", False),
    ("leg", False),
    ("product", False),
    ("quantity", True),
    ("end_user", False),
    ("outcome", False),
    ("rule", False),
)


@dataclass(frozen=True, slots=True)
class View:
    """One leg, ready for its template."""

    leg: Leg
    read: Reading
    headline: str
    start: str
    end: str
    same: bool
    apart_count: int
    why: tuple[RuleTrace, ...]
    asleep: tuple[RuleTrace, ...]
    cited: tuple[str, ...]
    share: bool
    share_svg: Markup
    share_answer: str
    bounds: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Ship:
    """One shipment's page with its neighbours."""

    id: str
    views: tuple[View, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, rendered once, with its stretches and the legs it decides."""

    rule: RuleTrace
    segments: tuple[Segment, ...]
    legs: tuple[Leg, ...]
    ships: tuple[str, ...]


def page(assessment: Assessment, words: Words | None = None, *, sources: Sources | None = None) -> str:
    """The report as HTML text; `sources` maps a source id to its `what`, `url`, `day` and `tag`."""
    say = words or load()
    legs = kept(assessment.legs)
    views = [_view(leg, place, say) for place, leg in enumerate(legs)]
    articles = _articles(assessment, views)
    used = _used(views, articles, sources or {})
    return (
        environment()
        .get_template("report.html")
        .render(
            it=assessment,
            say=say,
            views=views,
            known_ships={leg.shipment for leg in legs},
            shipments=_ships(views),
            articles=articles,
            known_articles={article.rule.address for article in articles},
            used_sources=used,
            known_sources=set(used),
            columns=COLUMNS,
            **_overview(assessment, say),
            **_spelling(say),
            **sheet(),
        )
    )


def kept(legs: tuple[Leg, ...], most: int = MOST_LEGS) -> tuple[Leg, ...]:
    """The legs that get a page, in order; of too many, those that ask for something come before the rest."""
    if len(legs) <= most:
        return legs
    ranked = sorted(range(len(legs)), key=lambda place: (_quiet(legs[place]), place))
    return tuple(legs[place] for place in sorted(ranked[:most]))


def _quiet(leg: Leg) -> bool:
    return leg.explanation.outcome is Outcome.NOT_CONTROLLED or bool(leg.explanation.covered_by)


def _overview(assessment: Assessment, say: Words) -> dict[str, object]:
    """What the first page shows beside the tables of the assessment itself."""
    counted = tally(assessment)
    most = max((number for _, number in counted), default=1)
    hinges = open_hinges(assessment.legs, assessment.ahead)
    return {
        "counts": counted,
        "share_of": lambda number: max(round(100 * number / most, 1), 1),
        "ship_count": len({leg.shipment for leg in assessment.legs}),
        "planned": planned(assessment),
        "planned_count": sum(leg.status == "planned" for leg in assessment.legs),
        "moved": moved(assessment),
        "moved_count": sum(leg.status != "planned" for leg in assessment.legs),
        "hinges": hinges,
        "hinge_ships": len({ship for each in hinges for ship in each.shipments}),
        "dates": dates_ahead(assessment),
        "listed": listed(assessment),
        "spans": any(each.due and each.due[0] != each.due[1] for each in assessment.actions),
        "timeline": figures.timeline(assessment, say),
        "flows": figures.flows(assessment, say),
    }


def _spelling(say: Words) -> dict[str, object]:
    """The functions by which templates spell values."""
    return {
        "marks": palette.MARKS,
        "truth_key": truth_key,
        "yes_no": yes_no,
        "anchor": anchor,
        "links": links,
        "short": short,
        "flat": flat,
        "in_time": in_time,
        "by_value": by_value,
        "leads_to": leads_to,
        "likely": likely,
        "all_told": all_told,
        "inline": lambda figure: trusted(figures.inline(figure)),
        "node_words": partial(node_words, words=say),
        "span": partial(span, words=say),
        "amount": partial(amount, say=say),
        "uncovered": lambda leg: task(leg) == "apply",
        "coverage_words": partial(coverage_words, say=say),
        "outcome_words": lambda names: ", ".join(say.maybe("outcome", name) for name in names),
    }


def write_page(
    assessment: Assessment, path: Path, words: Words | None = None, *, sources: Sources | None = None
) -> Path:
    """The report as a file that appears whole or not at all. Raises InputError when it cannot be written."""
    return write(path, page(assessment, words, sources=sources).encode(errors="replace"))


def _view(leg: Leg, place: int, say: Words) -> View:
    exp = leg.explanation
    read = arrange(exp)
    asked = leg.share if leg.from_country != "CN" else None
    drawn = share_figure(asked, say, f"share-{place}", axis=False) if asked else None
    return View(
        leg=leg,
        read=read,
        headline=headline(exp, say),
        start=origin(leg, say),
        end=target(leg, say),
        same=not differs(exp.branches),
        apart_count=sum(len(rules) for _, rules in read.apart),
        why=read.why,
        asleep=read.asleep if read.deciding else (),
        cited=tuple(cited(exp, read)),
        share=drawn is not None,
        share_svg=trusted(figures.inline(drawn)) if drawn else Markup(),
        share_answer=say(f"share.{leg.share.answer.replace(' ', '_')}") if leg.share else "",
        bounds=tuple(bounds(leg.share, say)) if leg.share else (),
    )


def _ships(views: list[View]) -> list[Ship]:
    groups: dict[str, list[View]] = {}
    for view in views:
        groups.setdefault(view.leg.shipment, []).append(view)
    names = ["", *groups, ""]
    return [
        Ship(name, tuple(groups[name]), names[place - 1], names[place + 1])
        for place, name in enumerate(names)
        if name in groups
    ]


def _articles(assessment: Assessment, views: list[View]) -> list[Article]:
    """Articles that hold, may hold or would hold for some leg; those far from every leg are only named."""
    rules: dict[str, RuleTrace] = {}
    legs: dict[str, list[Leg]] = {}
    for view in views:
        read = view.read
        near = [read.deciding, *read.also, *read.unsettled, *read.asleep]
        near += [rule for _, group in read.apart[:6] for rule in group] if read.deciding is None else []
        for rule in near:
            if rule is not None:
                rules.setdefault(rule.address, rule)
        if read.deciding is not None:
            legs.setdefault(read.deciding.address, []).append(view.leg)
    segments: dict[str, list[Segment]] = {}
    for segment in assessment.timeline:
        segments.setdefault(segment.address, []).append(segment)
    return [
        Article(
            rules[address],
            tuple(segments.get(address, ())),
            tuple(legs.get(address, ())),
            tuple(dict.fromkeys(leg.shipment for leg in legs.get(address, ()))),
        )
        for address in sorted(rules)
    ]


def _used(views: list[View], articles: list[Article], sources: Sources) -> dict[str, Mapping[str, str]]:
    ids = {source for view in views for source in view.cited}
    ids |= {source for article in articles for source in article.rule.sources}
    empty = {"what": "", "url": "", "day": "", "tag": ""}
    order = sorted(ids, key=lambda name: (re.sub(r"\d", "", name), int(re.sub(r"\D", "", name) or 0)))
    return {name: {**empty, **sources.get(name, {})} for name in order}
