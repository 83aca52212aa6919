"""Mass reconciliation: what a certified user received against what it says became of it, by element and lot.

All amounts are whole grams of the contained element. An amount that nobody states is unknown, never zero:
the balance of its lot is then an interval, and may come out as "cannot be shown".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xenotime.programme.casework.case import MILITARY
from xenotime.programme.organisation import Product

#: What a row of a report says became of a lot. The first two bring mass in, the others take it out.
OPENING, RECEIVED = "opening", "received"
USED, SCRAP, LOSS, TRANSFER, CLOSING = "used", "scrap", "loss", "transfer", "closing"
INWARD, OUTWARD = (OPENING, RECEIVED), (USED, SCRAP, LOSS, TRANSFER, CLOSING)

#: How a lot came out.
BALANCED, GAP, SURPLUS, OPEN = "balanced", "gap", "surplus", "cannot_be_shown"


@dataclass(frozen=True, slots=True)
class Use:
    """One row of an annual report: `kind` as above, `grams` of `element` in `lot`; None: not stated.

    `used` names the product and the pieces made; `transfer` names the organisation that took it over.
    """

    kind: str
    element: str
    lot: str
    grams: int | None
    product: str = ""
    pieces: int | None = None
    to: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """The annual report of an organisation. `state`: filed | balanced | questioned."""

    id: str
    organisation: str
    year: int
    filed: datetime
    by: str
    rows: tuple[Use, ...]
    state: str = "filed"
    version: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the register says arrived: a committed shipment's grams of one element in one lot."""

    element: str
    lot: str
    grams: int
    shipment: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as balanced: the tolerance and the greatest plausible loss, both in parts per thousand."""

    tolerance: int
    loss: int


@dataclass(frozen=True, slots=True)
class Line:
    """The balance of one element in one lot: grams by kind, and the gap from `low` to `high` (in minus out).

    A positive gap is mass that came in and of which nobody says where it went; None: no bound.
    """

    element: str
    lot: str
    delivered: int
    amounts: Mapping[str, int]
    unstated: tuple[str, ...]
    low: int | None
    high: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person has to look at: `weight` is note | concern | stop, `grams` how much it is about."""

    kind: str
    element: str
    lot: str
    grams: int | None
    says: str
    says_zh: str
    weight: str = "concern"


@dataclass(frozen=True, slots=True)
class Balance:
    """The reconciliation of one report: every lot, every issue, and the totals by element."""

    organisation: str
    year: int
    lines: tuple[Line, ...]
    issues: tuple[Issue, ...]
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether every lot balances and nothing asks for a person."""
        return not self.issues and all(line.verdict == BALANCED for line in self.lines)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register holds against which a report is read.

    `closing` is last year's closing stock by (element, lot); `elsewhere` what other reports of the year
    claim of the same lots beyond what came to them rightly; `tracks` the track of each organisation that
    mass was handed to.
    """

    deliveries: Sequence[Delivery]
    products: Mapping[str, Product]
    tracks: Mapping[str, str]
    closing: Mapping[tuple[str, str], int] = field(default_factory=dict)
    elsewhere: Mapping[tuple[str, str], int] = field(default_factory=dict)


def balance(report: Return, known: Known, rules: Rules) -> Balance:
    """The reconciliation of a report with what the register knows.

    >>> from datetime import UTC
    >>> rows = (Use("received", "Dy", "L1", 1000), Use("used", "Dy", "L1", 980, "P1"))
    >>> report = Return("R1", "O1", 2026, datetime(2027, 2, 1, tzinfo=UTC), "A1", rows)
    >>> known = Known((Delivery("Dy", "L1", 1000, "S1"),), {}, {})
    >>> [(line.verdict, line.low) for line in balance(report, known, Rules(5, 30)).lines]
    [('gap', 20)]
    """
    delivered: dict[tuple[str, str], int] = defaultdict(int)
    for one in known.deliveries:
        delivered[one.element, one.lot] += one.grams
    rows: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for row in report.rows:
        rows[row.element, row.lot].append(row)
    keys = sorted({*delivered, *rows, *known.closing})
    lines = tuple(_line(key, rows.get(key, ()), delivered.get(key, 0), rules) for key in keys)
    issues = [*_sources(lines, known, rows), *_gaps(lines), *_claims(lines, known, rules)]
    issues += [*_losses(lines, rules), *_made(report.rows, known.products, rules), *_unshown(report.rows)]
    issues += _flows(report.rows, known.tracks)
    return Balance(report.organisation, report.year, lines, tuple(issues), _totals(lines))


def _line(key: tuple[str, str], rows: Sequence[Use], delivered: int, rules: Rules) -> Line:
    amounts: dict[str, int] = defaultdict(int)
    unstated = []
    for row in rows:
        if row.grams is None:
            unstated.append(row.kind)
        else:
            amounts[row.kind] += row.grams
    inward = sum(amounts[kind] for kind in INWARD)
    outward = sum(amounts[kind] for kind in OUTWARD)
    gap = inward - outward
    low = None if any(kind in OUTWARD for kind in unstated) else gap
    high = None if any(kind in INWARD for kind in unstated) else gap
    verdict = _verdict(low, high, max(inward, delivered) * rules.tolerance // 1000)
    return Line(*key, delivered, dict(amounts), tuple(dict.fromkeys(unstated)), low, high, verdict)


def _verdict(low: int | None, high: int | None, slack: int) -> str:
    """How a lot came out. An unstated outflow bounds the gap from above, an unstated inflow from below."""
    if low is not None and high is not None:
        return BALANCED if abs(low) <= slack else GAP if low > 0 else SURPLUS
    if low is None and high is not None and high < -slack:
        return SURPLUS
    if high is None and low is not None and low > slack:
        return GAP
    return OPEN


def _sources(
    lines: Iterable[Line], known: Known, rows: Mapping[tuple[str, str], Sequence[Use]]
) -> Iterable[Issue]:
    """What the report says came in, against the register's deliveries and last year's closing stock."""
    for line in lines:
        received, opening = line.amounts.get(RECEIVED, 0), line.amounts.get(OPENING, 0)
        key = (line.element, line.lot)
        if RECEIVED not in line.unstated and received != line.delivered:
            missing = not any(row.kind == RECEIVED for row in rows.get(key, ()))
            kind = "lot_missing" if missing else "lot_unknown" if not line.delivered else "received_differs"
            yield Issue(
                kind, *key, abs(received - line.delivered),
                f"the register delivered {line.delivered} g, the report received {received} g",
                f"登记交付 {line.delivered} 克，报告收到 {received} 克",
                "stop" if received < line.delivered else "concern",
            )  # fmt: skip
        before = known.closing.get(key, 0)
        if OPENING not in line.unstated and opening != before:
            yield Issue(
                "opening_differs", *key, abs(opening - before),
                f"last year closed with {before} g, this year opens with {opening} g",
                f"上年期末 {before} 克，本年期初 {opening} 克",
            )  # fmt: skip


def _gaps(lines: Iterable[Line]) -> Iterable[Issue]:
    for line in lines:
        if line.verdict == GAP:
            yield Issue(
                "gap", line.element, line.lot, line.low,
                f"at least {line.low} g came in of which nothing says where they went",
                f"至少 {line.low} 克去向不明", "stop",
            )  # fmt: skip
        elif line.verdict == SURPLUS:
            over = -(line.high or 0)
            yield Issue(
                "surplus", line.element, line.lot, over,
                f"{over} g more went out than came in: claimed twice, or of an origin that is not shown",
                f"流出比流入多 {over} 克：同一物料被重复申报，或来源未说明", "stop",
            )  # fmt: skip
        elif line.verdict == OPEN:
            what = ", ".join(line.unstated)
            yield Issue(
                "cannot_be_shown", line.element, line.lot, None,
                f"the balance cannot be shown: not stated are {what}", f"无法证明平衡：未填报 {what}",
            )  # fmt: skip


def _claims(lines: Iterable[Line], known: Known, rules: Rules) -> Iterable[Issue]:
    """Lots of which this report and others together claim more than was ever delivered."""
    for line in lines:
        others = known.elsewhere.get((line.element, line.lot), 0)
        mine = line.amounts.get(RECEIVED, 0)
        over = mine + others - line.delivered
        if others and over > line.delivered * rules.tolerance // 1000:
            yield Issue(
                "claimed_twice", line.element, line.lot, over,
                f"this report and others claim {mine + others} g of a lot that held {line.delivered} g",
                f"本报告与其他报告合计申报 {mine + others} 克，而该批次仅有 {line.delivered} 克", "stop",
            )  # fmt: skip


def _losses(lines: Iterable[Line], rules: Rules) -> Iterable[Issue]:
    """Elements of which more is said to be lost than is plausible, over the whole year."""
    lost: dict[str, int] = defaultdict(int)
    worked: dict[str, int] = defaultdict(int)
    for line in lines:
        lost[line.element] += line.amounts.get(LOSS, 0)
        worked[line.element] += sum(line.amounts.get(kind, 0) for kind in (USED, SCRAP, LOSS))
    for element, grams in lost.items():
        if grams * 1000 > worked[element] * rules.loss:
            yield Issue(
                "loss_high", element, "", grams,
                f"{grams} g of {worked[element]} g worked are declared lost; "
                f"plausible are {rules.loss} in a thousand",
                f"加工 {worked[element]} 克中申报损耗 {grams} 克，合理损耗为千分之 {rules.loss}",
            )  # fmt: skip


def _made(rows: Iterable[Use], products: Mapping[str, Product], rules: Rules) -> Iterable[Issue]:
    """Products made: the mass used against pieces times the declared grams of one piece."""
    made: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        if row.kind == USED and row.product and row.pieces is not None and row.grams is not None:
            made[row.product, row.element][0] += row.grams
            made[row.product, row.element][1] += row.pieces
    for (name, element), (grams, pieces) in sorted(made.items()):
        product = products.get(name)
        if product is None:
            yield Issue(
                "product_unknown",
                element,
                "",
                grams,
                f"product {name} is not declared",
                f"产品 {name} 未申报",
            )
            continue
        need = pieces * product.grams.get(element, 0)
        if abs(grams - need) * 1000 > need * rules.tolerance:
            yield Issue(
                "product_differs", element, "", abs(grams - need),
                f"{pieces} pieces of {product.name} need {need} g, the report uses {grams} g",
                f"{pieces} 件 {product.name} 需 {need} 克，报告使用 {grams} 克",
                "stop" if grams > need else "concern",
            )  # fmt: skip


def _unshown(rows: Iterable[Use]) -> Iterable[Issue]:
    """Mass used of which no product or number of pieces is stated, so that nothing can be held against it."""
    loose: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.kind == USED and not (row.product and row.pieces is not None):
            loose[row.element] += row.grams or 0
    for element, grams in sorted(loose.items()):
        yield Issue(
            "use_not_shown", element, "", grams,
            f"{grams} g are said to be used, without the product or the pieces made: the use cannot be shown",
            f"申报使用 {grams} 克，但未填报产品或件数，无法证明用途",
        )  # fmt: skip


def _flows(rows: Iterable[Use], tracks: Mapping[str, str]) -> Iterable[Issue]:
    """Mass handed over to the strict track, or to somebody of whom the register knows nothing."""
    for row in rows:
        if row.kind != TRANSFER:
            continue
        track = tracks.get(row.to)
        if track == MILITARY:
            yield Issue(
                "military_flow", row.element, row.lot, row.grams,
                f"handed over to {row.to}, which is on the military-linked track",
                f"转给军事关联轨道的 {row.to}", "stop",
            )  # fmt: skip
        elif track is None:
            yield Issue(
                "unknown_flow", row.element, row.lot, row.grams,
                f"handed over to {row.to or 'somebody not named'}: which track is not known",
                f"转给 {row.to or '未说明的一方'}：轨道不明",
            )  # fmt: skip


def _totals(lines: Iterable[Line]) -> dict[str, dict[str, int]]:
    """Grams by element: delivered, each kind, and the sum of the gaps that can be shown."""
    totals: dict[str, dict[str, int]] = {}
    for line in lines:
        mine = totals.setdefault(line.element, dict.fromkeys(("delivered", *INWARD, *OUTWARD, "gap"), 0))
        mine["delivered"] += line.delivered
        for kind, grams in line.amounts.items():
            mine[kind] += grams
        mine["gap"] += line.low or 0
    return totals
