"""Certificates and status lists, verified from the evidence at hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.seal.authority import DAY, DID, NOW, URL, Papers

from xenotime.core.errors import SealError
from xenotime.seal import verify
from xenotime.seal.finding import EXPIRED, FORGED, NOT_YET, REVOKED, SUSPENDED, UNSHOWN, VALID

PAPERS = Papers()
TEXT = PAPERS.certificate()
HOUR = timedelta(hours=1)


def answer(text=TEXT, **changed):
    return verify.certificate(text, PAPERS.basis(**changed)).answer


def at(year, month, day):
    return datetime(year, month, day, 23, 59, 59, tzinfo=UTC)


def test_valid():
    found = verify.certificate(TEXT, PAPERS.basis())
    assert (found.answer, found.issuer, found.id) == (VALID, DID, f"{URL}/register/XC-2026-0001#1")
    assert [(e.kind, e.what, e.source) for e in found.used] == [
        ("keys", f"{DID}#credential-1", "did.json"),
        ("status", "revocation", "revocation.jwt"),
        ("status", "suspension", "suspension.jwt"),
    ]
    assert [e.since for e in found.used[1:]] == [NOW - HOUR] * 2
    assert dict(found.facts)["grams a year"] == "Dy 40000, Tb 9000"
    assert "no document of any government" in dict(found.facts)["notice"]


def test_what_it_could_not_check():
    assert [line.split(":")[0] for line in verify.certificate(TEXT, PAPERS.basis()).open] == [
        "who signed",
        "the live register",
    ]


def test_suspended_and_revoked():
    assert answer(lists=PAPERS.lists(suspended=(131_071,))) == SUSPENDED
    assert answer(lists=PAPERS.lists(revoked=(0,))) == REVOKED
    assert answer(lists=PAPERS.lists(revoked=(0,), suspended=(131_071,))) == REVOKED
    assert answer(lists=PAPERS.lists(revoked=(1, 131_071), suspended=(0,))) == VALID


def test_days():
    early, late = at(2026, 10, 31), datetime(2028, 11, 1, tzinfo=UTC)
    assert answer(at=early, now=early, lists=PAPERS.lists(early)) == NOT_YET
    assert answer(at=early + DAY, now=early + DAY, lists=PAPERS.lists(early)) == VALID
    assert answer(at=late - timedelta(seconds=1), now=late, lists=PAPERS.lists(late - DAY)) == VALID
    assert answer(at=late, now=late, lists=PAPERS.lists(late - DAY)) == EXPIRED


def test_no_list_no_answer():
    assert answer(lists=()) == UNSHOWN
    assert answer(lists=PAPERS.lists()[:1]) == UNSHOWN
    assert answer(lists=PAPERS.lists()[1:]) == UNSHOWN
    assert answer(lists=[PAPERS.lists()[0]] * 2) == UNSHOWN


def test_what_is_known_stands_without_the_other_list():
    assert answer(lists=PAPERS.lists(revoked=(0,))[:1]) == REVOKED


def test_stale():
    lists = PAPERS.lists(NOW - 7 * DAY)
    assert answer(lists=lists) == VALID
    assert answer(lists=lists, at=NOW + timedelta(seconds=1), now=NOW + timedelta(seconds=1)) == UNSHOWN


def test_grace_is_for_the_civil_track_only():
    old, strict = PAPERS.lists(NOW - 8 * DAY), PAPERS.certificate(track="military")
    assert [answer(lists=old, grace=n * DAY) for n in (0, 1)] == [UNSHOWN, VALID]
    assert [answer(strict, lists=old, grace=n * DAY) for n in (0, 1, 90)] == [UNSHOWN] * 3
    assert answer(strict) == VALID


def test_grace_hides_no_suspension():
    old = PAPERS.lists(NOW - 8 * DAY, suspended=(131_071,))
    assert answer(lists=old, grace=DAY) == SUSPENDED


def test_ttl_makes_a_list_stale():
    assert answer(lists=PAPERS.lists(NOW - HOUR, ttl=3_600_000)) == VALID
    assert answer(lists=PAPERS.lists(NOW - HOUR, ttl=3_599_999)) == UNSHOWN


def test_a_list_of_the_future_says_nothing_yet():
    assert answer(lists=PAPERS.lists(NOW + HOUR)) == UNSHOWN


def test_signed_by_another_authority():
    other = Papers("did:web:elsewhere.example")
    forged = [(n, other.list(n, address=f"{URL}/status/{n}")) for n in ("revocation", "suspension")]
    found = verify.certificate(TEXT, PAPERS.basis(lists=forged))
    assert found.answer == UNSHOWN
    assert [line.split(":")[0] for line in found.open[:2]] == ["revocation", "suspension"]


def test_signed_by_the_key_for_certificates():
    assert answer(lists=PAPERS.lists(signer="credential")) == UNSHOWN


def test_wrong_purpose():
    """A list for suspension in the place of the one for revocation, and so on."""
    turned = PAPERS.list("suspension", address=f"{URL}/status/revocation")
    good = PAPERS.lists()
    assert answer(lists=[("r", turned), good[1]]) == UNSHOWN
    assert answer(lists=[*good, ("r", turned)]) == UNSHOWN


def test_a_list_of_another_address_is_not_taken():
    assert answer(lists=[("r", PAPERS.list(address=f"{URL}/other")), PAPERS.lists()[1]]) == UNSHOWN


def test_two_stories_of_one_instant():
    mine, others = PAPERS.lists(suspended=(131_071,)), PAPERS.lists(revoked=(7,), suspended=(7,))
    both = PAPERS.lists(suspended=(7, 131_071))
    for lists in ([*PAPERS.lists(), *mine], [*mine, *PAPERS.lists()], [*others, *both], [*both, *others]):
        assert answer(lists=lists) == SUSPENDED
    assert answer(lists=[*PAPERS.lists(), *others]) == VALID
    assert (
        answer(lists=[*mine, *PAPERS.lists(NOW + timedelta(seconds=1))], at=NOW + DAY, now=NOW + DAY) == VALID
    )


def test_outside_the_list():
    assert answer(PAPERS.certificate(revocation_index=131_072)) == UNSHOWN


def test_a_certificate_that_names_no_list():
    """Without both places nothing could ever be suspended."""
    assert answer(PAPERS.sealed(credentialStatus=[])) == UNSHOWN
    assert answer(PAPERS.sealed(credentialStatus=None)) == UNSHOWN


#: Every version that was kept: active, suspended on the 10th, reinstated on the 14th, revoked on the 20th.
KEPT = [
    *PAPERS.lists(at(2026, 11, 3) - 12 * HOUR),
    *PAPERS.lists(at(2026, 11, 10) - 12 * HOUR, suspended=(131_071,)),
    *PAPERS.lists(at(2026, 11, 14) - 12 * HOUR),
    *PAPERS.lists(at(2026, 11, 20) - 12 * HOUR, revoked=(0,)),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (2, UNSHOWN),
        (3, VALID),
        (9, VALID),
        (10, SUSPENDED),
        (13, SUSPENDED),
        (14, VALID),
        (19, VALID),
        (20, REVOKED),
        (22, REVOKED),
    ],
)
def test_on_a_past_day(day, expected):
    assert answer(lists=KEPT, at=at(2026, 11, day), now=at(2026, 11, 22)) == expected


def test_order_of_kept_versions_changes_nothing():
    for day in range(2, 23):
        turned = answer(lists=KEPT[::-1], at=at(2026, 11, day), now=at(2026, 11, 22))
        assert turned == answer(lists=KEPT, at=at(2026, 11, day), now=at(2026, 11, 22))


def test_a_gap_in_the_kept_versions_shows():
    gap = [pair for pair in KEPT if pair not in KEPT[2:6]]
    assert answer(lists=gap, at=at(2026, 11, 13), now=at(2026, 11, 22)) == UNSHOWN


def test_a_day_ahead_cannot_be_shown():
    found = verify.certificate(TEXT, PAPERS.basis(at=NOW + DAY))
    assert found.answer == UNSHOWN
    assert answer(at=NOW + 900 * DAY) == EXPIRED


def test_forged():
    found = verify.certificate(TEXT[:-2] + ("AA" if TEXT[-2:] != "AA" else "BB"), PAPERS.basis())
    assert found.answer == FORGED
    assert (found.used, found.facts) == ((), ())


def test_old_certificates_after_a_rotation():
    papers = Papers()
    text, lists = papers.certificate(), papers.lists(NOW - HOUR)
    for purpose in ("credential", "status"):
        papers.keys.rotate(purpose, NOW)
    assert verify.certificate(text, papers.basis(lists=lists)).answer == VALID
    assert verify.certificate(text, papers.basis(lists=papers.lists(NOW))).answer == VALID


def test_status_list():
    found = verify.status(PAPERS.list(set_=(3, 9)), PAPERS.basis())
    assert (found.answer, found.id) == (VALID, f"{URL}/status/revocation")
    assert dict(found.facts) == {
        "purpose": "revocation",
        "places": "131072",
        "set": "2",
        "counts from": "2026-11-22T12:00:00Z",
        "counts until": "2026-11-29T12:00:00Z",
    }
    assert verify.status(PAPERS.list(), PAPERS.basis(at=NOW + 8 * DAY)).answer == EXPIRED
    assert verify.status(PAPERS.list(), PAPERS.basis(at=NOW - DAY)).answer == NOT_YET
    assert verify.status(PAPERS.list(signer="log"), PAPERS.basis()).answer == FORGED


def test_recognised():
    PAPERS.log(2)
    assert [
        verify.recognised(data)
        for data in (
            TEXT.encode(),
            PAPERS.list().encode() + b"\n",
            PAPERS.receipt(0),
            PAPERS.checkpoint().encode(),
            b'{"checkpoint":"","origin":"","type":"xenotime-log"}\n' + PAPERS.leaves[0],
        )
    ] == ["certificate", "status list", "receipt", "checkpoint", "log"]


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff\xfe", b"%PDF-1.7", b'{"type":7}', b"a.b", b"{" * 999]
)
def test_nothing_that_can_be_verified(data):
    with pytest.raises(SealError, match="nothing that can be verified"):
        verify.recognised(data)
