from __future__ import annotations

import pytest

from xenotime.report.told import told
from xenotime.report.words import load


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("same name", "名称相同"),
        (
            "close name (93 %), martyn sounds like martin, only here: tool",
            "名称相近（93 %），martyn 读音近似 martin，仅查询名称有：tool",
        ),
        ("another lei (A, the list says B)", "号码不同：lei（A，清单为B）"),
        (
            ": nobody says until when the sources were read; next step: xenotime law list",
            "：未注明资料阅至何日。下一步：xenotime law list",
        ),
        ("a sentence of a list of your own", "a sentence of a list of your own"),
    ],
)
def test_a_known_shape_is_said_in_chinese_and_another_stays(english, chinese):
    assert told(english, load("zh")) == chinese
    assert told(english, load("en")) == english
