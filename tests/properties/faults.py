"""A store that fails at a chosen moment of a change, and the checker of what must agree afterwards."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager

from xenotime.core.errors import AddressError
from xenotime.programme.casework.case import Case
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.seal.event import decode
from xenotime.services.programme.oversight import logbook
from xenotime.services.programme.ports import Search


class CrashError(Exception):
    """The moment of the crash."""


def crash():
    """Raise, as a failing disk or a bug would."""
    raise CrashError


def kill():
    """End this process at once, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


class Ticking:
    """A change that fails at its n-th call, counted over the store's whole life."""

    def __init__(self, change, fuse):
        self._change, self._fuse = change, fuse

    def __getattr__(self, name):
        made = getattr(self._change, name)

        def call(*args, **more):
            self._fuse.tick(name)
            return made(*args, **more)

        return call


class Faulty:
    """A store whose fuse burns one step at each call inside a change, and one more just before it is kept."""

    def __init__(self, store, at=0, end=crash):
        self.store, self.at, self.end, self.calls = store, at, end, []

    def tick(self, name):
        self.calls.append(name)
        if len(self.calls) == self.at:
            self.end()

    def view(self):
        return self.store.view()

    @contextmanager
    def change(self):
        with self.store.change() as change:
            yield Ticking(change, self)
            self.tick("commit")
        self.tick("kept")

    def run(self, act, *, tries=8):
        del tries
        with self.change() as change:
            return act(change)


def every(view, kind):
    """All things of a kind."""
    after, found = "", []
    while True:
        page = view.find(kind, Search(order="id", limit=500, after=after))
        found += page.items
        after = page.next
        if not after:
            return found


def disagreements(office):
    """Where cases, organisations, certificates, duties, letters, caps and the log do not say the same."""
    with office.store.view() as view:
        events = [decode(leaf)[1] for _, leaf in view.events(limit=100_000)]
        by = {}
        for e in events:
            by.setdefault(e.kind, []).append(e)
        said = [*logbook.check(office), *_cases(view, events), *_letters(view, by), *_duties(view, by)]
        return [*said, *_granted(view, by), *_organisations(view, by), *_caps(view)]


def _cases(view, events):
    known = {c.id: c for c in every(view, Case)}
    told = {}
    for e in events:
        if e.kind.startswith("case."):
            told.setdefault(e.subject, []).append(e)
    yield from (f"events of a case that is not there: {key}" for key in told.keys() - known.keys())
    for key, case in known.items():
        mine = told.get(key, [])
        versions = [e.data["version"] for e in mine]
        moved = [
            (e.data["step"], e.data["event"], e.data["from"], e.data["to"])
            for e in mine
            if e.kind == "case.moved"
        ]
        steps = [(n, s.event, s.source, s.to) for n, s in enumerate(case.steps)]
        if versions != list(range(case.version + 1)):
            yield f"{key}: version {case.version}, told {versions}"
        if moved != steps:
            yield f"{key}: steps {steps}, told {moved}"
        if (case.steps[-1].to if case.steps else "draft") != case.state and case.steps:
            yield f"{key}: in {case.state}, its last step leads to {case.steps[-1].to}"


def _letters(view, by):
    kept = {x.id for x in every(view, Letter) if not x.template.startswith("duty_")}
    told = {e.subject for e in by.get("letter.sent", ())}
    if kept != told:
        yield f"letters {kept ^ told}"


def _duties(view, by):
    kept, told = {d.id for d in every(view, Duty)}, {e.subject for e in by.get("duty.opened", ())}
    if kept != told:
        yield f"duties {kept ^ told}"


def _granted(view, by):
    for kind, name in ((Certificate, "certificate"), (Permit, "licence")):
        things = {x.id: x for x in every(view, kind)}
        issued = {e.subject for e in by.get(f"{name}.issued", ())}
        if things.keys() != issued:
            yield f"{name}s {things.keys() ^ issued}"
        for key, thing in things.items():
            try:
                case = view.get(Case, thing.case)
            except AddressError:
                yield f"{key} without its case"
                continue
            if case.outcome != "granted" or case.subject != key:
                yield f"{key} of {case.id}, which is {case.outcome or 'open'} about {case.subject}"
            suspended = len(by.get(f"{name}.suspended", ())) - len(by.get(f"{name}.reinstated", ()))
            if len(things) == 1 and (thing.state == "suspended") != (suspended == 1):
                yield f"{key} is {thing.state}, told {suspended}"
    for case in every(view, Case):
        if case.kind == "certificate" and case.outcome == "granted" and not case.subject:
            yield f"{case.id} granted nothing"


def _organisations(view, by):
    active = {o.id for o in every(view, Organisation) if o.state == "active"}
    told = {e.subject for e in by.get("organisation.activated", ())}
    if active != told:
        yield f"active {active}, told {told}"


def _caps(view):
    certificates = {c.id: c for c in every(view, Certificate)}
    for cap in view.caps():
        if cap.certificate and cap.certificate not in certificates:
            yield f"cap {cap.id} of no certificate"
    for key, certificate in certificates.items():
        elements = {c.element for c in view.caps({"certificate": key})}
        if elements != set(certificate.scope.grams):
            yield f"{key} grants {set(certificate.scope.grams)}, capped {elements}"
