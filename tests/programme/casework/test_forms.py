from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.cases import draft, form

from xenotime.core.canon import canonical, restored
from xenotime.core.errors import InputError
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.forms import clean, edit, missing
from xenotime.programme.casework.manifest import KINDS, Choice, Field
from xenotime.programme.read import manifests

EVERY = tuple(
    Field(
        kind,
        kind,
        kind.title(),
        kind,
        choices=(Choice("a", "A", "甲"), Choice("b", "B", "乙")) if "choice" in kind else (),
    )
    for kind in KINDS
)


def read(kind, value):
    return clean(EVERY, {kind: value}, "civil").get(kind)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", " a name\r\n ", "a name"),
        ("long", "one\r\ntwo", "one\ntwo"),
        ("choice", "a", "a"),
        ("choices", "a, b", ["a", "b"]),
        ("choices", ["b", "b"], ["b"]),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", date(2026, 2, 28), "2026-02-28"),
        ("number", "45", 45),
        ("number", 0, 0),
        ("grams", {"Tb": "5", "Dy": 1000, "Ho": ""}, {"Dy": 1000, "Tb": 5}),
        ("country", " de ", "DE"),
        ("countries", "DE, jp；kr", ["DE", "JP", "KR"]),
        ("yes", "on", True),
        ("yes", False, False),
        ("file", ["P1"], ["P1"]),
        ("pick", "S1\nS2\nS1", ["S1", "S2"]),
        ("codes", "1C901、1C902", ["1C901", "1C902"]),
        (
            "sites",
            [{"name": "Works", "country": "jp", "purpose": ""}, {"name": ""}],
            [{"name": "Works", "country": "JP"}],
        ),
        ("uses", [{"code": "1C901", "use": "rotors"}], [{"code": "1C901", "use": "rotors"}]),
        ("owners", [{"name": "Holding", "share": "?"}], [{"name": "Holding", "share": "?"}]),
        (
            "products",
            [{"name": "M1", "grams": {"Dy": "3"}, "yearly": "1000"}],
            [{"name": "M1", "grams": {"Dy": 3}, "yearly": 1000}],
        ),
    ],
)
def test_answers_are_read_by_their_kind(kind, given, kept):
    assert read(kind, given) == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", "x" * 301),
        ("text", 5),
        ("text", "a\x1b[31m"),
        ("long", "x" * 8001),
        ("choice", "c"),
        ("choices", ["a", "c"]),
        ("date", "28.2.2026"),
        ("date", "2026-02-29"),
        ("number", -1),
        ("number", "1.5"),
        ("number", 1.5),
        ("number", True),
        ("number", 10**13),
        ("grams", {"dy": 5}),
        ("grams", {"Dy": "5 kg"}),
        ("grams", [5]),
        ("country", "Japan"),
        ("yes", "perhaps"),
        ("pick", [5]),
        ("codes", ["x"] * 501),
        ("sites", "Works"),
        ("sites", [{"address": "no name"}]),
        ("sites", [{"name": "Works", "colour": "red"}]),
        ("products", [{"name": "M1", "yearly": "many"}]),
        ("uses", ["1C901"]),
    ],
)
def test_what_no_field_holds_is_refused(kind, given):
    with pytest.raises(InputError) as failure:
        read(kind, given)
    assert failure.value.problem.where == kind


def test_every_kind_of_field_is_read():
    assert {f.kind for m in manifests().values() for f in m.fields} <= set(KINDS)
    assert [kind for kind in KINDS if read(kind, None) is not None] == []


def test_an_edit_keeps_what_it_does_not_name_and_drops_what_it_empties(kinds):
    case = replace(draft(kinds["certificate"]), form={"resale": "none", "years": 2})
    after = edit(kinds["certificate"], case, {"years": "", "compliance": "a programme"})
    assert dict(after.form) == {"resale": "none", "compliance": "a programme"}


def test_a_field_of_another_form_or_track_is_refused(kinds):
    for name in ("colour", "military_customers"):
        with pytest.raises(InputError):
            edit(kinds["certificate"], draft(kinds["certificate"]), {name: "x"})
    strict = edit(
        kinds["certificate"], draft(kinds["certificate"], "military"), {"military_customers": "none"}
    )
    assert strict.form["military_customers"] == "none"


def test_what_is_missing_hangs_on_the_track(kinds):
    manifest = kinds["certificate"]
    empty = replace(draft(manifest), form={})
    civil = [f.id for f in missing(manifest, empty)]
    strict = [f.id for f in missing(manifest, replace(empty, track="military"))]
    assert (
        civil
        == (
            "filed_by sites items grams end_uses uses resale compliance history penalties "
            "review_consent undertaking"
        ).split()
    )
    assert [f for f in strict if f not in civil] == ["military_customers"]
    assert missing(manifest, replace(draft(manifest), form={**form(manifest), "review_consent": False})) == ()


@pytest.mark.parametrize("kind", sorted(manifests()))
def test_a_full_form_is_kept_and_restored_whole(kind, kinds):
    case = edit(kinds[kind], replace(draft(kinds[kind]), form={}), form(kinds[kind]))
    assert missing(kinds[kind], case) == ()
    assert dict(restored(Case, canonical(case)).form) == dict(case.form)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(KINDS), junk)
def test_junk_is_read_or_refused_and_never_breaks(kind, value):
    try:
        kept = read(kind, value)
    except InputError:
        return
    assert read(kind, kept) == kept
