"""Shipments: ask whether one may go, see the answer with its reasons, and settle it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import AddressError, InputError, Problem, XenotimeError
from xenotime.programme.access import permits
from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.shipment import ALLOW, Item, Shipment, Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.programme.trust.scope import grams, totals
from xenotime.services.programme.oversight import logbook
from xenotime.services.programme.ports import Search
from xenotime.services.programme.shipping import shipments
from xenotime.web.pages import fields
from xenotime.web.pages.desk import At, Desk, Posted, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import named
from xenotime.web.pages.render import page, use_named
from xenotime.web.pages.speech import language, words
from xenotime.web.send import download

router = APIRouter(include_in_schema=False)

FILTERS = ("answer", "certificate", "state")
PAGE = 50
#: States that a decision has because something was reserved for it.
HELD = frozenset({"reserved", "committed", "released", "expired", "reversed"})
#: The two sides on which an organisation can stand.
SIDES = ("exporter", "end_user")


@router.get("/shipments")
def listed(at: At) -> Response:
    """Shipment decisions, newest first."""
    side = _side(at)
    where = _where({name: at.asked(name) for name in FILTERS if at.asked(name)})
    if side:  # the organisation of a decision is its end user: by that name answers have an index
        where["exporter" if side == "exporter" else "organisation"] = at.actor.organisation
    found = shipments.find(at.office, at.actor, Search(where, "", "-at", PAGE, at.asked("after")))
    holders = named(at, (v.shipment.end_user for v in found.items))
    return page(
        at.request,
        "shipments.html",
        found=found,
        holders=holders,
        asked=at.asked,
        side=side,
        totals=lambda it: totals(it.items),
    )


def _where(asked: dict[str, str]) -> dict[str, str]:
    """What is asked for in the fewest words: only what was allowed is ever reserved, settled or let go."""
    if asked.get("state") not in HELD or "answer" not in asked:
        return asked
    rest = {name: value for name, value in asked.items() if name != "answer"}
    return rest if asked["answer"] == ALLOW else {**rest, "id": ""}


def _side(at: Desk) -> str:
    """Whose shipments an applicant sees: those shipped as exporter, or those received; "" for officials."""
    if at.actor.role != "applicant" or not at.actor.organisation:
        return ""
    if at.asked("side") in SIDES:
        return at.asked("side")
    mine = named(at, (at.actor.organisation,))[at.actor.organisation]
    return "exporter" if mine.role == "exporter" else "end_user"


@router.get("/shipments/new")
def new(at: At) -> Response:
    """The question: under which certificate, what, to which site, when."""
    given = {"certificate": at.asked("certificate"), "on": at.today.isoformat()}
    return _form(at, given, [])


def _form(
    at: Desk,
    given: dict[str, str],
    rows: list[dict[str, str]],
    *,
    faults: dict[str, str] | None = None,
    status: int = 200,
    fault: Problem | None = None,
) -> Response:
    certificate, holder = _under(at, given.get("certificate", ""))
    say = words(language(at.request))
    return page(
        at.request,
        "ship.html",
        status=status,
        fault=fault,
        faults=faults or {},
        values=given,
        rows=[*rows, *({} for _ in range(1 if rows else 2))],
        certificate=certificate,
        holder=holder,
        sites=[
            (x.id, f"{x.name}, {x.address}")
            for x in (holder.sites if holder else ())
            if certificate and x.id in certificate.scope.sites
        ],
        uses=[(use, use_named(say, use)) for use in certificate.scope.end_uses] if certificate else [],
        mine=certificate is not None and permits(at.actor, "certificate.read", certificate.organisation),
        numbers=_numbers(at),
        exporters=_exporters(at),
        key=given.get("key") or at.office.mint("key"),
    )


def _under(at: Desk, number: str) -> tuple[Certificate | None, Organisation | None]:
    """The certificate that is asked about and its holder, for the sites and items that can be chosen."""
    if not number:
        return None, None
    with at.office.store.view() as view:
        try:
            found = view.get(Certificate, number)
            return found, view.get(Organisation, found.organisation)
        except AddressError:
            return None, None


def _numbers(at: Desk) -> list[tuple[str, str]]:
    """The certificates of the reader and of the users that its licences name, each with its holder's name."""
    mine = at.actor.organisation
    if not mine:
        return []
    with at.office.store.view() as view:
        licences = view.find(Permit, Search({"exporter": mine, "state": "active"}, limit=50)).items
        whose = tuple(sorted({mine, *(user for permit in licences for user in permit.users)}))
        held = view.find(Certificate, Search({"organisation": whose}, order="-issued", limit=50)).items
    holders = named(at, (c.organisation for c in held))
    return [(c.number, holders[c.organisation].name) for c in held]


def _exporters(at: Desk) -> list[tuple[str, str]]:
    """Who may be said to ship: oneself, and who shipped to oneself before; nobody for customs."""
    mine = at.actor.organisation
    if not mine:
        return []
    with at.office.store.view() as view:
        past = view.find(Verdict, Search({"end_user": mine}, "", "-at", 50)).items
    found = named(at, (mine, *(v.shipment.exporter for v in past)))
    own = found.get(mine)
    others = [(ident, it.name) for ident, it in found.items() if ident != mine]
    return [*([(mine, own.name)] if own and (own.role != "end_user" or not others) else []), *others]


@router.post("/shipments")
def decided(at: At, sent: Sent) -> Response:
    """Ask; the same question with the same key is answered once."""
    rows = fields.rows("items", sent)
    if sent.text("more") or sent.text("choose"):
        return _form(at, sent.all(), rows)
    try:
        asked = shipment(at, sent, rows)
        verdict = shipments.decide(at.office, at.actor, asked, sent.text("key"), at.at)
    except XenotimeError as error:
        return _form(at, sent.all(), rows, status=status_of(error), fault=error.problem)
    return RedirectResponse(f"/shipments/{verdict.id}", 303)


def shipment(at: Desk, sent: Posted, rows: list[dict[str, str]]) -> Shipment:
    """The shipment that a form describes. Raises InputError naming what is missing or cannot be read."""
    _, holder = _under(at, sent.text("certificate"))
    whose = holder.id if holder else ""
    return Shipment(
        sent.text("certificate"),
        sent.text("exporter") or at.actor.organisation or whose,
        whose,
        sent.text("site"),
        tuple(_item(row, n) for n, row in enumerate(rows, 1)),
        sent.text("end_use"),
        tuple(c.upper() for c in sent.text("route").replace(",", " ").replace("→", " ").split()),
        _day(sent.text("on")),
        licence=sent.text("licence"),
        parties={role: sent.text(role) for role in ("forwarder", "consignee") if sent.text(role)},
        value=sent.text("value"),
        currency=sent.text("currency"),
        note=sent.text("note"),
    )


def _item(row: dict[str, str], number: int) -> Item:
    amounts = grams(fields.amounts(row.get("grams", "")), f"item {number}, grams")
    return Item(
        row.get("code", ""), amounts, row.get("lot", ""), row.get("description", ""), row.get("hs", "")
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "a shipment has a day",
            where="on",
            expected="YYYY-MM-DD",
            found=text or "nothing",
            next_step="choose the day of the customs declaration",
        ) from error


@router.get("/shipments/{verdict}")
def shown(at: At, verdict: str) -> Response:
    """The answer first, then the reasons, then the evidence."""
    return _show(at, verdict)


def _show(at: Desk, verdict: str, *, status: int = 200, fault: Problem | None = None) -> Response:
    it = shipments.view(at.office, at.actor, verdict)
    holders = named(at, (it.shipment.end_user, it.shipment.exporter))
    return page(
        at.request,
        "shipment.html",
        status=status,
        fault=fault,
        it=it,
        holders=holders,
        known={site.id: site.name for holder in holders.values() for site in holder.sites},
        key=at.office.mint("key"),
        done=at.asked("done"),
    )


@router.post("/shipments/{verdict}/settle")
def settled(at: At, verdict: str, sent: Sent) -> Response:
    """Say that it went, or that it will not go."""
    try:
        shipments.settle(at.office, at.actor, verdict, sent.text("how"), sent.text("key"), at.at)
    except XenotimeError as error:
        return _show(at, verdict, status=status_of(error), fault=error.problem)
    return RedirectResponse(f"/shipments/{verdict}?done=shipped", 303)


@router.get("/shipments/{verdict}/receipt")
def receipt(at: At, verdict: str) -> Response:
    """The receipt: the decision, its leaf in the log, and the proof, to be verified offline."""
    it = shipments.view(at.office, at.actor, verdict)
    data = logbook.slip(at.office, it.leaf, shipments.body(it))
    return download(f"receipt-{verdict}.json", "application/json", data)
