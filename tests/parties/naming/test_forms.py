from __future__ import annotations

import pytest

from xenotime.parties.naming.forms import strip, strip_han, strip_pinyin, unglued


@pytest.mark.parametrize(
    ("words", "kept", "families"),
    [
        ("mp materials corp", "mp materials", {"company"}),
        ("siemens aktiengesellschaft", "siemens", {"ag"}),
        ("siemens aktiengeselschaft", "siemens", {"ag"}),
        ("muster gmbh and co kg", "muster", {"kg"}),
        ("excalibur army spol sro", "excalibur army", {"sro"}),
        ("pro traffic sp z o o", "pro traffic", {"spzoo"}),
        ("spolka akcyjna muster", "muster", {"sa"}),
        ("ooo romashka", "romashka", {"llc"}),
        ("obshchestvo s ogranichennoy otvetstvennostyu romashka", "romashka", {"llc"}),
        ("oao gazprom", "gazprom", {"oao"}),
        ("open joint stock company gazprom", "gazprom", {"oao"}),
        ("muster sanayi ve ticaret as", "muster", {"as"}),
        ("sherkat sanaye muster", "sanaye muster", {"company"}),
        ("kabushiki kaisha muster", "muster", {"company"}),
        ("muster sdn bhd", "muster", {"company"}),
        ("jusighoesa muster", "muster", {"company"}),
        ("muster ltd shanghai", "muster shanghai", {"company"}),
        ("muster co ltd", "muster", {"company"}),
        ("muster societe anonyme", "muster", {"sa"}),
        ("muster de mexico sa de cv", "muster de mexico", {"sa"}),
        ("akciova spolecnost muster", "muster", {"as"}),
    ],
)
def test_a_form_is_set_aside(words, kept, families):
    assert strip(tuple(words.split())) == (tuple(kept.split()), families)


@pytest.mark.parametrize(
    "words", ["company", "as roma", "group w", "ag muster", "limited brands", "cooperation"]
)
def test_a_word_that_is_no_form_there_stays(words):
    assert strip(tuple(words.split())) == (tuple(words.split()), frozenset())


def test_a_person_keeps_a_family_name_that_looks_like_a_form():
    assert strip(("maria", "sa"), 2) == (("maria", "sa"), frozenset())
    assert strip(("nicolas", "maduro", "sa"), 2) == (("nicolas", "maduro"), {"sa"})


@pytest.mark.parametrize(
    ("body", "kept", "families"),
    [
        ("某某有限公司", "某某", {"company"}),
        ("某某集团股份有限公司", "某某", {"company", "group"}),
        ("某某有限责任公司", "某某", {"company"}),
        ("某某集团", "某某", {"group"}),
        ("某某总公司", "某某", {"company"}),
        ("株式会社某某", "某某", {"company"}),
        ("某某(株)", "某某", {"company"}),
        ("abc公司", "abc", {"company"}),
        ("某某(有限公司)", "某某", {"company"}),
        ("公司", "公司", set()),
        ("某某上海分公司", "某某上海分公司", set()),
        ("某某分厂", "某某分厂", set()),
    ],
)
def test_a_chinese_form_is_set_aside(body, kept, families):
    assert strip_han(body) == (kept, families)


@pytest.mark.parametrize(
    ("syllables", "kept"),
    [
        ("bei fang gong si", "bei fang"),
        ("bei fang you xian gong si", "bei fang"),
        ("bei fang ji tuan gu fen you xian gong si", "bei fang"),
        ("bei fang ji tuan", "bei fang"),
        ("bei fang fen gong si", "bei fang fen gong si"),
        ("gong si", "gong si"),
    ],
)
def test_a_form_in_pinyin_is_set_aside(syllables, kept):
    assert strip_pinyin(tuple(syllables.split()))[0] == tuple(kept.split())


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("SiemensAG", "Siemens AG"),
        ("mustergmbh", "muster gmbh"),
        ("HAG", "HAG"),
        ("주식회사무스터", " 주식회사 무스터"),
        ("(주)무스터", " 주식회사 무스터"),
    ],
)
def test_a_form_written_to_the_name_is_loosened(text, loose):
    assert unglued(text) == loose
