from __future__ import annotations

import re
import tomllib
from pathlib import Path

from xenotime.report import words
from xenotime.report.supply.speak import speak
from xenotime.report.words import LANGUAGES, load

FOLDER = Path(words.__file__).parent
RAW = tomllib.loads((FOLDER / "texts" / "supply.toml").read_text("utf-8"))
#: Sections whose keys come from data.
LOOKED_UP = set(
    "country land stage use cover buyer form made good channel unit sureness event rule rationing key state "
    "built choice part_of answer group parameter".split()
)


def test_every_text_is_there_in_every_language():
    pairs = {f"{s}.{k}": pair for s, keys in RAW.items() for k, pair in keys.items()}
    assert [key for key, pair in pairs.items() if len(pair) != len(LANGUAGES) or not all(pair)] == []


def test_translations_keep_the_same_places():
    def places(text):
        return set(re.findall(r"{(\w+)}", text))

    pairs = [pair for keys in RAW.values() for pair in keys.values()]
    assert [pair for pair in pairs if places(pair[0]) != places(pair[1])] == []


def test_chinese_is_chinese():
    prose = {
        k: pair[1]
        for k, pair in RAW["supply"].items()
        if re.search(r"[a-z]{4}", re.sub(r"{\w+}", "", pair[0]))
    }
    assert [k for k, text in prose.items() if not re.search(r"[\u4e00-\u9fff]", text)] == []


def test_no_word_of_the_common_catalogue_is_overwritten():
    ours = {f"{s}.{k}" for s, keys in RAW.items() for k in keys}
    assert ours & set(load().texts) == set()
    assert set(speak("zh").texts) == set(speak("en").texts)


def test_every_text_is_used():
    code = "".join(p.read_text("utf-8") for p in FOLDER.rglob("*") if p.suffix in (".py", ".html"))
    spelt = set(re.findall(r"\w+", code))
    rest = [k for s, keys in RAW.items() if s not in LOOKED_UP for k in keys]
    assert [k for k in rest if k not in spelt and k.rpartition("_")[2] not in spelt] == []
