from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape

from xenotime.report.questions.grid import grid
from xenotime.report.questions.sheet import html
from xenotime.report.questions.speak import asked, proof, speak


def test_the_page_holds_the_same_rows_as_the_workbook(sheets):
    page = html(sheets[0])
    (kept,) = re.findall(r'<pre id="grid" hidden>(.*?)</pre>', page, re.DOTALL)
    assert json.loads(unescape(kept)) == grid(sheets[0], speak("en"))


def test_the_page_runs_only_its_own_script_and_asks_each_question_once(sheets):
    page = html(sheets[0])
    assert page.count('<fieldset class="question"') == 2
    assert page.count("<option>yes</option>") == 1
    assert "script-src 'sha256-" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_no_cell_runs_as_a_formula(sheets, inquiry):
    wild = replace(sheets[0].questions[0], thing='=HYPERLINK("x")')
    rows = grid(replace(sheets[0], questions=(wild,)), speak("en"))
    assert rows[8][1] == '\'=HYPERLINK("x")'
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    assert out.getvalue().count("'=HYPERLINK") == 1
    assert inquiry.questions[0].thing == "MG-1 Magnet"


def test_every_word_is_there_in_both_languages(inquiry):
    for lang in ("en", "zh"):
        say = speak(lang)
        assert [bool(asked(q, say) and proof(q, say)) for q in inquiry.questions] == [True, True, True]
    assert asked(inquiry.questions[0], speak("zh")) == "是否含有镝？"
    assert proof(inquiry.questions[2], speak("en")).endswith("look there")
