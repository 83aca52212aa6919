from __future__ import annotations

from datetime import date

import pytest

from xenotime.evidence.pledges import ledger
from xenotime.report.supply.truce import write_truce
from xenotime.report.words import LANGUAGES, load
from xenotime.services.supply.truce import truce

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_promise_has_its_card(tmp_path, lang):
    result = truce(ledger(), DAY, DAY)
    text = write_truce(tmp_path, result, load(lang)).read_text("utf-8")
    assert text.count('<article class="card') == len(result.promises)
    assert f'<html lang="{lang}">' in text


def test_what_was_read_until_is_said(tmp_path):
    text = write_truce(tmp_path, truce(ledger(), DAY, DAY)).read_text("utf-8")
    assert "what was published later is not in here" in text
    assert "What was promised" in text
