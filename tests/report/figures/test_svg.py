from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from xenotime.report import figures
from xenotime.report.figures.svg import breadth, clip, standalone, tag, words
from xenotime.report.words import LANGUAGES, load


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_alone_is_well_formed_and_accessible(sample, lang):
    say = load(lang)
    share = next(leg.share for leg in sample.legs if leg.share)
    drawn = [make(sample, say) for make in (figures.timeline, figures.flows, figures.counts)]
    for figure in (*drawn, figures.share(share, say)):
        root = ET.fromstring(standalone(figure))  # noqa: S314 - our own text
        assert root.get("role") == "img"
        names = [child.tag.split("}")[1] for child in root][:2]
        assert names == ["title", "desc"]
        assert all(child.text for child in root[:2])
        assert figure.table.rows


def test_attributes_and_texts_are_escaped():
    assert tag("a", href='"<') == '<a href="&quot;&lt;"/>'
    assert words("a<b", 1, 2) == '<text x="1" y="2" class="t">a&lt;b</text>'


def test_long_texts_are_cut_to_their_room():
    assert clip("short", 100) == "short"
    assert clip("a very long name indeed", 60).endswith("…")
    assert breadth("钐钴") == 24
