"""The API is as it is described: whatever is sent, no answer is an error of ours or of another shape."""

from __future__ import annotations

from collections import Counter
from itertools import count
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi
from tests.web.conftest import ROLES, House
from tests.web.test_verbs import Things

from xenotime.programme.access import RIGHTS
from xenotime.services.programme.trust import certificates
from xenotime.stores.database import open_store
from xenotime.web.app import VERBS
from xenotime.web.gate import place

#: What every answer is held to: no error of ours, a described status, content type, body and headers.
HELD = (
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.response_headers_conformance,
)


@pytest.fixture(scope="module")
def house(sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("described") / "world.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{path}")
    made = House(store)
    certificates.publish(made.office, made.clock.now())
    yield made
    store.close()


@pytest.fixture(scope="module")
def callers(house):
    return proofs(house)


def proofs(house):
    """Headers of a signed-in person of each role, fresh, with the sign that changes need."""
    found = {}
    for role in ROLES:
        entered = house.cookie(role)
        found[role] = {
            "Cookie": f"session={entered.secret}",
            "X-CSRF-Token": entered.session.csrf,
            "Origin": house.settings.origin,
            "Host": "testserver",
        }
    return found


@pytest.fixture(scope="module")
def schema(house):
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", house.app, headers={"Host": "testserver"})


def role_of(operation):
    """A role that may use an operation: the first that has the right."""
    verb = VERBS[f"{operation.method.upper()} {operation.path}"]
    return next(r for r in ROLES if r in RIGHTS[verb])


def test_every_operation_says_its_right_and_every_failure(schema):
    for result in schema.get_all_operations():
        operation = result.ok()
        raw = operation.definition.raw
        assert raw["x-verb"] in RIGHTS
        assert {"401", "403", "404", "409", "413", "422", "429", "503"} <= set(raw["responses"])
        assert raw["summary"]
        assert raw["description"]


#: What the many calls come to, when they come further than the gate.
REACHED = {GenerationMode.POSITIVE: (200, 201, 204, 207, 208, 404, 409), GenerationMode.NEGATIVE: (422,)}
BOUNDED = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_nothing_a_caller_sends_breaks_the_description(schema, callers, mode):
    """Each operation for itself, with what its schema allows and with what it does not."""
    broken, seen = {}, Counter()
    for result in schema.get_all_operations():
        operation = result.ok()
        headers = callers[role_of(operation)]
        try:
            sending(operation, headers, mode, seen)
        except FailureGroup as error:
            broken[operation.label] = [str(e) for e in error.exceptions]
    assert broken == {}
    assert seen[401] == 0
    assert sum(seen[status] for status in REACHED[mode]) > 100


#: What the generator would make up to prove who it is: a real proof takes its place.
PROOFS = ("authorization", "cookie", "x-csrf-token", "origin", "host")


def sending(operation, headers, mode, seen):
    try:
        cases = operation.as_strategy(generation_mode=mode)

        @BOUNDED
        @given(case=cases)
        def tried(case):
            case.headers = {k: v for k, v in case.headers.items() if k.lower() not in PROOFS}
            case.cookies = {}
            answer = case.call_and_validate(headers=headers, checks=list(HELD))
            seen.update([answer.status_code])

        tried()
    except Unsatisfiable:  # nothing about this operation can be wrong
        return


#: The accounts of those who walk.
WALKERS = frozenset(f"A-{role}" for role in ROLES)


class Fresh:
    """A new, filled database behind the same server, for every walk: the same steps meet the same answers."""

    def __init__(self, app, template, folder):
        self.app, self.template, self.folder, self.turns, self.store = app, template, folder, count(), None

    def renew(self):
        self.close()
        path = self.folder / f"{next(self.turns)}.sqlite"
        path.write_bytes(self.template.read_bytes())
        self.store = open_store(f"sqlite:///{path}")
        house = House(self.store, self.app)
        certificates.publish(house.office, house.clock.now())
        Things.numbers = count(1)
        self.things = [Things(house, "O1") for _ in range(3)]
        self.callers = proofs(house)

    def close(self):
        if self.store is not None:
            self.store.close()

    def known(self, name, path, made_up):
        """The id of something that is there in the place of a made-up one, three times in four."""
        chance = crc32(repr(made_up).encode())
        given = self.things[chance % len(self.things)].names
        if made_up in WALKERS:  # whoever walks stays signed in: nobody closes, or changes, that account
            return given["account"]
        if made_up == "" or chance % 4 == 0:
            return made_up
        return given["licence"] if path.startswith("/api/v1/licences") else given.get(name, made_up)


@pytest.fixture
def fresh(house, sqlite_template, tmp_path):
    made = Fresh(house.app, sqlite_template, tmp_path)
    yield made
    made.close()
    place(house.app, house.office, house.settings, house.clock, VERBS)


def test_a_walk_through_the_api_breaks_nothing(schema, fresh):
    """Stateful: what one call answers is what the next asks about, in any order, by whoever may."""
    seen = Counter()

    class Walk(schema.as_state_machine()):
        def setup(self):
            fresh.renew()

        def before_call(self, case):
            case.headers = {k: v for k, v in case.headers.items() if k.lower() not in PROOFS}
            case.cookies = {}
            for name, value in case.path_parameters.items():
                case.path_parameters[name] = fresh.known(name, case.operation.path, value)

        def get_call_kwargs(self, case):
            return {"headers": fresh.callers[role_of(case.operation)]}

        def validate_response(self, response, case, **_):
            seen.update([response.status_code])
            case.validate_response(response, checks=list(HELD), headers=self.get_call_kwargs(case)["headers"])

    run_state_machine_as_test(Walk, settings=settings(BOUNDED, max_examples=25, stateful_step_count=12))
    assert seen[401] == 0
    assert sum(seen[status] for status in (200, 201, 204, 207, 208, 409)) > 100
