from __future__ import annotations

import pytest

from xenotime.core.errors import InputError


def test_short_keys_are_spelled_out_from_the_tables(listed, names):
    person, company = listed("compact.json").entries
    assert (person.entry, person.kind, person.countries) == ("SDN-90001", "person", ())
    assert person.programmes == ("INVENTED", "OTHER")
    assert names(company) == [("primary", "Quillmoor Magnet Works Ltd"), ("strong", "QMW")]
    assert company.countries == ("CN",)
    assert (company.authority, company.source) == (
        "Entity List (EL) - Bureau of Industry and Security",
        "https://list.example/el",
    )
    assert company.remark == (
        "licence policy: Presumption of denial; licence requirement: For all items subject to the EAR; "
        "notice 99 FR 10001"
    )


def test_the_id_is_that_of_the_full_list(listed):
    full = {e.name: e.entry for e in listed("csl.json").entries}
    assert {e.name: e.entry for e in listed("compact.json").entries}.items() <= full.items()


@pytest.mark.parametrize("place", ["1", "-1", '"x"', "9" * 5000], ids=["next", "below", "word", "huge"])
def test_a_number_past_its_table_is_refused(listed, refused, place):
    text = '{"sourceGeneratedAt": "", "tables": {"sources": ["EL"]}, "entries": [{"n": "Quill", "s": %s}]}'
    with pytest.raises(InputError) as raised:
        listed(text % place)
    assert refused(raised) == ("an entry points past its table", "Quill", place.strip('"'))
