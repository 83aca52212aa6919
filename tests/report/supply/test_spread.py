from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xenotime.evidence.ask import conflicts
from xenotime.evidence.contest import contest
from xenotime.evidence.question import Question
from xenotime.evidence.read import packaged
from xenotime.report.figures.svg import standalone
from xenotime.report.supply import spread as drawing
from xenotime.report.supply.claims import speak
from xenotime.report.supply.spread import MOST, spread, ticks, write_spread

LIKE = next(figure for figure in packaged() if figure.id == "shares-027")
ASK = Question("", ("How much?", "多少？"))


def like(number, value, **changes):
    return replace(
        LIKE, **{"id": f"own-{number}", "url": "", "published": "2026", "value": Decimal(value), **changes}
    )


def drawn(*figures, lang="en"):
    (found,) = contest(ASK, figures)
    return spread(found, speak(lang))


@pytest.fixture(scope="module")
def refined():
    (found,) = conflicts(packaged(), ["china", "refines"])
    return found


def test_every_claim_is_named_with_its_day_its_number_and_its_time(refined):
    body = spread(refined, speak()).body
    for text in ("Goldman Sachs", "2025-10-20", "over 90", "92.5 (90 – 95)", "all rare earths · refining"):
        assert f">{text}<" in body


def test_the_table_holds_every_claim_with_its_id(refined):
    table = spread(refined, speak()).table
    ids = [row[table.head.index("id")] for row in table.rows]
    assert ids == [figure.id for figure in refined.figures]
    assert table.rows[7][:7] == (
        "all rare earths · refining",
        "92",
        "",
        "",
        "percent",
        "Goldman Sachs",
        "2025",
    )


def test_the_alt_text_says_what_is_seen(refined):
    assert spread(refined, speak()).desc == (
        "20 claims say 76.0 to 99.9 percent to the question: "
        "What share of the world's rare earths does China refine? "
        "Each mark is one claim, lowest first within its scope."
    )


def test_how_sure_a_claim_is_has_a_shape_and_not_only_a_colour():
    marks = {sure: drawing._shape(sure, 5, 5, "red") for sure in ("high", "medium", "low")}
    assert [re.sub(r"[^a-z]", "", mark[:7]) for mark in marks.values()] == ["circle", "rectx", "circle"]
    assert ('fill="red"' in marks["high"], 'fill="var(--ground)"' in marks["low"]) == (True, True)


def test_intervals_have_caps_and_bounds_have_arrows():
    body = drawn(
        like(1, "5", low=Decimal(4), high=Decimal(6)),
        like(2, "9", low=Decimal(9)),
        like(3, "3", high=Decimal(3)),
    ).body
    paths = re.findall(r'<path d="([^"]+)"', body)
    assert [("h-22" in path, "h22" in path, "H" in path) for path in paths] == [
        (True, False, False),
        (False, False, True),
        (False, True, False),
    ]


def test_what_is_expected_is_fainter(refined):
    body = spread(refined, speak()).body
    assert body.count('fill="var(--muted)"') == 2


def test_a_gap_is_named_and_drawn_nowhere():
    figure = drawn(replace(like(1, "1"), value=None))
    assert (figure.desc, "gap: China share of smelting (own-1)" in figure.body) == (
        "No claim carries a number: a gap, not a zero.",
        True,
    )
    assert [row[1] for row in figure.table.rows] == ["gap"]
    assert 'class="ax"' not in figure.body


def test_numbers_far_apart_have_a_logarithmic_axis():
    even, wide = drawn(like(1, "60"), like(2, "90")).body, drawn(like(1, "3"), like(2, "2000")).body
    assert [re.findall(r'class="m" text-anchor="middle">([^<]+)<', body) for body in (even, wide)] == [
        ["60", "70", "80", "90"],
        ["10", "100", "1000"],
    ]


def test_of_many_claims_the_rest_is_in_the_table():
    many = [like(n, str(n + 1), published=f"20{n % 90 + 10}") for n in range(MOST + 7)]
    figure = drawn(*many)
    assert ("7 more in the table" in figure.body, len(figure.table.rows)) == (True, MOST + 7)


def test_the_figure_speaks_chinese():
    figure = drawn(like(1, "60"), like(2, "90"), lang="zh")
    assert (figure.title, "谁说的" in figure.body) == ("多少？", True)


def test_what_a_source_is_called_never_becomes_markup():
    body = standalone(
        drawn(
            like(1, "60", source="<script>alert(1)</script>", note="said by: <b>&", subject='"x'),
            like(2, "61"),
        )
    )
    assert "<script>" not in body
    assert ET.fromstring(body) is not None  # noqa: S314 - we wrote it


def test_the_file_is_whole_and_stands_alone(refined, tmp_path):
    path = write_spread(tmp_path / "a" / "spread.svg", refined, speak())
    root = ET.fromstring(path.read_text("utf-8"))  # noqa: S314 - we wrote it
    assert root.attrib["viewBox"].split()[:3] == ["0", "0", "880"]


@settings(max_examples=40)
@given(st.lists(st.decimals(min_value=-1000, max_value=10**7, places=2), min_size=1, max_size=6, unique=True))
def test_every_mark_lies_within_the_plot(values):
    figure = drawn(*(like(n, str(value), published=f"20{n + 10}") for n, value in enumerate(values)))
    marks = [float(x) + 4 for x in re.findall(r'<rect x="([^"]+)" y="[^"]+" width="8"', figure.body)]
    assert marks[:-1] == [pytest.approx(min(max(x, 318), 640), abs=0.1) for x in marks[:-1]]
    assert len(marks) == len(values) + 1


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_round_and_few(low, width):
    found = ticks(low, low + width, log=False)
    assert 2 <= len(found) <= 8
    assert low - 1e-6 * abs(low) - 1e-9 <= found[0] <= found[-1] <= low + width + 1e-6 * abs(low) + 1e-9


def test_every_word_has_two_languages():
    assert set(speak("en").texts) == set(speak("zh").texts)
