"""The certificate for people: page and paper, from what was signed."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.report.test_page import Reader

from xenotime.core.errors import AddressError, SealError
from xenotime.programme.casework.case import Condition
from xenotime.programme.organisation import Organisation, Site
from xenotime.programme.trust.certificate import Certificate, Change, Scope
from xenotime.report import certificate, face
from xenotime.seal import statement
from xenotime.seal.event import Event
from xenotime.services.programme.office import Authority, Office
from xenotime.services.programme.trust.claims import sealed
from xenotime.stores.keys import TestKeys

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
AUTHORITY = Authority(
    "Authority of Examplia (invented)",
    "示范管理局（虚构）",
    "did:web:authority.example",
    "https://authority.example",
    True,
)
HOLDER = Organisation(
    "O-1",
    "Lindau Motorenwerke <GmbH> & Söhne",
    "DE",
    "end_user",
    "active",
    "civil",
    AT,
    name_zh="林道电机厂",
    lei="5299000J2N45DDNE4Y28",
    sites=(Site("S-1", "Works 1 Łódź", "Hafenstr. 1, Lindau", "DE", since=date(2026, 1, 1)),),
)
CERTIFICATE = Certificate(
    "XC-2026-0001",
    "XC-2026-0001",
    "O-1",
    "civil",
    "active",
    Scope(
        ("S-1",),
        ("2A602", "1C902"),
        {"Dy": 40_000, "Tb": 9_000},
        ("traction motors of passenger cars",),
        ("DE",),
    ),
    date(2026, 11, 1),
    date(2028, 10, 31),
    datetime(2026, 10, 30, tzinfo=UTC),
    "C-1",
    (
        Condition(
            "C-1",
            "holder",
            "report",
            "1",
            "report",
            "year",
            "warning",
            "Reports once a year.",
            "15 CFR 748.15",
        ),
    ),
    revocation_index=1,
    suspension_index=2,
    changes=(Change("active", datetime(2026, 10, 30, tzinfo=UTC), "approver:P1", "issued"),),
)


@pytest.fixture
def office(sqlite_store, libraries):
    made = Office(
        sqlite_store, TestKeys(), AUTHORITY, None, libraries().calendar, libraries, lambda kind: kind
    )
    with sqlite_store.change() as change:
        change.add(HOLDER)
        change.add(replace(CERTIFICATE, credential=sealed(made, CERTIFICATE, HOLDER, CERTIFICATE.issued)))
        change.log(Event(AT, "certificate.issued", CERTIFICATE.number, "O-1", "approver:P1", {}))
    return made


@pytest.fixture
def change(office):
    """Puts the certificate with other fields."""

    def put(**changed):
        with office.store.change() as changing:
            held = changing.hold(Certificate, CERTIFICATE.number)
            changing.put(replace(held, **changed))

    return put


def pages(data):
    """The text of each page of a PDF, read from its content streams line by line."""
    han = re.search(rb"/BaseFont /STSong-Light.*?/Name /(F\d+)", data, re.DOTALL)[1]
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    return [told(zlib.decompress(a85decode(b"<~" + s.strip(), adobe=True)), han) for s in streams]


def told(stream, han):
    """What the strings of a content stream say, each in the encoding of the font before it."""
    lines, font = [], b""
    for name, raw in re.findall(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", stream, re.DOTALL):
        font = name or font
        plain = re.sub(rb"\\([0-7]{3}|.)", unescaped, raw, flags=re.DOTALL)
        lines.append(plain.decode("utf-16-be" if font == han else "cp1252"))
    return " ".join(filter(None, lines))


def unescaped(found):
    return bytes([int(found[1], 8)]) if len(found[1]) == 3 else found[1]


def test_a_face_says_what_was_signed(office):
    found = face.face(office, CERTIFICATE.number, AT)
    rows = {row.name[0]: row.values for row in found.rows}
    assert rows["Holder"] == (("Lindau Motorenwerke <GmbH> & Söhne", "林道电机厂"),)
    assert rows["Sites"] == (("Works 1 Łódź, Hafenstr. 1, Lindau (DE)", ""),)
    assert rows["Grams a year, contained"] == (("Dy 40\u202f000; Tb 9\u202f000", ""),)
    assert rows["Track"] == (("civil", "民用"),)
    assert rows["Conditions"] == (("Reports once a year. [15 CFR 748.15]", ""),)
    assert (found.state, found.state_words) == ("active", ("active", "有效"))
    assert found.notice == (statement.NOTICE, statement.NOTICE_ZH)
    assert re.fullmatch(
        r"https://authority\.example/register/XC-2026-0001\?sha256=[0-9a-f]{64}", found.address
    )


@pytest.mark.parametrize("state", ["suspended", "revoked"])
def test_the_state_is_todays(office, change, state):
    change(state=state, changes=(*CERTIFICATE.changes, Change(state, AT, "officer:F1", "for a test")))
    assert face.face(office, CERTIFICATE.number, AT).state == state
    assert face.face(office, CERTIFICATE.number, datetime(2026, 11, 21, tzinfo=UTC)).state == "active"


def test_what_was_not_signed_is_not_shown(office, change):
    """The record beside the credential says more grams: the page says what the signature covers."""
    change(scope=replace(CERTIFICATE.scope, grams={"Dy": 999_999}))
    assert "999" not in certificate.html(office, CERTIFICATE.number, AT).split("<main>")[1].replace(
        "9 000", ""
    )
    change(credential="e30.e30.e30")
    with pytest.raises(SealError):
        certificate.html(office, CERTIFICATE.number, AT)


def test_no_certificate(office):
    with pytest.raises(AddressError):
        certificate.pdf(office, "XC-2026-0009", AT)


def test_a_page_is_whole_and_opens_without_a_network(office):
    text = certificate.html(office, CERTIFICATE.number, AT)
    assert (Reader(text).open, Reader(text).links) == ([], [])
    assert "Lindau Motorenwerke &lt;GmbH&gt; &amp; Söhne" in text
    assert statement.NOTICE in text
    assert statement.NOTICE_ZH in text
    assert re.findall(r"(?:src|href|url)\W", text.split("<body>")[1]) == []
    assert "default-src 'none'" in text
    assert "<svg" in text


def test_an_operators_own_certificate_has_no_notice(office, change):
    real = replace(office, authority=replace(AUTHORITY, invented=False))
    change(credential=sealed(real, CERTIFICATE, HOLDER, CERTIFICATE.issued))
    assert "no document of any government" not in certificate.html(real, CERTIFICATE.number, AT)


def test_a_paper_is_read_back(office):
    (said,) = pages(certificate.pdf(office, CERTIFICATE.number, AT))
    assert "XC-2026-0001" in said
    assert "LindauMotorenwerke<GmbH>&Söhne" in said.replace(" ", "")
    assert "林道电机厂" in said
    assert "Works 1 Lódz" in said
    assert said.count("no document of any government") == 2
    assert re.search(r"SHA-256 of the credential .{5,30} [0-9a-f]{64} ", said)


def test_every_page_of_a_long_paper_says_the_notice(office, change):
    many = tuple(
        replace(CERTIFICATE.conditions[0], id=f"C-{n}", says=f"Condition {n}. " * 20) for n in range(30)
    )
    longer = replace(CERTIFICATE, conditions=many)
    change(credential=sealed(office, longer, HOLDER, CERTIFICATE.issued))
    found = pages(certificate.pdf(office, CERTIFICATE.number, AT))
    assert len(found) > 2
    assert [p.count("no document of any government") for p in found] == [2, *[1] * (len(found) - 1)]
    foot = f"{CERTIFICATE.number} · https://authority.example/register/XC-2026-0001 · "
    assert [n for n, page in enumerate(found, 1) if f"{foot}{n}" not in page] == []


def test_equal_papers_are_equal_bytes(office):
    one, other = (certificate.pdf(office, CERTIFICATE.number, AT) for _ in range(2))
    assert one == other


def test_every_word_stands_in_both_languages():
    for key in face._words():
        values = dict.fromkeys(re.findall(r"{(\w+)}", face._words()[key][0]), "x")
        assert all(face.word(key, **values)), key
