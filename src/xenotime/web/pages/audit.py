"""For auditors: every entry of the log, with its proof; and for operators: how the system stands."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import Problem, XenotimeError
from xenotime.seal import event, merkle
from xenotime.services.programme.oversight import logbook
from xenotime.services.programme.people import accounts
from xenotime.services.programme.ports import Search
from xenotime.web.pages.desk import At, Desk, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import named
from xenotime.web.pages.render import page
from xenotime.web.send import download

router = APIRouter(include_in_schema=False)

PAGE = 50


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry of the log: its index, what it says, and its hash [hexadecimal]."""

    index: int
    event: event.Event
    hash: str


def _leaves(rows: tuple[tuple[int, bytes], ...]) -> list[Leaf]:
    return [Leaf(index, event.decode(leaf)[1], merkle.leaf_hash(leaf).hex()) for index, leaf in rows]


@router.get("/audit")
def browse(at: At) -> Response:
    """The log from its newest entry, or the entries about one thing."""
    with at.office.store.view() as view:
        size, root = view.head()
        about, text = at.asked("subject"), at.asked("after")
        end = int(text) if text.isascii() and text.isdecimal() and len(text) < 15 else size
        start = max(end - PAGE, 0)
        rows = (
            view.events(subject=about, limit=1000)
            if about
            else view.events(start=start, limit=max(min(PAGE, end - start), 1))
        )
    leaves = [leaf for leaf in _leaves(rows) if about or leaf.index < end]
    return page(
        at.request,
        "audit.html",
        leaves=leaves[::-1],
        size=size,
        root=root,
        subject=about,
        next=str(start) if start and not about else "",
        found=logbook.check(at.office) if at.asked("check") else None,
    )


@router.get("/audit/{index}")
def proof(at: At, index: int) -> Response:
    """One entry with the proof that it is in the log."""
    path = logbook.inclusion(at.office, index)
    with at.office.store.view() as view:
        size, root = view.head()
        leaf = _leaves(view.events(start=index, limit=1))[0]
    return page(at.request, "leaf.html", leaf=leaf, nodes=[node.hex() for node in path], size=size, root=root)


@router.get("/audit/{index}/receipt")
def receipt(at: At, index: int) -> Response:
    """The entry with its proof as a file that verifies offline."""
    return download(f"receipt-{index}.json", "application/json", logbook.slip(at.office, index))


@router.get("/system")
def system(at: At) -> Response:
    """Whether everything is ready, which keys sign, and how large the log is."""
    office = at.office
    with office.store.view() as view:
        size, root = view.head()
    document = office.keys.document()
    return page(
        at.request,
        "system.html",
        faults=tuple(office.store.ready()),
        keys=document.get("verificationMethod", ()),
        test=office.keys.test(),
        did=office.authority.did,
        size=size,
        root=root,
        profile=office.profile,
        done=at.asked("done"),
    )


@router.post("/system/keys")
def rotate(at: At, sent: Sent) -> Response:
    """Make a new key for a purpose; the old one goes on verifying."""
    at.office.keys.rotate(sent.text("purpose"), at.at)
    return RedirectResponse("/system?done=rotated", 303)


@router.get("/accounts")
def people(at: At) -> Response:
    """Accounts, newest first."""
    return _people(at, at.asked("q"), at.asked("after"), done=at.asked("done"))


def _people(
    at: Desk,
    text: str = "",
    after: str = "",
    *,
    invite: str = "",
    done: str = "",
    status: int = 200,
    fault: Problem | None = None,
) -> Response:
    found = accounts.find(at.office, at.actor, Search({}, text, "-created", PAGE, after))
    return page(
        at.request,
        "accounts.html",
        status=status,
        fault=fault,
        found=found,
        asked=at.asked,
        invite=invite,
        done=done,
        holders=named(at, (a.organisation for a in found.items if a.organisation)),
    )


@router.post("/accounts")
def invite(at: At, sent: Sent) -> Response:
    """Invite a person; the link is shown once."""
    rules = at.request.app.state.settings.rules
    who = sent.text("email"), sent.text("name"), sent.text("role")
    more = {"organisation": sent.text("organisation"), "body": sent.text("body")}
    try:
        _, secret = accounts.invite(at.office, at.actor, *who, at.at, rules, **more)
    except XenotimeError as error:
        return _people(at, status=status_of(error), fault=error.problem)
    return _people(at, invite=f"{at.office.authority.url}/invite/{secret}")


@router.post("/accounts/{account}/close")
def close(at: At, account: str) -> Response:
    """Close an account: its sessions and tokens end at once."""
    accounts.close(at.office, at.actor, account, at.at)
    return RedirectResponse("/accounts?done=closed_account", 303)
