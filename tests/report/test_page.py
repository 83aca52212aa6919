from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from time import process_time

import pytest

from xenotime.report.page import MOST_LEGS, kept, page, write_page
from xenotime.report.words import LANGUAGES, load

VOID = {"meta", "input", "br", "link", "img", "hr"}


class Reader(HTMLParser):
    """Collects ids, links and texts, and checks that every element is closed."""

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
def html(sample, sources, request):
    return page(sample, load(request.param), sources=sources)


def test_every_element_is_closed_and_every_id_is_its_own(html):
    read = Reader(html)
    assert read.open == []
    assert [name for name, number in Counter(read.ids).items() if number > 1] == []


def test_every_link_inside_the_page_has_its_place(html):
    read = Reader(html)
    inner = {link[1:] for link in read.links if link.startswith("#")}
    assert inner - set(read.ids) == set()


def test_nothing_is_loaded_from_outside(html):
    read = Reader(html)
    assert {name: read.names[name] for name in ("link", "img", "iframe", "object", "form")} == dict.fromkeys(
        ("link", "img", "iframe", "object", "form"), 0
    )
    assert "url(" not in re.sub(r"url\(#", "", html)
    assert [link for link in read.links if not link.startswith(("#", "https://"))] == []


def test_the_policy_admits_exactly_our_style_and_script(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    for name in ("style", "script"):
        (text,) = re.findall(rf"<{name}>(.*?)</{name}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)


def test_a_hostile_text_stays_text(sample):
    evil = '<script>alert("x")</script>'
    leg = replace(sample.legs[0], shipment=f'"{evil}', product_name=evil, note="=1+1", end_user=evil)
    html = page(replace(sample, legs=(leg,), portfolio=evil))
    assert html.count("<script>") == 1
    assert '<p class="m">your note: &#39;=1+1</p>' in html


def test_a_script_address_is_never_a_link(sample, sources):
    assert "javascript:" not in page(sample, sources=sources)


def test_every_shipment_has_a_page_and_every_leg_a_place(sample, html):
    ids = set(Reader(html).ids)
    assert {f"s/{leg.shipment}" for leg in sample.legs} - ids == set()
    assert {f"s/{leg.shipment}/{leg.leg}" for leg in sample.legs} - ids == set()


def test_figures_have_title_description_and_table(html):
    for name in ("timeline", "flows"):
        assert f'aria-labelledby="{name}-title {name}-desc"' in html
    assert html.count('<figure class="fig"><div class="scroll"') == 2
    assert html.count(load("en")("say.table")) + html.count(load("zh")("say.table")) == 2


def test_shapes_and_scales_are_drawn_once(html):
    assert html.count("<symbol ") == 11
    assert html.count('id="share-axis"') == 1


def test_the_notice_is_on_the_page(sample, html):
    assert sample.notice.replace("'", "&#39;") in html


def test_an_empty_portfolio_teaches(sample):
    empty = replace(sample, legs=(), counts={}, actions=(), ahead=(), asks=(), timeline=())
    html = page(empty)
    assert "xenotime new FOLDER --from export.xlsx" in html
    assert Reader(html).open == []


def test_three_hundred_legs_with_eighty_articles_each_stay_small_and_quick(big):
    def crowd(leg):
        exp = leg.explanation
        near = tuple(replace(exp.rules[0], address=f"cn/near/{n}", holds=None) for n in range(4))
        far = tuple(replace(exp.rules[-1], address=f"cn/far/{n}") for n in range(76))
        return replace(leg, explanation=replace(exp, rules=(*exp.rules, *near, *far)))

    start = process_time()
    html = page(replace(big, legs=tuple(crowd(leg) for leg in big.legs)))
    assert len(html.encode()) < 6_000_000
    assert process_time() - start < 20


def test_the_file_appears_whole(sample, tmp_path):
    path = write_page(sample, tmp_path / "report.html")
    assert path.read_text("utf-8").endswith("</body></html>")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_of_too_many_legs_those_that_ask_for_something_are_kept(sample):
    quiet = [leg for leg in sample.legs if leg.explanation.outcome.word == "not_controlled"]
    asking = [leg for leg in sample.legs if leg not in quiet and not leg.explanation.covered_by]
    legs = (*quiet, *asking)

    assert kept(legs, most=len(legs)) == legs
    assert kept(legs, most=len(asking)) == tuple(asking)
    assert kept(legs, most=len(asking) + 1) == (quiet[0], *asking)


def test_a_file_that_does_not_hold_every_leg_says_so(sample):
    many = tuple(replace(sample.legs[0], shipment=f"S{number}") for number in range(MOST_LEGS + 1))
    html = page(replace(sample, legs=many))

    assert f"This file holds {MOST_LEGS} of {MOST_LEGS + 1} legs" in html
    assert f'id="s/S{MOST_LEGS - 1}"' in html
    assert f'id="s/S{MOST_LEGS}"' not in html
    assert f'href="#s/S{MOST_LEGS}"' not in html
