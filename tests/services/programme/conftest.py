"""An office over a store, with test keys and the law as packaged, for the verbs of the programme."""

from __future__ import annotations

from itertools import count

import pytest
from tests.fixtures.town import Town

from xenotime.programme.read import profiles
from xenotime.services.programme.office import Authority, Office
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


@pytest.fixture
def town(sqlite_store, office_over):
    """The town over SQLite, under the profile after the American programme."""
    return Town(office_over(sqlite_store, "veu"))


@pytest.fixture
def town_over(office_over):
    """What makes a town over a store."""
    return lambda store: Town(office_over(store, "veu"))
