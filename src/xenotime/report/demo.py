"""The demo's one page: the reports beside it, and a certificate issued, used, suspended and verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xenotime.law.answer import Outcome
from xenotime.report.atomic import write
from xenotime.report.sheet import environment, sheet, style
from xenotime.report.words import Words, load
from xenotime.services.programme.demo.exhibits import Exhibits

#: The sign of each step: the same signs as everywhere else.
SIGNS = {
    "issued": Outcome.NOT_CONTROLLED,
    "used": Outcome.NOT_CONTROLLED,
    "suspended": Outcome.CASE_BY_CASE,
    "refused": Outcome.PROHIBITED,
    "verified": Outcome.REPORT,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One verification as a person would run it: the command, and the lines it printed."""

    command: str
    lines: tuple[str, ...]


def page(
    shown: Exhibits,
    checked: Sequence[Checked],
    *,
    report: str = "",
    stress: str = "",
    counts: Mapping[str, int] | None = None,
    words: Words | None = None,
) -> str:
    """The page. `report`, `stress`: addresses of the pages beside it, if they are; `counts`: the legs."""
    say = words or load()
    return (
        environment()
        .get_template("demo.html")
        .render(
            say=say,
            shown=shown,
            texts=_texts(shown, say),
            signs=SIGNS,
            checked=checked,
            report=report,
            stress=stress,
            counts=[(o, counts[o.word]) for o in Outcome if counts and counts.get(o.word)],
            unmet=[
                r.says_zh if say.lang == "zh" else r.says for r in shown.refused.reasons if r.met is not True
            ],
            **sheet(style("demo.css")),
        )
    )


def write_demo(
    folder: Path,
    shown: Exhibits,
    checked: Sequence[Checked],
    *,
    report: str,
    stress: str = "",
    counts: Mapping[str, int],
    words: Words,
) -> Path:
    """Put the page into a folder, whole or not at all."""
    made = page(shown, checked, report=report, stress=stress, counts=counts, words=words)
    return write(folder / "demo.html", made.encode())


def amount(grams: Mapping[str, int]) -> str:
    """Grams by element in words: kilograms with three decimals, exact.

    >>> amount({"Dy": 30_000, "Tb": 4})
    'Dy 30.000 kg, Tb 0.004 kg'
    """
    return ", ".join(f"{element} {n // 1000:,}.{n % 1000:03d} kg" for element, n in grams.items())


def _texts(shown: Exhibits, say: Words) -> dict[str, str]:
    """The sentence of each step."""
    held, scope = shown.certificate, shown.certificate.scope
    names = {site.id: f"{site.name} ({site.country})" for site in shown.holder.sites}
    ours = (shown.holder, shown.exporter)
    holder, exporter = ((o.name_zh or o.name) if say.lang == "zh" else o.name for o in ours)
    first, last = shown.allowed.shipment, shown.refused.shipment
    return {
        "issued": say(
            "demo.issued_text", holder=holder, number=held.number, items=", ".join(scope.items),
            sites=", ".join(names.get(s, s) for s in scope.sites), grams=amount(scope.grams),
            uses=", ".join(scope.end_uses), start=held.valid_from, end=held.valid_until,
        ),
        "used": say(
            "demo.used_text", exporter=exporter, holder=holder, day=first.on,
            grams=amount(first.items[0].grams), lot=first.items[0].lot,
        ),
        "suspended": say("demo.suspended_text", reason=shown.reason),
        "refused": say("demo.refused_text", grams=amount(last.items[0].grams), lot=last.items[0].lot),
        "verified": say("demo.verified_text"),
    }  # fmt: skip
