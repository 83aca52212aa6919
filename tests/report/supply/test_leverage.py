from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.report.supply.leverage import write_leverage
from xenotime.report.words import LANGUAGES, load
from xenotime.supply.measure.values import Band


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_written_in_every_language(levered, tmp_path, lang):
    text = write_leverage(tmp_path, levered, load(lang)).read_text("utf-8")
    assert f'<html lang="{lang}">' in text
    assert 'id="dollar"' in text


def test_the_ratio_is_said_with_its_interval_and_what_is_not_in_it(levered, tmp_path):
    text = write_leverage(tmp_path, levered).read_text("utf-8")
    assert (
        "The United States loses 4 billion USD, China loses 1 billion USD: for each dollar that China loses, "
        "the United States loses 4 (2 – 6). In 93 % of draws the United States loses more." in text
    )
    assert "Political cost" in text


def test_without_a_loss_there_is_no_ratio(levered, tmp_path):
    gained = replace(levered.a, total=Band(-3e9, -2e9, -2e9, -2e9, -1e9, -2e9, -2e9))
    none = Band(None, None, None, None, None, None, None)
    text = write_leverage(tmp_path, replace(levered, a=gained, ratio=none)).read_text("utf-8")
    assert "China gains 2 billion USD over the horizon: no ratio can be given." in text
    assert 'id="dollar"' not in text


def test_losses_beside_each_economy_and_the_market_lost(levered, tmp_path):
    small = Band(1e-6, 1e-6, 2e-6, 3e-6, 4e-6, 2e-6, 2e-6)
    some = Band(0.1, 0.1, 0.2, 0.3, 0.4, 0.2, 0.2)
    put = replace(levered, b=replace(levered.b, burden=small, market=some), patience=some)
    text = write_leverage(tmp_path, put).read_text("utf-8")
    assert "What the United States loses is 0.0002 % of its gross domestic product" in text
    assert "would win China 20 % of that" in text
    assert "the United States sells 20 % less at the end" in text
