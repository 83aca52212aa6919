"""The ways in and out: what lets in, what keeps out, and that neither tells more than it should."""

from __future__ import annotations

import pytest
from tests.web.conftest import PHRASE, hidden

from xenotime.programme.account import Account, Session
from xenotime.services.programme.people import accounts, entry, passwords
from xenotime.services.programme.ports import Search
from xenotime.web.enter import inside

#: A password that is nobody's.
GUESS = "a guess that is not right"


def sign_in(house, client, name, **more):
    page = client.get("/sign-in")
    form = {
        "email": f"{name}@example.com",
        "password": PHRASE,
        "code": house.code(name),
        "csrf": hidden(page),
        **more,
    }
    return client.post("/sign-in", data=form)


def text_of(page):
    return page.text.replace(hidden(page), "")


def test_an_applicant_signs_in_with_a_password(house):
    client = house.client()
    answer = sign_in(house, client, "applicant", next="/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert client.get("/again").status_code == 200


def test_an_officer_needs_the_code_too(house):
    client = house.client()
    assert sign_in(house, client, "officer", code="").status_code == 401
    assert sign_in(house, client, "officer", code="000000").status_code == 401
    assert sign_in(house, client, "officer").status_code == 303
    assert client.get("/again").status_code == 200


def test_a_code_works_once(house):
    assert sign_in(house, house.client(), "officer").status_code == 303
    assert sign_in(house, house.client(), "officer").status_code == 401
    house.clock.pass_by(seconds=60)
    assert sign_in(house, house.client(), "officer").status_code == 303


def test_every_wrong_sign_in_reads_the_same(house):
    closed = house.person("closed", "applicant", "O1", state="closed")
    tried = [
        {"email": "nobody@example.com"},
        {"email": "not an address"},
        {"password": "another long enough password"},
        {"email": closed.email},
        {"email": "officer@example.com", "code": ""},
    ]
    pages = {text_of(sign_in(house, house.client(), "applicant", **more)) for more in tried}
    assert len(pages) == 1


def test_a_session_is_new_at_every_sign_in(house):
    client = house.client()
    client.cookies.set("session", "fixed-by-somebody", domain="testserver.local", path="/")
    assert sign_in(house, client, "applicant").status_code == 303
    with house.store.view() as view:
        (kept,) = view.find(Session, Search({"account": "A-applicant"})).items
    assert kept.id == passwords.mark(client.cookies["session"])
    assert kept.id != passwords.mark("fixed-by-somebody")


def test_signing_in_again_ends_the_session_before(house):
    client = house.browser("applicant")
    before = client.cookies["session"]
    form = {"email": "applicant@example.com", "password": PHRASE}
    assert client.post("/sign-in", data=form).status_code == 303
    assert client.cookies["session"] != before
    assert entry.session_of(house.office, before, house.clock.now(), house.rules) is None


def test_signing_out_ends_the_session_at_the_server(house):
    client = house.browser("applicant")
    cookie = client.cookies["session"]
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.headers["clear-site-data"]) == (303, '"cache", "storage"')
    assert entry.session_of(house.office, cookie, house.clock.now(), house.rules) is None


def test_guessing_is_slowed_for_a_name_and_the_wait_grows(house):
    waits = []
    for _ in range(7):
        answer = sign_in(house, house.client(), "applicant", password=GUESS)
        if answer.status_code == 429:
            waits.append(int(answer.headers["retry-after"]))
            house.clock.pass_by(seconds=waits[-1])
            sign_in(house, house.client(), "applicant", password=GUESS)
    assert waits == [30, 60]


def test_a_name_that_waits_waits_for_the_right_password_too(house):
    for _ in range(5):
        sign_in(house, house.client(), "applicant", password=GUESS)
    assert sign_in(house, house.client(), "applicant").status_code == 429
    house.clock.pass_by(seconds=31)
    assert sign_in(house, house.client(), "applicant").status_code == 303


def test_an_unknown_name_waits_like_a_known_one(house):
    seen = [
        [sign_in(house, house.client(), "x", email=email, password=GUESS).status_code for _ in range(6)]
        for email in ("applicant@example.com", "nobody@example.com")
    ]
    assert seen == [[401] * 5 + [429]] * 2


def test_an_address_that_tries_many_names_waits(house):
    codes = [sign_in(house, house.client(), "x", email=f"n{n}@example.com").status_code for n in range(52)]
    assert (codes[:50], codes[50:]) == ([401] * 50, [429] * 2)


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nb: c",
        "\\\\e",
    ],
)
def test_nobody_is_sent_away_from_this_site(house, away):
    assert inside(away) == "/home"
    answer = sign_in(house, house.client(), "applicant", next=away)
    assert answer.headers["location"] == "/home"


def test_an_invitation_opens_an_account_once(house):
    made, secret = accounts.invite(
        house.office,
        entry.actor(house.cookie("operator"), house.clock.now(), house.rules),
        "New@Example.com",
        "Invented Person",
        "officer",
        house.clock.now(),
        house.rules,
    )
    client = house.client()
    page = client.get(f"/invite/{secret}")
    form = {
        "csrf": hidden(page),
        "password": "grey herons stand in the rain",
        "again": "grey herons stand in the rain",
    }
    answer = client.post(f"/invite/{secret}", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/second-factor")
    with house.store.view() as view:
        kept = view.get(Account, made.id)
    assert (kept.state, kept.email, kept.invite) == ("active", "new@example.com", "")
    assert house.client().get(f"/invite/{secret}").status_code == 404
    assert client.get("/again").headers["location"] == "/account/second-factor"


def test_an_invitation_goes_stale(house):
    actor = entry.actor(house.cookie("operator"), house.clock.now(), house.rules)
    _, secret = accounts.invite(
        house.office, actor, "new@example.com", "Invented Person", "officer", house.clock.now(), house.rules
    )
    house.clock.pass_by(days=7)
    assert house.client().get(f"/invite/{secret}").status_code == 404


def test_a_weak_or_mistyped_password_opens_nothing(house):
    actor = entry.actor(house.cookie("operator"), house.clock.now(), house.rules)
    made, secret = accounts.invite(
        house.office, actor, "new@example.com", "Invented Person", "officer", house.clock.now(), house.rules
    )
    client = house.client()
    sign = hidden(client.get(f"/invite/{secret}"))
    for first, second in (
        ("short", "short"),
        ("password1234", "password1234"),
        ("grey herons in rain", "grey heron"),
    ):
        form = {"csrf": sign, "password": first, "again": second}
        assert client.post(f"/invite/{secret}", data=form).status_code == 400
    with house.store.view() as view:
        assert view.get(Account, made.id).state == "invited"


def enrolling(house):
    """A browser of an officer who has a password, and no second factor yet."""
    house.person("fresh", "officer", totp="")
    client = house.client()
    assert sign_in(house, client, "fresh", code="").headers["location"] == "/account/second-factor"
    return client


def test_the_second_factor_is_set_with_a_right_code_and_the_session_changes(house):
    import pyotp  # noqa: PLC0415 - only this test makes codes of its own

    client = enrolling(house)
    before = client.cookies["session"]
    page = client.get("/account/second-factor")
    with house.store.view() as view:
        session = view.find(Session, Search({"account": "A-fresh"})).items[0]
    shared = accounts.offered(house.office, session)
    assert shared in page.text
    wrong = client.post("/account/second-factor", data={"csrf": hidden(page), "code": "000000"})
    assert wrong.status_code == 400
    code = pyotp.TOTP(shared).at(house.clock.now())
    assert client.post("/account/second-factor", data={"csrf": hidden(page), "code": code}).status_code == 303
    assert client.cookies["session"] != before
    assert client.get("/again").status_code == 200
    with house.store.view() as view:
        assert shared not in view.get(Account, "A-fresh").totp


def test_who_has_a_second_factor_proves_it_before_setting_another(house):
    client = house.browser("officer", fresh=False)
    answer = client.get("/account/second-factor")
    assert answer.headers["location"] == "/again?next=/account/second-factor"


def test_proving_it_again_makes_a_fresh_session_in_the_place_of_the_old(house):
    client = house.browser("operator", fresh=False)
    before = client.cookies["session"]
    wrong = client.post("/again", data={"password": "not the right password", "code": house.code("operator")})
    assert wrong.status_code == 401
    form = {"password": PHRASE, "code": house.code("operator"), "next": "/accounts"}
    answer = client.post("/again", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/accounts")
    assert client.cookies["session"] != before
    assert entry.session_of(house.office, before, house.clock.now(), house.rules) is None
    entered = entry.session_of(house.office, client.cookies["session"], house.clock.now(), house.rules)
    assert entry.actor(entered, house.clock.now(), house.rules).fresh


def test_without_a_demo_nobody_comes_in_with_one_click(house):
    client = house.client()
    sign = hidden(client.get("/sign-in"))
    answer = client.post("/demo/sign-in", data={"csrf": sign, "account": "A-officer"})
    assert (answer.status_code, "session" in client.cookies) == (404, False)


def test_in_a_demo_one_click_signs_an_invented_person_in(make_house):
    house = make_house(demo=True)
    client = house.client()
    page = client.get("/sign-in")
    assert "A-officer" in page.text
    answer = client.post("/demo/sign-in", data={"csrf": hidden(page), "account": "A-officer"})
    assert answer.status_code == 303
    assert client.get("/again").status_code == 200
    assert house.client().post("/demo/sign-in", data={"account": "A-officer"}).status_code == 403
