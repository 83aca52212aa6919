from __future__ import annotations

import pytest

from xenotime.parties.naming.words import (
    GENERIC,
    GENERIC_HAN,
    TITLES,
    acronym,
    canonical,
    contradictions,
    facts,
    stem,
)


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        ("intl defence research centre", "international defense research center"),
        (
            "mfg tech ind univ inst sci dept govt natl",
            "manufacture technology industry university institute science department government national",
        ),
        ("first machine works", "1 machinery work"),
        ("1st machine works", "1 machinery work"),
        ("no 1 machine works", "1 machinery work"),
        ("brigade forty four", "brigade 44"),
        ("fund iii", "fund 3"),
        ("bank of the north", "bank north"),
        ("the", "the"),
        ("northern railroad", "north railway"),
        ("peking steel", "beijing steel"),
        ("plant 007", "plant 7"),
        ("ig0r sech1n i9or", "igor sechin igor"),
        ("l3 s3 b2b", "l3 s3 b2b"),
    ],
)
def test_a_word_has_one_spelling(words, spelt):
    assert canonical(tuple(words.split()), "organisation") == tuple(spelt.split())


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        ("mr igor sechin", "igor sechin"),
        ("haji abd al rahman", "abdalrahman"),
        ("abdel rahman", "abdalrahman"),
        ("abdul rahman", "abdalrahman"),
        ("abdulrahman", "abdalrahman"),
        ("abdurrahman", "abdalrahman"),
        ("shaikh isa ben tarif", "isa bin tarif"),
        ("isa ibn tarif", "isa bin tarif"),
        ("president erdogan", "erdogan"),
        ("general", "general"),
    ],
)
def test_a_persons_titles_go_and_particles_are_one(words, spelt):
    assert canonical(tuple(words.split()), "person") == tuple(spelt.split())


def test_an_organisation_keeps_the_words_that_are_titles_of_persons():
    assert canonical(("general", "dynamics"), "organisation") == ("general", "dynamics")
    assert canonical(("dr", "muster", "labs"), "organisation") == ("dr", "muster", "laboratory")


@pytest.mark.parametrize(
    ("mine", "theirs", "kind", "said"),
    [
        ("china north rare earth", "china south rare earth", "latin", ("north against south",)),
        ("china rare earth", "china south rare earth", "latin", ()),
        ("north east steel", "northeast steel", "latin", ()),
        ("machine works 1", "machine works 2", "latin", ("number 1 against number 2",)),
        ("upper mine", "lower mine", "latin", ("upper against lower",)),
        ("shanghai magnet", "shenzhen magnet", "latin", ("shanghai against shenzhen",)),
        ("shenzhen magnet", "guangdong magnet", "latin", ()),
        ("shenzhen guangdong magnet", "shenzhen magnet", "latin", ()),
        ("hong kong trading", "shanghai trading", "latin", ("hongkong against shanghai",)),
        ("kawasaki shipbuilding", "kawasaki railway", "latin", ("ships against rail",)),
        ("kawasaki aircraft", "kawasaki aerospace", "latin", ()),
        ("muster japan", "muster germany", "latin", ("japan against germany",)),
        ("北方稀土", "南方稀土", "han", ("north against south",)),
        ("第三机床厂", "第四机床厂", "han", ("number 3 against number 4",)),
        ("三菱重工", "三菱第二重工", "han", ()),
        ("山东磁材", "广东磁材", "han", ("shandong against guangdong",)),
        ("南方磁材", "广东南方磁材", "han", ()),
        ("上海磁材", "深圳磁材", "han", ("shanghai against shenzhen",)),
        ("华北磁材", "华南磁材", "han", ("north against south",)),
        ("zhong guo bei fang", "zhong guo nan fang", "pinyin", ("north against south",)),
        ("bei fang xi tu", "bei fang ci cai", "pinyin", ()),
        ("shang hai ci cai", "shen zhen ci cai", "pinyin", ("shanghai against shenzhen",)),
    ],
)
def test_words_exclude_each_other_only_where_both_have_one(mine, theirs, kind, said):
    sides = [tuple(t) if kind == "han" else tuple(t.split()) for t in (mine, theirs)]
    assert contradictions(*sides, kind) == said


def test_a_place_is_no_direction():
    assert facts(tuple("山东"), "han") == {"place": frozenset({"shandong"})}
    assert facts(("shang", "hai"), "pinyin") == {"place": frozenset({"shanghai"})}


def test_an_acronym_may_have_the_letter_of_the_form():
    assert acronym(("china", "national", "petroleum"), {"company"}) == {"cnp", "cnpc"}
    assert acronym(("university", "of", "science")) == {"us"}


def test_a_plural_has_its_stem():
    assert [stem(w) for w in ("alloys", "batteries", "glass", "gas")] == ["alloy", "battery", "glass", "gas"]


def test_generic_words_are_known_in_both_scripts():
    assert {"technology", "international", "group"} <= GENERIC
    assert {"科技", "工业", "技术"} <= GENERIC_HAN
    assert {"稀土", "清华大学", "三菱"} & GENERIC_HAN == set()
    assert "general" not in TITLES
