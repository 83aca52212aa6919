"""Every page answers every role that may open it, in both languages, without inline style or script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from xenotime.programme.access import RIGHTS
from xenotime.web.pages.verbs import VERBS

PLAIN = sorted(route.removeprefix("GET ") for route in VERBS if route.startswith("GET ") and "{" not in route)
ROLES = ("public", "applicant", "officer", "approver", "auditor", "customs", "operator")


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def person(house, role):
    return house.client() if role == "public" else house.browser(role)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_whole(house, role, lang):
    client = person(house, role)
    for path in PLAIN:
        if role not in RIGHTS.get(VERBS[f"GET {path}"], {}):
            continue
        reply = client.get(path, params={"lang": lang})
        assert reply.status_code in (200, 303), (path, reply.text[:2000])
        if not reply.headers.get("content-type", "").startswith("text/html"):
            continue
        whole(path, reply.text, lang)


def whole(path, text, lang):
    page = Page(text)
    names = [tag for tag, _ in page.tags]
    assert (names.count("h1"), names.count("main")) == (1, 1), path
    assert ("html", {"lang": "zh-Hans" if lang == "zh" else "en"}) in page.tags
    assert [
        a for tag, a in page.tags if tag == "style" or "style" in a or any(k.startswith("on") for k in a)
    ] == []
    assert [a for tag, a in page.tags if tag == "script" and "src" not in a] == []
    assert "{{" not in text
    assert "&lt;Macro" not in text
    assert ('class="invented"' in text) is True
    posts = len([a for tag, a in page.tags if tag == "form" and a.get("method") == "post"])
    assert len(re.findall(r'name="csrf" value="[^"<]{16,}"', text)) == posts, path


def test_a_choice_of_language_is_kept(house):
    client = house.client()
    assert "公开名录" in client.get("/register?lang=zh").text
    assert "公开名录" in client.get("/register").text


def test_what_is_printed_is_escaped(house):
    reply = house.client().get("/register", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in reply.text


def test_a_failure_is_a_page_in_words(house):
    reply = house.browser("applicant").get("/cases/C-none")
    assert reply.status_code == 404
    assert "There is no such page" in reply.text
