"""A page: one template in the reader's language, with who reads it and whose programme it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from xenotime.programme.access import PUBLIC, ROLES, Actor, permits
from xenotime.programme.casework.case import Condition
from xenotime.programme.casework.manifest import Choice
from xenotime.programme.casework.terms import PREFIX
from xenotime.programme.read import manifests
from xenotime.report.figures.svg import definitions
from xenotime.report.sheet import trusted
from xenotime.report.words import LANGUAGES, Words
from xenotime.web.pages import spell
from xenotime.web.pages.menu import menu
from xenotime.web.pages.speech import COOKIE, language, told_fault, words


@cache
def environment() -> Environment:
    """The templates; whatever they print is escaped, and a name that is not given is a failure."""
    made = Environment(
        loader=PackageLoader("xenotime.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters.update(
        day=spell.day, instant=spell.instant, grams=spell.grams, spaced=spell.spaced, trusted=trusted
    )
    made.globals.update(
        shape=spell.shape,
        sign=spell.sign,
        elements=spell.elements,
        percent=spell.percent,
        permits=permits,
        spelled=spell.spelled,
        heading=heading,
        ordered=ordered,
        named_queues=named_queues,
        pairs=lambda them: [(one, one) for one in them],
        named_roles=lambda say: [(r, say(f"role.{r}")) for r in ROLES if r not in ("public", "system")],
    )
    return made


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> HTMLResponse:
    """The page of a template for this request; a language asked for in the address is kept in a cookie."""
    say = words(language(request))
    text = environment().get_template(template).render(**_frame(request, say), status=status, **context)
    made = HTMLResponse(text, status, dict(headers or {}) | {"Content-Language": say.lang, "Vary": "Cookie"})
    if request.query_params.get(COOKIE) in LANGUAGES:
        secure = request.url.scheme == "https"
        made.set_cookie(COOKIE, say.lang, max_age=31536000, samesite="lax", httponly=True, secure=secure)
    return made


def actor_of(request: Request) -> Actor:
    """Who reads, as the gate found; the public if it did not ask."""
    found = getattr(request.state, "actor", None)
    return found if isinstance(found, Actor) else PUBLIC


def _frame(request: Request, say: Words) -> dict[str, object]:
    """What every template may use."""
    actor = actor_of(request)
    return {
        "say": say,
        "zh": say.lang == "zh",
        "said": lambda text: told_fault(text, say.lang),
        "both": lambda thing, name="title": told(say, thing, name),
        "use": lambda ident: use_named(say, ident),
        "clause": lambda it: _clause(request, say, it),
        "definitions": trusted(definitions()),
        "authority": request.app.state.office.authority,
        "account": getattr(request.state, "account", None),
        "csrf": getattr(request.state, "csrf", ""),
        "actor": actor,
        "menu": menu(actor, request.url.path),
        "path": request.url.path,
        "languages": [(lang, same(request, lang=lang)) for lang in LANGUAGES],
        "same": lambda **changes: same(request, **changes),
    }


def same(request: Request, **changes: str) -> str:
    """This address with some of its query changed; an empty value removes it."""
    query = {**dict(request.query_params), **changes}
    kept = {key: value for key, value in query.items() if value}
    return request.url.path + ("?" + urlencode(kept) if kept else "")


def named_queues(say: Words, now: str) -> list[tuple[str, str]]:
    """The queues that a case can wait in, by their words; the present one too, should it have none."""
    every = {k.removeprefix("queue_of."): text for k, text in say.texts.items() if k.startswith("queue_of.")}
    return list({**every, **({now: say.maybe("queue_of", now)} if now else {})}.items())


def told(say: Words, thing: object, name: str = "title") -> str:
    """A text that a thing carries in both languages, in the reader's; the English where no Chinese is."""
    chinese = getattr(thing, f"{name}_zh", "") if say.lang == "zh" else ""
    return str(chinese or getattr(thing, name))


@cache
def _uses() -> Mapping[str, Choice]:
    """End uses that the forms offer, by id."""
    fields = (field for manifest in manifests().values() for field in manifest.fields)
    return {c.id: c for field in fields if field.id == "end_uses" for c in field.choices}


def use_named(say: Words, ident: str) -> str:
    """An end use in the reader's language; as it was written if no form offers it."""
    return told(say, _uses()[ident]) if ident in _uses() else ident


def _clause(request: Request, say: Words, it: Condition) -> str:
    """A condition in the reader's language: Chinese from the line of the profile that it came from."""
    line = request.app.state.office.profile.lines.get(PREFIX + it.id)
    return line.says_zh if say.lang == "zh" and line and line.says_zh else it.says


def ordered(answer: Mapping[str, object]) -> list[tuple[str, object]]:
    """The law's answer as a page shows it: the answer first, then the article, no line twice or empty."""
    first = ("outcome", "rule", "codes", "missing", "assuming")
    if answer.get("articles") == answer.get("rule"):
        answer = {k: v for k, v in answer.items() if k != "articles"}
    names = [*(k for k in first if k in answer), *(k for k in answer if k not in first)]
    return [(name, answer[name]) for name in names if answer[name]]


def heading(say: Words, title: str, kind: object, holder: object = None) -> str:
    """The title of a case in the reader's language: its kind, and whose it is."""
    if say.lang != "zh":
        return title or told(say, kind)
    name = getattr(holder, "name_zh", "") or title.partition(": ")[2]
    return told(say, kind) + (f"：{name}" if name else "")
