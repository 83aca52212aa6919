"""The public register as of a day, with a constant number of questions to the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from xenotime.programme.organisation import Organisation
from xenotime.programme.trust.certificate import Certificate, Change, Scope


@pytest.fixture
def many(house):
    """Puts some certificates of as many holders into the office."""

    def put(count, first=0):
        at = house.clock.now() - timedelta(days=100)
        scope = Scope(("S1",), ("1C905.a.4",), {"Dy": 1000}, ("motors",))
        with house.store.change() as change:
            for n in range(first, first + count):
                holder = Organisation(
                    f"X{n:03d}", f"Example {n} Works", "DE", "end_user", "active", "civil", at
                )
                change.add(holder)
                number = f"XC-2026-{9000 + n}"
                change.add(
                    Certificate(
                        number, number, holder.id, "civil", "active", scope, at.date(), date(2028, 1, 1), at,
                        "C-1", changes=(Change("active", at, "system:system", ""),),
                    )
                )  # fmt: skip

    return put


def counted(house, path, client):
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    engine = house.store.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize(
    ("path", "role"),
    [("/register", "officer"), ("/certificates", "officer"), ("/cases", "officer"), ("/duties", "officer")],
)
def test_a_list_asks_the_database_as_often_for_many_as_for_few(house, many, path, role):
    many(3)
    client = house.browser(role)
    client.get(path)
    few = counted(house, path, client)
    many(30, first=3)
    assert counted(house, path, client) == few


def test_the_register_answers_as_of_a_day(house, many):
    many(1)
    with house.store.change() as change:
        held = change.hold(Certificate, "XC-2026-9000")
        late = Change("suspended", house.clock.now() - timedelta(days=5), "officer:A1", "for a test")
        change.put(replace(held, state="suspended", changes=(*held.changes, late)))
    client = house.client()
    before = (house.clock.today() - timedelta(days=10)).isoformat()
    assert "This certificate is suspended" in client.get("/register/XC-2026-9000").text
    assert "This certificate counts" in client.get("/register/XC-2026-9000", params={"on": before}).text
    assert "There was no such certificate" in client.get("/register/XC-2026-9000?on=2020-01-01").text


def test_a_part_of_a_name_finds_the_holder(house, many):
    many(2)
    text = house.client().get("/register", params={"q": "example 1"}).text
    assert "Example 1 Works" in text
    assert "Example 0 Works" not in text


def test_rubbish_as_a_day_is_told(house):
    assert house.client().get("/register?on=yesterday").status_code == 400


def test_certificates_are_found_by_the_country_of_their_scope(house):
    at = house.clock.now() - timedelta(days=10)
    span = at.date(), at.date() + timedelta(days=500), at, "C1"
    with house.store.change() as change:
        for number, country in (("XC-1", "DE"), ("XC-2", "JP")):
            scope = Scope(("S1",), ("1C905",), {"Dy": 1000}, ("motors",), (country,))
            change.add(Certificate(number, number, "O1", "civil", "active", scope, *span))
    said = house.client().get("/register?country=JP").text
    assert ("XC-2" in said, "XC-1" in said) == (True, False)


def test_the_credential_is_for_its_holder_the_authority_and_customs(house, many):
    many(1)
    number = "XC-2026-9000"
    with house.store.change() as change:
        held = change.hold(Certificate, number)
        change.put(replace(held, organisation="O1", credential="signed"))
    paths = (f"/register/{number}.jwt", f"/api/v1/register/{number}/credential")
    for name in ("applicant", "officer", "customs"):
        assert [house.browser(name).get(path).text for path in paths] == ["signed", "signed"]
    assert [house.browser("other").get(path).status_code for path in paths] == [404, 404]
    assert [house.client().get(path).status_code for path in paths] == [303, 401]
    assert house.client().get(f"/register/{number}.pdf").status_code == 303
    seen = house.client().get(f"/register/{number}").text
    assert ('.jwt"' in seen, ".pdf" in seen, "1 kg" in seen) == (False, False, False)
    assert f"/register/{number}.pdf" in house.browser("applicant").get(f"/register/{number}").text
