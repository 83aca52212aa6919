from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from xenotime.report.supply.stress import page, write_stress
from xenotime.report.words import LANGUAGES, load

VOID = {"meta", "br", "link", "img", "hr"}


class Reader(HTMLParser):
    """Collects ids, links and names, and checks that every element is closed."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open, self.names = [], [], [], Counter()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.names[tag] += 1
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module", params=LANGUAGES)
def html(stressed, request):
    return page(stressed, load(request.param))


def test_every_element_is_closed_every_id_its_own_and_every_link_leads_somewhere(html):
    read = Reader(html)
    assert read.open == []
    assert [name for name, number in Counter(read.ids).items() if number > 1] == []
    assert {link[1:] for link in read.links if link.startswith("#")} - set(read.ids) == set()


def test_nothing_is_loaded_from_outside(html):
    read = Reader(html)
    assert [name for name in ("link", "img", "iframe", "object", "form") if read.names[name]] == []
    assert "url(" not in re.sub(r"url\(#", "", html)
    assert [link for link in read.links if not link.startswith(("#", "https://"))] == []


def test_the_policy_admits_exactly_our_style_and_script(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    for name in ("style", "script"):
        (text,) = re.findall(rf"<{name}>(.*?)</{name}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert " style=" not in html


def test_every_figure_is_well_formed_and_has_title_description_and_table(html):
    drawn = re.findall(r'<svg class="figure" viewBox.*?</svg>', html, flags=re.DOTALL)
    for each in drawn:
        root = ET.fromstring(each)  # noqa: S314 - our own text
        assert [child.tag for child in root][:2] == ["title", "desc"]
        assert all(child.text for child in root[:2])
    assert len(drawn) == 11
    assert html.count('<details class="raw">') == len(drawn)


def test_every_part_is_there_in_the_order_of_the_questions(html):
    parts = re.findall(r'<section class="part" id="([\w-]+)"', html)
    assert parts == [
        "stops",
        "law",
        "mine",
        "missing",
        "delivered",
        "prices",
        "flows",
        "exports",
        "avoided",
        "drivers",
        "grounds",
        "rules",
        "figures",
    ]


def test_the_answer_comes_first(stressed):
    html = page(stressed)
    answer = re.search(r'<p class="h">([^<]+)</p>', html)[1]
    assert answer == (
        "First to stand still: electric cars in the United States, most likely on 2025-05-20 (93 % of "
        "draws). In all, 4 sectors stop in at least half of the draws; at the lowest, 74 % of what users "
        "outside China need is delivered (62 % – 86 %)."
    )
    assert html.index("First to stand still") < html.index('<svg class="figure"')


def test_an_answer_without_stops_is_an_answer(stressed):
    html = page(replace(stressed, stops=(), sectors=(), standing=()))
    assert "No sector stops in half of the draws" in html
    assert "No line stops in any draw." in html


def test_empty_tables_leave_no_empty_part(stressed):
    bare = replace(
        stressed,
        prices=(),
        peaks=(),
        flows=(),
        exports=(),
        waiting=(),
        delivered=(),
        avoided=None,
        law=(),
        events=(),
        unmet_elements=(),
    )
    read = Reader(page(bare))
    assert read.open == []
    assert {"prices", "flows", "exports", "delivered", "avoided"} & set(read.ids) == set()


def test_claims_lead_to_the_figures_behind_them(stressed):
    html = page(stressed)
    assert html.count('href="#claim/production-001"') >= 3
    assert 'id="claim/production-001"' in html
    assert "nobody was found to have published it" in html


def test_a_hostile_text_stays_text(stressed):
    evil = '<script>alert("x")</script>'
    html = page(replace(stressed, basis=replace(stressed.basis, title=evil, says="=1+1")))
    assert html.count("<script>") == 1
    assert "&#39;=1+1" in html


def test_the_page_stays_small_and_appears_whole(stressed, tmp_path):
    path = write_stress(tmp_path, stressed)
    assert path.name == "stress.html"
    assert path.stat().st_size < 1_500_000
    assert [each.name for each in tmp_path.iterdir()] == ["stress.html"]


def test_a_run_of_few_draws_says_that_its_bands_say_little(stressed):
    few = page(replace(stressed, basis=replace(stressed.basis, draws=2)))
    assert ("Only 2 draws" in few, "Only" in page(stressed)) == (True, False)


def test_a_world_in_which_nobody_controls_is_told_of_all_countries(stressed):
    html = page(replace(stressed, controller=""))
    assert "74 % of what users in all countries need" in html
    assert "of final output in all countries stands still" in html
