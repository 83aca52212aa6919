"""Shops with one mistake each, as others make them: the referee must catch every one by name."""

from __future__ import annotations

import time
from dataclasses import astuple, fields
from types import MappingProxyType

from sqlalchemy import insert, select, update
from tests.attack.history import LostError
from tests.attack.shop import Shop

from xenotime.core.canon import canonical, digest
from xenotime.programme.shipping import draw as rules
from xenotime.programme.shipping.draw import Line
from xenotime.programme.shipping.quota import RELEASE, RESERVE
from xenotime.programme.trust.certificate import ACTIVE, Certificate
from xenotime.seal.event import Event
from xenotime.stores.database import ledger
from xenotime.stores.database.quotas import caps, entries, micros, reservations


class Naive(Shop):
    """Reads the counters, decides, and saves the total: what it read is old by then."""

    def decide(self, key, asked, at, expires, op):
        with self.store.view() as view:
            fitting = [cap for cap in view.caps() if any(cap.fits(draw) for draw in asked)]
        lines, short = rules.shares(asked, fitting)
        time.sleep(self.dice.uniform(0, 0.01))
        with self.store.change() as change:
            before = change.answered(key, digest(asked))
            if before is not None:
                return {"held": before} if before.startswith("R") else {"refused": before}
            trusted = change.hold(Certificate, asked[0].certificate, share=True).state == ACTIVE
            name = f"R-{op.id}"
            said = name if trusted and not short else "short" if trusted else "suspended"
            if said == name:
                self.save(change.connection, name, asked, fitting, lines, (at, expires, op.id, key))
            change.answer(key, digest(asked), said)
        return {"held": name} if said == name else {"refused": said}

    def save(self, connection, name, asked, fitting, lines, rest):
        at, expires, by, key = rest
        book(connection, name, asked, at, expires, by, key)
        for cap in fitting:
            held = cap.held + sum(line.grams for line in lines if line.cap == cap.id)
            connection.execute(update(caps).where(caps.c.id == cap.id).values(held=held))
        write(connection, name, lines, at, by, key)


class Forgetful(Shop):
    """Forgets idempotency keys: a retry draws again."""

    def decide(self, key, asked, at, expires, op):
        name = f"R-{op.id}"
        with self.store.change() as change:
            if change.hold(Certificate, asked[0].certificate, share=True).state != ACTIVE:
                return {"refused": "suspended"}
            if change.reserve(name, asked, at, expires, op.id, f"{key}#{op.id}"):
                return {"refused": "short"}
        return {"held": name}


class Losing(Shop):
    """Says yes before the change is kept, and loses some."""

    def decide(self, key, asked, at, expires, op):
        try:
            with self.store.change() as change:
                name = f"R-{op.id}"
                before = change.answered(key, digest(asked))
                if before is not None:
                    return {"held": before} if before.startswith("R") else {"refused": before}
                if change.hold(Certificate, asked[0].certificate, share=True).state != ACTIVE:
                    return {"refused": "suspended"}
                if change.reserve(name, asked, at, expires, op.id, key):
                    return {"refused": "short"}
                change.answer(key, digest(asked), name)
                if self.dice.random() < 0.1:
                    raise LostError  # noqa: TRY301 - the block is what is thrown away
        except LostError:
            pass
        return {"held": name}


class Twice(Shop):
    """Frees an expired reservation without asking whether it was settled."""

    def expire(self):
        with self.store.view() as view:
            made = view.connection.execute(
                select(entries).where(entries.c.kind == RESERVE).order_by(entries.c.id.desc()).limit(20)
            )
            found = [dict(row) for row in made.mappings()]
        if not found:
            return
        line = self.dice.choice(found)
        name = line["reservation"]
        asked = {"reservation": name, "how": "release", "part": None, "key": "again"}
        with self.recorder.operation("settle", **asked) as op, self.store.change() as change:
            turns = select(entries.c.turn).where(
                entries.c.reservation == name,
                entries.c.cap == line["cap"],
                entries.c.element == line["element"],
            )
            turn = max(change.connection.execute(turns).scalars()) + 1
            freed = caps.c.held - line["grams"]
            cap = update(caps).where(caps.c.id == line["cap"], caps.c.held >= line["grams"])
            if change.connection.execute(cap.values(held=freed)).rowcount:
                again = Line(line["cap"], line["element"], turn, RELEASE, line["grams"])
                write(change.connection, name, [again], self.now(), op.id, f"again {op.id}")


class Late(Shop):
    """Looks at the certificate first and draws a moment later, without keeping it from others."""

    def decide(self, key, asked, at, expires, op):
        with self.store.view() as view:
            trusted = view.get(Certificate, asked[0].certificate).state == ACTIVE
        time.sleep(self.dice.uniform(0, 0.1))
        with self.store.change() as change:
            before = change.answered(key, digest(asked))
            if before is not None:
                return {"held": before} if before.startswith("R") else {"refused": before}
            name = f"R-{op.id}"
            short = change.reserve(name, asked, at, expires, op.id, key) if trusted else None
            said = name if short == () else "short" if trusted else "suspended"
            change.answer(key, digest(asked), said)
            held = asked[0].certificate if said == name else ""
            change.log(Event(at, "shipment.decided", key, "", "system:attack", {"op": op.id, "held": held}))
        return {"held": name} if said == name else {"refused": said}


class Flat(Shop):
    """Knows one cap of each draw and forgets those it lies in."""

    def decide(self, key, asked, at, expires, op):
        name = f"R-{op.id}"
        with self.store.change() as change:
            before = change.answered(key, digest(asked))
            if before is not None:
                return {"held": before} if before.startswith("R") else {"refused": before}
            if change.hold(Certificate, asked[0].certificate, share=True).state != ACTIVE:
                said = "suspended"
            else:
                first = [cap for cap in change.caps() if any(cap.fits(d) for d in asked)][:1]
                lines, short = rules.shares(asked, first)
                said = "short" if short else name
                if not short:
                    book(change.connection, name, asked, at, expires, op.id, key)
                    ledger._apply(change.connection, name, lines, at, op.id, key)
            change.answer(key, digest(asked), said)
        return {"held": name} if said == name else {"refused": said}


class Editing(Shop):
    """Mends an amount by editing the entry instead of adding one."""

    def _correct(self, name, key):
        asked = {"reservation": name, "element": "Dy", "grams": 1, "key": key}
        with self.recorder.operation("correct", **asked), self.store.change() as change:
            line = update(entries).where(entries.c.reservation == name, entries.c.kind == "commit")
            change.connection.execute(line.values(grams=entries.c.grams + 1))


def book(connection, name, asked, at, expires, by, key):
    """A reservation's row, without any question."""
    row = {"id": name, "key": key, "asked": digest([name, asked]), "draws": canonical(asked).decode(),
           "at": micros(at), "expires": micros(expires), "by": by, "state": "open",
           "certificate": asked[0].certificate, "organisation": asked[0].organisation, "settled_key": "",
           "settled_asked": ""}  # fmt: skip
    connection.execute(insert(reservations), row)


def write(connection, name, lines, at, by, key):
    """Entries, without any question."""
    names = [f.name for f in fields(Line)]
    more = {"reservation": name, "at": micros(at), "by": by, "key": key, "reason": ""}
    connection.execute(insert(entries), [dict(zip(names, astuple(x), strict=True)) | more for x in lines])


MUTANTS = MappingProxyType(
    {kind.__name__.lower(): kind for kind in (Naive, Forgetful, Losing, Twice, Late, Flat, Editing)}
)
