"""The server as a whole: what it refuses to start with."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest

from xenotime.core.errors import InputError
from xenotime.services.programme.people.passwords import Rules
from xenotime.stores.keys import KeyFolder
from xenotime.web.app import create_app
from xenotime.web.settings import Settings


def start(house, office, **settings):
    plain = {"url": "https://testserver", "hosts": ("testserver",), **settings}
    return create_app(office, Settings(rules=Rules(secrets.token_bytes), **plain), house.clock)


@pytest.fixture
def real(house, tmp_path):
    """An office with a name and keys of its own."""
    keys = KeyFolder(tmp_path / "keys", "did:web:testserver", house.clock.now())
    return replace(house.office, keys=keys, authority=replace(house.office.authority, invented=False))


def test_test_keys_do_not_start_in_production(house, real):
    with pytest.raises(InputError, match="keys of its own"):
        start(house, replace(real, keys=house.office.keys), production=True)


def test_an_invented_name_does_not_start_in_production(house, real):
    with pytest.raises(InputError, match="a name and keys"):
        start(house, replace(real, authority=house.office.authority), production=True)


def test_production_needs_https_and_starts_with_it(house, real):
    with pytest.raises(InputError, match="needs HTTPS"):
        start(house, real, production=True, url="http://testserver")
    assert start(house, real, production=True).state.settings.production


@pytest.mark.parametrize(
    "settings", [{"production": True, "url": "https://testserver"}, {"url": "https://testserver"}]
)
def test_a_demo_stays_on_this_machine(house, settings):
    with pytest.raises(InputError, match="a demo stays"):
        start(house, house.office, demo=True, **{"url": "http://testserver", **settings})


def test_a_demo_takes_invented_people_only(house, real):
    for office in (real, replace(real, keys=house.office.keys), replace(house.office, keys=real.keys)):
        with pytest.raises(InputError, match="invented people only"):
            start(house, office, demo=True, url="http://testserver")


def test_a_server_answers_to_names_that_are_named(house):
    with pytest.raises(InputError, match="any name"):
        start(house, house.office, hosts=("*",))


def test_there_is_no_page_that_runs_scripts_of_others(house):
    """The usual API pages fetch scripts from elsewhere: they are off; the description has its own address."""
    client = house.client()
    assert [client.get(p).status_code for p in ("/docs", "/redoc", "/openapi.json")] == [404] * 3
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
