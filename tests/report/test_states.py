from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from xenotime.programme.read import manifests
from xenotime.report.figures.svg import inline, standalone
from xenotime.report.states import BOX, EDGE, PAD, ROLES, SLOT, WORDS, diagram, table

KINDS = sorted(manifests())
SPACE = "{http://www.w3.org/2000/svg}"


def drawn(kind, current="", *, zh=False):
    figure = diagram(manifests()[kind], current, zh=zh)
    return figure, ET.fromstring(standalone(figure))  # noqa: S314 - our own drawing


def texts(root, kind):
    found = [e for e in root.iter(f"{SPACE}text") if e.get("class") == kind]
    return ["".join(e.itertext()) for e in found]


@pytest.mark.parametrize("zh", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_every_move_and_state_is_drawn_once_and_fits_the_page(kind, zh):
    manifest = manifests()[kind]
    figure, root = drawn(kind, zh=zh)
    here = WORDS["zh" if zh else "en"]["here"]
    said = [
        (m.title_zh if zh else m.title) + (f" ({here})" if m.source == m.to else "")
        for s in manifest.states
        for m in manifest.moves
        if m.source == s.id
    ]
    assert texts(root, "t") == said
    names = [s.title_zh if zh else s.title for s in manifest.states]
    bold = texts(root, "b")
    assert "".join("".join(bold).split()) == "".join("".join(names).split())
    assert figure.width <= 1000


@pytest.mark.parametrize("kind", KINDS)
def test_no_label_lies_on_another_or_on_a_line(kind):
    _, root = drawn(kind)
    labels = [
        (float(e.get("x")), float(e.get("y"))) for e in root.iter(f"{SPACE}text") if e.get("class") == "t"
    ]
    assert all(b[1] - a[1] >= SLOT for a, b in pairwise(labels))
    arrows = [
        float(y)
        for y in re.findall(rf'd="M{EDGE + BOX + 1} ([\d.]+)l8', standalone(diagram(manifests()[kind])))
    ]
    near = [y for y in arrows if any(abs(y - (label[1] - 4)) < SLOT - 1 for label in labels)]
    assert near == []


@pytest.mark.parametrize("kind", KINDS)
def test_boxes_follow_each_other_and_hold_their_moves(kind):
    manifest = manifests()[kind]
    _, root = drawn(kind)
    boxes = [e for e in root.iter(f"{SPACE}rect") if e.get("class") == "st-b"]
    spans = [(float(e.get("y")), float(e.get("y")) + float(e.get("height"))) for e in boxes]
    assert len(spans) == len(manifest.states)
    assert all(a[1] < b[0] for a, b in pairwise(spans))
    for state, (top, bottom) in zip(manifest.states, spans, strict=True):
        moves = sum(m.source == state.id for m in manifest.moves)
        assert top + PAD + SLOT * moves < bottom


@pytest.mark.parametrize("kind", KINDS)
def test_a_lane_ends_in_each_state_that_is_gone_to_and_no_two_share_a_place(kind):
    manifest = manifests()[kind]
    _, root = drawn(kind)
    lanes = [e.get("d") for e in root.iter(f"{SPACE}path") if e.get("class") == "st-l" and "V" in e.get("d")]
    reached = {m.to for m in manifest.moves if m.to != m.source}
    assert len(lanes) == len(reached)
    uprights = [tuple(float(v) for v in re.match(r"M([\d.]+) ([\d.]+)V([\d.]+)", d).groups()) for d in lanes]
    for i, (x, low, high) in enumerate(uprights):
        assert [o for o in uprights[i + 1 :] if o[0] == x and o[1] <= high and low <= o[2]] == []
    dots = [e for e in root.iter(f"{SPACE}circle") if e.get("class") == "st-j"]
    assert len(dots) == sum(m.to != m.source for m in manifest.moves)


def test_where_a_case_is_stands_out_in_words_too():
    _, root = drawn("certificate", "on_site")
    assert [t for t in texts(root, "m") if t.startswith("is here now")] == [
        "is here now · waits for the authority"
    ]
    assert [t for t in texts(drawn("certificate")[1], "m") if t.startswith("is here now")] == []
    assert "目前所处 · 等待主管机关" in texts(drawn("certificate", "on_site", zh=True)[1], "m")


def test_each_role_has_its_own_shape_and_is_named():
    _, root = drawn("suspension")
    shapes = {
        role: {e.get("d") for e in root.iter(f"{SPACE}path") if e.get("class") == f"st-{role}"}
        for role in ROLES
    }
    assert [len(s) for s in shapes.values()] == [1, 1, 1, 1]
    assert len(set.union(*shapes.values())) == 4
    assert set(WORDS["en"]["who"].split()) <= set(" ".join(texts(root, "m")).split())
    titles = [e.text for e in root.iter(f"{SPACE}title")]
    assert "Suspend at once: officer, approver, by itself, in time" in titles


def test_a_drawing_has_a_title_a_description_and_a_table():
    figure, root = drawn("appeal")
    assert (figure.title, root.get("role")) == ("Appeal", "img")
    assert figure.desc == (
        "5 states, 6 moves. Begins in “Filed”. Ends in “Upheld: the case is opened again”, "
        "“Dismissed: the decision stands”, “Withdrawn”. The table says all."
    )
    assert figure.table == table(manifests()["appeal"])
    assert figure.table.rows[0] == (
        "Filed", "Take it up", "officer, approver", "impartial", "Being looked at",
        "start_clock:appeal, queue:appeals, letter:received",
    )  # fmt: skip
    assert len(figure.table.rows) == len(manifests()["appeal"].moves)


def test_a_page_takes_it_without_a_style_of_its_own():
    text = inline(diagram(manifests()["review"]))
    assert "<style" not in text
    assert "style=" not in text


def test_both_languages_have_every_word():
    assert list(WORDS["en"]) == list(WORDS["zh"])
