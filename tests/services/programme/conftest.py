"""An office over a store, with test keys and the law as packaged, for the verbs of the programme."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest

from xenotime.programme.access import Actor
from xenotime.programme.read import profiles
from xenotime.services.programme import cases, organisations
from xenotime.services.programme.office import Authority, Office
from xenotime.services.programme.ports import Search
from xenotime.stores.keys import TestKeys

#: Who runs the programmes of these tests: nobody real.
NOBODY = Authority(
    "Authority of Examplia (invented)",
    "示范管理局（虚构）",
    "did:web:authority.example",
    "http://testserver",
    True,
)


@pytest.fixture
def office_over(libraries):
    """What makes an office over a store: ids count up, so that a run can be told again."""

    def made(store, profile="cn-general"):
        numbers = count(1)
        return Office(
            store, TestKeys(NOBODY.did), NOBODY, profiles()[profile], libraries().calendar, libraries,
            lambda kind: f"{kind}-{next(numbers)}",
        )  # fmt: skip

    return made


@pytest.fixture
def office(sqlite_store, office_over):
    """An office over an empty SQLite database."""
    return office_over(sqlite_store)


class Town:
    """An office with invented people of every role, and the walks they take through its cases."""

    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    officer = Actor("F1", "officer")
    colleague = Actor("F2", "officer")
    auditor = Actor("D1", "auditor")
    customs = Actor("Z1", "customs")
    operator = Actor("X1", "operator")
    bodies = ("commerce", "state", "defense", "energy")

    def __init__(self, office):
        self.office = office
        self.applicant = Actor("A1", "applicant")

    def approver(self, body="commerce"):
        return Actor(f"P-{body}", "approver", body=body)

    def form(self, **more):
        return {
            "address": "Road 1, Fernhill", "activity": "motors for cars", "defence_business": False,
            "sites": [{"name": "Plant North", "address": "Road 2", "country": "DE"}],
            "owners": [{"name": "Erna Beispiel", "share": "100", "country": "DE", "kind": "person"}],
            "products": [{"name": "Motor", "site": "Plant North", "end_use": "vehicles",
                          "grams": {"Dy": 12}, "yearly": 1000}],
            "papers": ["extract"], **more,
        }  # fmt: skip

    def wish(self, site, **more):
        return {
            "filed_by": "end_user", "sites": [site], "items": ["1C905.b"], "grams": {"Dy": 100_000},
            "end_uses": ["vehicles"], "uses": [{"code": "1C905.b", "use": "magnets"}], "resale": "none",
            "compliance": "records and training", "history": "none", "penalties": "none",
            "review_consent": True, "undertaking": ["undertaking"], **more,
        }  # fmt: skip

    def register(self, name="Fernhill Motors GmbH", *, account="A1", **more):
        """A draft organisation and its registration case, with the form filled."""
        self.applicant = Actor(account, "applicant")
        new = organisations.register(self.office, self.applicant, name, "DE", "end_user", self.at)
        self.applicant = Actor(account, "applicant", new.id)
        (case,) = cases.find(self.office, self.applicant, Search()).items
        return cases.edit(self.office, self.applicant, case.id, self.form(**more), self.at)

    def settle(self, case):
        for finding in case.findings:
            if finding.weight in ("concern", "stop") and not finding.settled:
                case = cases.settle(self.office, self.officer, case.id, finding.id, "looked at", self.at)
        return case

    def registered(self, name="Fernhill Motors GmbH", **more):
        """An active organisation."""
        case = self.register(name, **more)
        case = cases.fire(self.office, self.applicant, case.id, "submit", self.at)
        self.settle(case)
        cases.fire(self.office, self.officer, case.id, "grant", self.at)
        return organisations.view(self.office, self.officer, case.organisation).organisation

    def applied(self, organisation, **more):
        """A certificate application, submitted."""
        form = self.wish(organisation.sites[0].id, **more)
        case = cases.open_case(self.office, self.applicant, "certificate", organisation.id, self.at, form=form)
        return cases.fire(self.office, self.applicant, case.id, "submit", self.at)

    def proposed(self, organisation, **more):
        """A certificate application before the approvers, with nothing left but their decision."""
        case = self.settle(self.applied(organisation, **more))
        case = cases.fire(self.office, self.officer, case.id, "accept", self.at)
        cases.fire(self.office, self.officer, case.id, "send_on_site", self.at, {"reason": "drawn"})
        cases.fire(self.office, self.officer, case.id, "site_checked", self.at, {"result": "all in order"})
        case = cases.fire(self.office, self.officer, case.id, "propose", self.at)
        for level in ("officer", "team", "final"):
            case = cases.advise(self.office, self.officer, case.id, level, "grant", "in order", self.at)
        for advice in case.advice:
            if not advice.superseded:
                case = cases.countersign(self.office, self.colleague, case.id, advice.id, self.at)
        for body in self.bodies:
            case = cases.vote(self.office, self.approver(body), case.id, "grant", "grant", self.at)
        return case

    def granted(self, organisation, **more):
        """A certificate application that was granted."""
        case = self.proposed(organisation, **more)
        return cases.fire(self.office, self.approver(), case.id, "grant", self.at)


@pytest.fixture
def town(sqlite_store, office_over):
    """The town over SQLite, under the profile after the American programme."""
    return Town(office_over(sqlite_store, "veu"))


@pytest.fixture
def town_over(office_over):
    """What makes a town over a store."""
    return lambda store: Town(office_over(store, "veu"))
