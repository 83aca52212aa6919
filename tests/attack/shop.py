"""Everything that happens to a quota ledger: draws, settlements, corrections, suspensions, new bounds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from xenotime.core.canon import digest
from xenotime.programme.shipping.quota import Cap, Draw
from xenotime.programme.trust.certificate import ACTIVE, SUSPENDED, Certificate, Scope
from xenotime.seal.event import Event
from xenotime.stores.database import ledger

START = datetime(2026, 11, 22, tzinfo=UTC)
CERTIFICATES = {"C1": "O1", "C2": "O1", "C3": "O2"}
CAPS = (
    Cap("dy-year", 6000, element="Dy", year=2026),
    Cap("tb-year", 4000, element="Tb", year=2026),
    Cap("o1-all", 5000, organisation="O1"),
    Cap("o2-de", 4000, organisation="O2", country="DE"),
    Cap("c1-dy", 2500, element="Dy", certificate="C1"),
    Cap("c2-all", 3000, certificate="C2", licence="L2"),
    Cap("c3-site", 3000, organisation="O2", site="S3"),
)


def stock(store):
    """Three certificates and seven caps that nest."""
    with store.change() as change:
        for name, organisation in CERTIFICATES.items():
            change.add(_certificate(name, organisation))
        for cap in CAPS:
            change.set_cap(cap, START, "stock")


def draws(number, more=0):
    """What the key of this number draws: always the same, one element or two, under one certificate."""
    dice = random.Random(number)
    certificate = dice.choice(list(CERTIFICATES))
    organisation = CERTIFICATES[certificate]
    elements = dice.choice((["Dy"], ["Tb"], ["Dy", "Tb"]))
    place = (organisation, f"S{certificate[1]}", "DE", certificate, f"L{certificate[1]}", 2026)
    return [Draw(element, dice.randint(1, 200) + more, *place) for element in elements]


class Shop:
    """The operations of one thread on a store; `recorder` writes what it does, `clock` may jump."""

    def __init__(self, store, recorder, dice, begun):
        self.store, self.recorder, self.dice, self.begun = store, recorder, dice, begun
        self.jump = timedelta(0)
        self.known = []

    def now(self):
        import time  # noqa: PLC0415 - the only place that reads a clock

        elapsed = (time.monotonic_ns() - self.begun) // 1000
        return START + timedelta(microseconds=max(0, elapsed)) + self.jump

    def act(self):
        """One operation of any kind."""
        kinds = (self.draw, self.settle, self.expire, self.correct, self.batch, self.leap)
        self.dice.choices(kinds, (10, 8, 2, 2, 0.3, 0.5))[0]()

    def leap(self):
        self.jump = timedelta(milliseconds=self.dice.randint(-3000, 3000))

    # ---- what applicants and customs do ----------------------------------------------
    def draw(self):
        window = int((self.now() - self.jump - START).total_seconds() * 150)
        number = max(0, window + self.dice.randint(-20, 20))
        more = 1 if self.dice.random() < 0.03 else 0
        at = self.now()
        expires = at + timedelta(milliseconds=self.dice.randint(50, 5000))
        with self.recorder.operation("draw", key=f"K{number}", more=more) as op:
            op.said = self.decide(f"K{number}", draws(number, more), at, expires, op)
            if "held" in op.said:
                self.known.append(op.said["held"])

    def decide(self, key, asked, at, expires, op):
        """One shipment decision: asked before, trusted still, quota free, kept, logged."""
        request = digest(asked)
        with self.store.change() as change:
            before = change.answered(key, request)
            if before is not None:
                return {"held": before} if before.startswith("R") else {"refused": before}
            trusted = change.hold(Certificate, asked[0].certificate, share=True).state == ACTIVE
            name = f"R-{op.id}"
            short = change.reserve(name, asked, at, expires, op.id, key) if trusted else None
            said = name if short == () else "short" if trusted else "suspended"
            change.answer(key, request, said)
            held = asked[0].certificate if said == name else ""
            change.log(Event(at, "shipment.decided", key, "", "system:attack", {"op": op.id, "held": held}))
        return {"held": name} if said == name else {"refused": said}

    def some(self, state):
        """A reservation that this thread made, or that anybody made."""
        if self.known and self.dice.random() < 0.6:
            return self.dice.choice(self.known[-20:])
        with self.store.view() as view:
            found = view.reservations(
                {"state": state}, after=f"R-1-{self.dice.randint(0, 1)}-{self.dice.randint(1, 20)}", limit=20
            )
        return self.dice.choice(found).id if found else None

    def settle(self):
        name = self.some(self.dice.choice(("open", "open", "commit")))
        if name is None:
            return
        kind = self.dice.choice(("commit", "commit", "release", "expire", "reverse", "reverse"))
        part = {"Dy": self.dice.randint(1, 100)} if kind == "commit" and self.dice.random() < 0.3 else None
        key = self.dice.choice((f"{name}/{kind}", f"{name}/{kind}/{self.dice.randint(1, 9)}"))
        with self.recorder.operation("settle", reservation=name, how=kind, part=part, key=key) as op:
            with self.store.change() as change:
                made = change.settle(name, kind, self.now(), op.id, key, grams=part)
            op.said = sorted(entry.id for entry in made)

    def expire(self):
        at = self.now()
        with self.store.view() as view:
            over = ledger.overdue(view.connection, at, 5)
        for name in over:
            with self.recorder.operation(
                "settle", reservation=name, how="expire", part=None, key=f"{name}/expire"
            ) as op:
                with self.store.change() as change:
                    made = change.settle(name, "expire", at, op.id, f"{name}/expire")
                op.said = sorted(entry.id for entry in made)

    def correct(self):
        name = self.some("commit")
        if name is not None:
            self._correct(name, f"{name}/mend/{self.dice.randint(1, 4)}")

    def _correct(self, name, key):
        dice = random.Random(key)
        element, grams = dice.choice(("Dy", "Tb")), dice.choice((-90, -40, -5, 3, 25))
        with self.recorder.operation(
            "correct", reservation=name, element=element, grams=grams, key=key
        ) as op:
            with self.store.change() as change:
                made = change.correct(name, element, grams, self.now(), op.id, key, "counted again")
            op.said = sorted(entry.id for entry in made)

    def batch(self):
        """A batch of customs: its lines in any order, some twice, some batches sent again by others."""
        with self.store.view() as view:
            found = [r.id for r in view.reservations({"state": "commit"}, limit=30)]
        lines = [(name, f"B{self.dice.randint(1, 3)}/{name}") for name in found[:6]]
        for name, key in self.dice.sample(lines * 2, len(lines)):
            self._correct(name, key)

    # ---- what the authority does --------------------------------------------------------
    def switch(self):
        """Suspends a certificate or takes the suspension back."""
        name = self.dice.choice(list(CERTIFICATES))
        with self.store.view() as view:
            to = SUSPENDED if view.get(Certificate, name).state == ACTIVE else ACTIVE
        with self.recorder.operation("switch", certificate=name, to=to) as op, self.store.change() as change:
            change.put(replace(change.hold(Certificate, name), state=to))
            data = {"op": op.id, "certificate": name, "to": to}
            change.log(Event(self.now(), "certificate.switched", name, "", "system:attack", data))

    def bound(self):
        """Bounds a cap anew, often under what is used."""
        with self.store.view() as view:
            cap = self.dice.choice(view.caps())
        grams = max(0, cap.held + cap.used + self.dice.randint(-1000, 3000))
        closed = self.dice.random() < 0.05
        new = replace(cap, grams=grams, closed=closed)
        asked = {"cap": cap.id, "grams": grams, "closed": closed}
        with self.recorder.operation("bound", **asked) as op, self.store.change() as change:
            change.set_cap(new, self.now(), op.id)


def _certificate(name, organisation):
    scope = Scope(("S1",), ("1C902",), {"Dy": 1}, ("motors",))
    return Certificate(
        name, name, organisation, "civil", ACTIVE, scope, date(2026, 1, 1), date(2028, 12, 31), START, "K1"
    )
