"""One colour, one shape and one symbol per outcome, the same in terminal, figure, page and print.

Shapes and symbols differ for every outcome, so colour never carries meaning alone. Page colours keep
a contrast of at least 4.5 against their ground; terminal colours keep 3 against black and against white.
"""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome


@dataclass(frozen=True, slots=True)
class Look:
    """How one outcome looks: symbol [one character], shape [SVG in a 16 by 16 box], colours [hex]."""

    symbol: str
    shape: str
    light: str
    dark: str
    terminal: str


_STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def _fill(path: str) -> str:
    return f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/>'


def _line(path: str) -> str:
    return f'<path {_STROKE} d="{path}"/>'


_RING = "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z"

LOOKS: dict[Outcome, Look] = {
    Outcome.NOT_CONTROLLED: Look("○", _line(_RING), "#20704f", "#63c79f", "#2f8f6b"),
    Outcome.REPORT: Look(
        "◐", _line(_RING) + _fill("M8 2.5a5.5 5.5 0 0 0 0 11z"), "#2667a8", "#7db8ef", "#3d86c6"
    ),
    Outcome.LICENCE: Look(
        "■",
        _fill(
            "M4 2.5h8a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-8"
            "a1.5 1.5 0 0 1-1.5-1.5v-8a1.5 1.5 0 0 1 1.5-1.5z"
        ),
        "#8f6000",
        "#e6b450",
        "#b07d10",
    ),
    Outcome.CASE_BY_CASE: Look("◆", _fill("M8 1l7 7l-7 7l-7-7z"), "#b0480f", "#f2935c", "#c8621f"),
    Outcome.PRESUMED_DENIED: Look("▲", _fill("M8 1.5l7 12.5h-14z"), "#c02f5a", "#f58aa8", "#d0476f"),
    Outcome.PROHIBITED: Look(
        "⊘",
        _fill("M5 1h6l4 4v6l-4 4h-6l-4-4v-6zM3.5 6.75v2.5h9v-2.5z"),
        "#8c1020",
        "#ff6b6b",
        "#cc3b3b",
    ),
    Outcome.OPEN: Look("◇", _line("M8 2l6 6l-6 6l-6-6z"), "#566268", "#aab6bb", "#7d8a90"),
    Outcome.UNDETERMINED: Look(
        "?",
        _line("M5 5.2a3 3 0 1 1 4.6 2.6c-1.1.7-1.6 1.2-1.6 2.3")
        + '<circle cx="8" cy="13.3" r="1.3" fill="currentColor"/>',
        "#5b48b5",
        "#b3a4f5",
        "#8070d8",
    ),
    Outcome.UNVERIFIED: Look("±", _line("M8 2v8M4 6h8M4 13.5h8"), "#8a3594", "#e09aea", "#b25dbd"),
    Outcome.CONFLICT: Look("≠", _line("M3 6h10M3 10.5h10M10.5 2.5l-5 11.5"), "#1d2326", "#f4f6f6", "#808080"),
}

#: Marks of the three truth values.
MARKS: dict[Truth, str] = {True: "✓", False: "✗", None: "?"}
MARK_COLOURS: dict[Truth, str] = {True: "#2f8f6b", False: "#7d8a90", None: "#8070d8"}

#: How a stretch of law looks in the terminal, one character per step of time.
STATUS_MARKS = {"in_force": "█", "suspended": "▒", "unverified": "?", "not_yet": "·", "repealed": "×"}

#: Grounds, inks and the one accent, as (light, dark).
TONES = {
    "ground": ("#ffffff", "#14191b"),
    "panel": ("#f5f6f4", "#1b2124"),
    "ink": ("#1b2225", "#e6eaea"),
    "muted": ("#566066", "#a3aeb2"),
    "hair": ("#dde1df", "#313a3e"),
    "accent": ("#0b5f70", "#6cc5d8"),
    "solid": ("#0b5f70", "#27788a"),
    "wash": ("#e6f0f1", "#1d3238"),
}
#: The accent in the terminal, legible on black and on white.
ACCENT = "#23899b"


def look(outcome: Outcome) -> Look:
    """How this outcome looks."""
    return LOOKS[outcome]


def variables() -> str:
    """The colours as CSS variables: light by default, dark where the reader's system asks for it."""
    return (
        f":root{{color-scheme:light dark;{_side(0)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_side(1)}}}}}"
    )


def _side(side: int) -> str:
    tones = "".join(f"--{name}:{pair[side]};" for name, pair in TONES.items())
    outcomes = "".join(
        f"--{outcome.word}:{(shown.light, shown.dark)[side]};" for outcome, shown in LOOKS.items()
    )
    return tones + outcomes


def sprite() -> str:
    """Every shape once, as SVG symbols named ``o-OUTCOME``, to be drawn with ``use``."""
    return "".join(
        f'<symbol id="o-{outcome.word}" viewBox="0 0 16 16">{shown.shape}</symbol>'
        for outcome, shown in LOOKS.items()
    )
