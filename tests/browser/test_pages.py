"""Every page for every role in both languages: no console error, nothing in the way of any reader."""

from __future__ import annotations

import pytest

PUBLIC = ("/", "/register", "/register/XC-2026-0001", "/statistics", "/log", "/help", "/sign-in")
ROLES = {
    "Aiko Mori": (
        "/home", "/organisation", "/organisation/edit", "/cases", "/cases/new", "/certificates",
        "/shipments", "/shipments/new?certificate=XC-2026-0002", "/duties", "/returns", "/letters",
        "/account", "/assess",
    ),
    "Lin Qiao": (
        "/queues", "/cases", "/cases/C-2026-00010", "/cases/C-2026-00009", "/cases/C-2026-00005",
        "/certificates", "/shipments", "/duties", "/returns", "/organisations/O-00004", "/assess",
    ),
    "Mika": ("/queues", "/cases/C-2026-00010"),
    "Ines": ("/audit", "/audit/5", "/audit?check=yes", "/system", "/cases/C-2026-00010"),
    "Operator": ("/system", "/accounts"),
    "Customs": ("/shipments", "/certificates"),
}  # fmt: skip

#: What a reader by ear, by keyboard or on a small screen would stumble over.
STUMBLES = """() => {
  const found = [];
  const say = (what, node) => found.push(what + ': ' + (node.outerHTML || '').slice(0, 120));
  const seen = (n) => !!(n.offsetWidth || n.offsetHeight || n.getClientRects().length);
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  for (const mark of ['header', 'main', 'footer', 'nav'])
    if (!document.querySelector(mark)) found.push('no ' + mark);
  let last = 0;
  for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
    if (!seen(h)) continue;
    const level = +h.tagName[1]; if (level > last + 1) say('heading skips', h); last = level;
  }
  for (const c of document.querySelectorAll('input:not([type=hidden]),select,textarea')) {
    const named = c.labels && c.labels.length || c.getAttribute('aria-label');
    if (!named) say('no label', c);
    const tie = (c.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
    for (const id of tie) if (!document.getElementById(id)) say('describedby nothing', c);
  }
  for (const b of document.querySelectorAll('button,a[href]'))
    if (!(b.textContent.trim() || b.getAttribute('aria-label'))) say('nameless', b);
  const ids = [...document.querySelectorAll('[id]')].map((n) => n.id);
  for (const id of new Set(ids))
    if (ids.filter((i) => i === id).length > 1) found.push('id twice: ' + id);
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    const name = decodeURIComponent(a.getAttribute('href').slice(1));
    if (!document.getElementById(name)) say('leads nowhere', a);
  }
  for (const t of document.querySelectorAll('table.list')) {
    const heads = [...t.querySelectorAll('thead th')];
    if (!t.caption || heads.some((h) => h.scope !== 'col')) say('table', t);
  }
  for (const s of document.querySelectorAll('main svg'))
    if (!s.closest('[aria-hidden=true]') && !s.closest('[role=img]')) say('unnamed picture', s);
  if (document.querySelector('[style],style,script:not([src])')) found.push('inline style or script');
  if (document.documentElement.scrollWidth > innerWidth) found.push('scrolls sideways');
  if (!document.documentElement.lang) found.push('no language');
  return found;
}"""

#: The contrast of every text that is shown, against the ground behind it (WCAG 2.2, 1.4.3).
PALE = """() => {
  const part = (c) => { const v = c / 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const rgb = (t) => (t.match(/[\\d.]+/g) || []).map(Number);
  const dark = matchMedia('(prefers-color-scheme:dark)').matches;
  const ground = (n) => {
    for (; n; n = n.parentElement) {
      const c = rgb(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] > .9) return c;
    }
    return dark ? [20, 25, 27] : [255, 255, 255];
  };
  const aside = 'svg,.off,.skip,.past,button[disabled]';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walk.nextNode()) {
    const n = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !n.getClientRects().length || n.closest(aside)) continue;
    const a = light(rgb(getComputedStyle(n).color)), b = light(ground(n));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.add(ratio.toFixed(2) + ' ' + n.outerHTML.slice(0, 100));
  }
  return [...found];
}"""


def walked(reader, paths):
    found = {}
    for path in paths:
        page = reader.open(path)
        assert page.locator(".invented").count() == 1, path
        stumbles = page.evaluate(STUMBLES)
        if stumbles:
            found[path] = stumbles
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_public_pages_have_nothing_in_the_way(reader, lang):
    one = reader()
    one.open(f"/?lang={lang}")
    assert one.page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    assert walked(one, PUBLIC) == {}


@pytest.mark.parametrize("name", ROLES)
def test_pages_of_a_role_have_nothing_in_the_way(reader, name):
    one = reader().enter(name)
    assert walked(one, ROLES[name]) == {}


@pytest.mark.parametrize("name", ["Aiko Mori", "Lin Qiao"])
def test_pages_fit_a_telephone_in_chinese(reader, name):
    one = reader(viewport={"width": 390, "height": 800}).enter(name)
    one.open("/account?lang=zh")
    assert walked(one, ROLES[name]) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(reader, scheme):
    one = reader(color_scheme=scheme)
    pale = {path: one.open(path).evaluate(PALE) for path in PUBLIC}
    one.enter("Lin Qiao")
    pale |= {path: one.open(path).evaluate(PALE) for path in ROLES["Lin Qiao"]}
    assert {path: found for path, found in pale.items() if found} == {}


def test_pages_print_without_bars_and_buttons(reader):
    one = reader()
    page = one.open("/register/XC-2026-0001")
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert page.locator(".invented").is_visible()
    assert page.locator("h1").is_visible()
