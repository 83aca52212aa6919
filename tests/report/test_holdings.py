from __future__ import annotations

import base64
import hashlib
import re
from xml.etree import ElementTree as ET

import pytest
from tests.report.test_page import Reader

from xenotime.report.holdings import page, picture, write_page, write_picture
from xenotime.report.words import LANGUAGES, load


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("party", ["target", "trusted", "spared", "pair"])
def test_the_page_is_one_sound_file(owned, lang, party):
    text = page(owned(party), load(lang))
    read = Reader(text)
    assert read.open == []
    assert [i for i in set(read.ids) if read.ids.count(i) > 1] == []
    assert re.findall(r"(?:src|href)=\"https?:", text) == []


def test_the_policy_admits_this_style_and_no_other(owned):
    text = page(owned())
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text.replace("&#39;", "'")
    assert "style=" not in text


def test_hostile_names_stay_text(owned):
    text = page(owned(names={"target": "<script>alert(1)</script>", "middle": "=cmd()\u202e"}))
    assert text.count("<script>") == 1
    assert "\u202e" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_picture_for_each_different_answer_with_its_table_and_zoom(owned, half):
    text = page(owned(rules=[half("none", counts=("other",)), half("a"), half("b")]))
    assert text.count('class="fig plan"') == 2
    assert text.count("<summary>The figure as a table</summary>") == 2
    assert len(re.findall(r'type="radio" name="zoom-ownership-[01]"', text)) == 8
    assert text.count(" checked>") == 2


def test_the_picture_stands_alone(owned):
    root = ET.fromstring(picture(owned()))  # noqa: S314 - our own text
    assert (root.tag, root.get("role")) == ("{http://www.w3.org/2000/svg}svg", "img")


def test_the_files_are_written_whole(owned, tmp_path):
    assert write_page(owned(), tmp_path / "a.html").read_text("utf-8") == page(owned())
    assert write_picture(owned(), tmp_path / "a.svg").read_text("utf-8") == picture(owned())
