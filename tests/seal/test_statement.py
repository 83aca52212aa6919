"""What a certificate states."""

from __future__ import annotations

from dataclasses import replace

from tests.seal.authority import STATED

from xenotime.seal import canon, statement


def test_only_what_the_data_model_and_we_have_words_for():
    made = statement.claims(STATED)
    assert list(made) == [
        "@context",
        "id",
        "type",
        "issuer",
        "iat",
        "name",
        "validFrom",
        "validUntil",
        "credentialStatus",
        "credentialSubject",
        "notice",
        "noticeZh",
    ]


def test_order_of_grams_changes_nothing():
    turned = replace(STATED, grams=dict(reversed(STATED.grams.items())))
    assert canon.canonical(statement.claims(turned)) == canon.canonical(statement.claims(STATED))


def test_empty_numbers_are_left_out():
    made = statement.claims(replace(STATED, numbers={"uscc": "", "lei": "X"}))
    assert made["credentialSubject"]["party"]["identifiers"] == {"lei": "X"}


def test_a_reissue_has_an_id_of_its_own():
    assert (
        statement.claims(replace(STATED, serial=2))["id"] == statement.page(STATED.url, STATED.number) + "#2"
    )
