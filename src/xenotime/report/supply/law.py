"""The law's stretches of many kinds of movement, put together into a few lanes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from xenotime.report.supply.fan import fan
from xenotime.report.supply.leaf import FAN, Cell, Drawn, Part, Rows
from xenotime.report.supply.naming import country, goods
from xenotime.report.supply.timeline import Lane, Mark, Spell, timeline
from xenotime.report.words import Words
from xenotime.services.supply.results import Event, Stress, Stretch
from xenotime.supply.measure.values import Curve

#: Lanes that are drawn; the rest are counted.
MOST = 8
_FREE = "not_controlled"
#: Curves of output under the lanes, and stages in the order in which they are felt.
_CURVES = 3
_STAGES = ("product", "magnet", "metal", "separation", "mine")

Pattern = tuple[tuple[str, object, object], ...]


def over_output(result: Stress, say: Words) -> Part:
    """The timeline of the law over what was made, and the events that are numbered in it."""
    start = result.basis.start
    shown, left = lanes(result.law, say)
    told = [e for e in result.events if e.kind == "marker"]
    rest = [e for e in result.events if e.kind not in ("marker", "law")]
    curves = [(_output(c, say), fan(c, start, 1.0)) for c in _felt(result.output)[:_CURVES]]
    marks = [Mark(e.day, e.says) for e in told]
    figure = timeline("timeline", say("supply.timeline"), shown, marks, curves, say)
    drawn = Drawn(figure, say("supply.timeline_caption"), ("free", "event", *FAN))
    notes = (say("supply.lanes_left", n=left),) if left else ()
    folded = say("supply.events_practice", n=len(rest))
    pieces = (drawn, _listed(told, say, ""), *((_listed(rest, say, folded),) if rest else ()))
    return Part("law", say("supply.timeline"), (say("supply.timeline_text"),), pieces, notes)


def _listed(events: Sequence[Event], say: Words, folded: str) -> Rows:
    """Events as rows; those of the figure bear its numbers, others their kind."""
    head = ("", say("supply.day"), say("label.what"), say("label.source"))
    rows = tuple(
        (
            Cell(say.maybe("event", e.kind) if folded else str(number)), Cell(e.day.isoformat()),
            Cell(e.says), Cell(e.address, e.claims, code=True),
        )
        for number, e in enumerate(events, 1)
    )  # fmt: skip
    return Rows(head, rows, folded=folded, empty=say("supply.no_events"))


def _felt(curves: Iterable[Curve]) -> list[Curve]:
    """The two uses that fall most, then the stages from the magnet down to the ground."""

    def rank(curve: Curve) -> tuple[int, float, str]:
        stage = curve.name.split("/")[1]
        return (_STAGES.index(stage) if stage in _STAGES else len(_STAGES)), min(curve.middle), curve.name

    ordered = sorted(curves, key=rank)
    final = [c for c in ordered if c.name.startswith("output/product")]
    return [*final[:2], *(c for c in ordered if c not in final)]


def _output(curve: Curve, say: Words) -> str:
    parts = curve.name.split("/")
    final = parts[1] == "product" and len(parts) > 3
    return say("supply.output_of", what=say.maybe("use", parts[3]) if final else say.maybe("made", parts[1]))


def lanes(stretches: Sequence[Stretch], say: Words) -> tuple[tuple[Lane, ...], int]:
    """Lanes of movements that the law treats alike on every day, the most controlled first.

    Beside them, how many such groups are controlled too but left out.
    """
    routes: dict[tuple[str, str, str, str], list[Stretch]] = defaultdict(list)
    for one in stretches:
        routes[(one.good, one.origin, one.destination, one.buyer)].append(one)
    alike: dict[Pattern, list[list[Stretch]]] = defaultdict(list)
    for found in routes.values():
        merged = _merged(sorted(found, key=lambda s: s.first))
        alike[tuple((s.status, s.first, s.last) for s in merged)].append(merged)
    ranked = sorted(alike.values(), key=_rank)
    controlled = [same for same in ranked if any(s.status != _FREE for s in same[0])]
    shown = controlled[:MOST]
    free = [same for same in ranked if same not in controlled]
    made = [_lane(same, say) for same in shown]
    if free:
        made.append(_lane([merged for same in free for merged in same], say, rest=True))
    return tuple(made), len(controlled) - len(shown)


def _merged(found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches of one route; those that follow each other under one status become one, most held kept."""
    kept: list[Stretch] = []
    for one in found:
        last = kept[-1] if kept else None
        if last and last.status == one.status:
            kept[-1] = _joined(last, one)
        else:
            kept.append(one)
    return kept


def _joined(one: Stretch, two: Stretch) -> Stretch:
    more = two if two.held > one.held else one
    return Stretch(
        one.route, one.origin, one.destination, one.good, one.buyer, one.first, two.last, one.status,
        more.held, more.lead, more.refused, one.says, one.address,
    )  # fmt: skip


def _rank(same: list[list[Stretch]]) -> tuple[bool, int, str]:
    """Patterns with control first; among them those of most routes."""
    return all(s.status == _FREE for s in same[0]), -len(same), same[0][0].good


def _lane(same: list[list[Stretch]], say: Words, *, rest: bool = False) -> Lane:
    first = same[0]
    label = say("supply.other_goods") if rest else goods((m[0].good for m in same), say)
    ends = f"{_places((m[0].origin for m in same), say)} → {_places((m[0].destination for m in same), say)}"
    buyers = {m[0].buyer for m in same}
    note = ends if len(buyers) > 1 else f"{ends}, {say.maybe('buyer', buyers.pop())}"
    spells = tuple(Spell(s.status, s.first, s.last, s.held, f"{s.says} {s.address}".strip()) for s in first)
    return Lane(label, note, spells)


def _places(codes: Iterable[str], say: Words) -> str:
    found = list(dict.fromkeys(codes))
    return say("supply.places", n=len(found)) if len(found) > 3 else ", ".join(country(c, say) for c in found)
