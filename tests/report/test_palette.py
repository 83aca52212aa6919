from __future__ import annotations

import pytest

from xenotime.law.answer import Outcome
from xenotime.report.palette import ACCENT, LOOKS, MARK_COLOURS, TONES, sprite, variables


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_outcome_has_its_own_symbol_shape_and_colours():
    assert set(LOOKS) == set(Outcome)
    for field in ("symbol", "shape", "light", "dark", "terminal"):
        assert len({getattr(look, field) for look in LOOKS.values()}) == len(Outcome)


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_page_colours_can_be_read_as_text(outcome, ground):
    look = LOOKS[outcome]
    assert contrast(look.light, TONES[ground][0]) >= 4.5
    assert contrast(look.dark, TONES[ground][1]) >= 4.5


@pytest.mark.parametrize("tone", ["ink", "muted", "accent"])
def test_inks_can_be_read(tone):
    for side in (0, 1):
        assert contrast(TONES[tone][side], TONES["ground"][side]) >= 4.5
        assert contrast(TONES[tone][side], TONES["panel"][side]) >= 4.5


def test_labels_inside_bars_can_be_read():
    assert min(contrast("#ffffff", colour) for colour in TONES["solid"]) >= 4.5


@pytest.mark.parametrize(
    "colour", [ACCENT, *MARK_COLOURS.values(), *(look.terminal for look in LOOKS.values())]
)
def test_terminal_colours_stand_out_on_black_and_on_white(colour):
    assert min(contrast(colour, "#000000"), contrast(colour, "#ffffff")) >= 3


def test_variables_name_every_outcome_twice_and_shapes_once():
    css, shapes = variables(), sprite()
    assert {outcome: css.count(f"--{outcome.word}:") for outcome in Outcome} == dict.fromkeys(Outcome, 2)
    assert {outcome: shapes.count(f'id="o-{outcome.word}"') for outcome in Outcome} == dict.fromkeys(
        Outcome, 1
    )
