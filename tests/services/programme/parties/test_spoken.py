"""Findings in Chinese: every answer that vetting can give in English has its Chinese words."""

from __future__ import annotations

import re

import pytest

from xenotime.law.answer import Outcome
from xenotime.services import military
from xenotime.services.programme.parties import spoken
from xenotime.services.programme.parties.lawful import Answer


def test_every_line_of_the_military_policy_is_spoken():
    assert set(spoken.LINES) == {line.id for line in military.policy().lines}


@pytest.mark.parametrize("outcome", [*(o.word for o in Outcome), "unknown_code"])
def test_every_answer_of_the_law_is_spoken(outcome):
    said = spoken.law(Answer("1C905", outcome, name="magnets", name_zh="磁体"))
    assert re.fullmatch(r"1C905：[\u4e00-\u9fff]+（磁体）", said)
