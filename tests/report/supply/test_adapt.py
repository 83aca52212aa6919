from __future__ import annotations

import re

import pytest

from xenotime.report.supply.adapt import write_adapt
from xenotime.report.words import LANGUAGES, load


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_written_in_every_language(adapted, tmp_path, lang):
    text = write_adapt(tmp_path, adapted, load(lang)).read_text("utf-8")
    assert f'<html lang="{lang}">' in text
    assert re.findall(r'<section class="part" id="(\w+)"', text)[:5] == [
        "speed",
        "gaps",
        "channels",
        "faster",
        "builds",
    ]


def test_the_fastest_side_is_the_answer_and_who_lacks_nothing_is_named(adapted, tmp_path):
    text = write_adapt(tmp_path, adapted).read_text("utf-8")
    assert "Japan is the first to meet half of what it lacked in other ways: after 40 days (20 – 90)" in text
    assert "Not short of anything: Australia." in text


def test_the_matrix_is_read_both_ways(adapted, tmp_path):
    text = write_adapt(tmp_path, adapted).read_text("utf-8")
    part = text[text.index('id="faster"') : text.index('id="builds"')]
    assert re.findall(r"(\d+ %)</td>", part) == ["75 %", "20 %"]
