"""Both catalogues are whole, every text that a page asks for is there, and each reader gets a language."""

from __future__ import annotations

import re
import string
from importlib.resources import files
from types import SimpleNamespace

import pytest

from xenotime.report.words import load
from xenotime.web.pages import speech

ASKED = re.compile(r"""\bsay\(\s*["']([a-z_]+\.[a-z_0-9]+)["']\s*[,)]""")


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_both_languages_hold_the_same_keys_with_the_same_places():
    english, chinese = speech.catalogue("en"), speech.catalogue("zh")
    assert sorted(english) == sorted(chinese)
    assert {k for k in english if places(english[k]) != places(chinese[k])} == set()
    assert {k for k, v in (*english.items(), *chinese.items()) if not v.strip()} == set()


def test_chinese_is_written_in_chinese():
    kept = {"sign.email"}
    plain = {k for k, v in speech.catalogue("zh").items() if not re.search(r"[\u4e00-\u9fff]", v)}
    assert plain - kept == set()


def test_no_text_of_the_pages_hides_one_of_the_report():
    assert set(speech.catalogue("en")) & set(load("en").texts) == set()


def test_every_text_that_a_page_asks_for_is_there():
    known = speech.words("en").texts
    folder = files("xenotime.web")
    sources = [p for name in ("templates", "pages") for p in (folder / name).iterdir() if p.is_file()]
    asked = {key for source in sources for key in ASKED.findall(source.read_text("utf-8"))}
    assert len(asked) > 300
    assert asked - set(known) == set()


def request(query=None, cookies=None, account="", header=""):
    state = SimpleNamespace(account=SimpleNamespace(language=account) if account else None)
    return SimpleNamespace(
        state=state, query_params=query or {}, cookies=cookies or {}, headers={"accept-language": header}
    )


@pytest.mark.parametrize(
    ("given", "lang"),
    [
        ({}, "en"),
        ({"header": "zh-TW,zh;q=0.9"}, "zh"),
        ({"header": "fr,de;q=0.8"}, "en"),
        ({"account": "zh", "header": "en"}, "zh"),
        ({"cookies": {"lang": "en"}, "account": "zh"}, "en"),
        ({"query": {"lang": "zh"}, "cookies": {"lang": "en"}}, "zh"),
        ({"query": {"lang": "klingon"}}, "en"),
    ],
)
def test_the_nearest_wish_decides_the_language(given, lang):
    assert speech.language(request(**given)) == lang


@pytest.mark.parametrize("header", ["zh;q=9999999999999", ";q=", ",,,", "zh;q=x", "z" * 10_000])
def test_a_strange_header_is_no_failure(header):
    assert speech.preferred(header) in ("", "zh")


def test_every_error_put_into_chinese_is_one_that_the_programme_says():
    package = files("xenotime")
    sources = [
        p for name in ("web", "programme", "services/programme") for p in (package / name).rglob("*.py")
    ]
    said = "\n".join(path.read_text("utf-8") for path in sources)
    assert [text for text in speech.faults() if f'"{text}"' not in said] == []
    assert speech.told_fault("no file was chosen", "zh") == "未选择文件"
    assert speech.told_fault("nobody translated this", "zh") == "nobody translated this"
