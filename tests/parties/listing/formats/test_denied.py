from __future__ import annotations

from datetime import date


def test_a_company_keeps_its_address_and_a_person_does_not(listed):
    company, person = sorted(listed("dpl.txt").entries, key=lambda e: e.kind)
    assert (company.name, company.kind) == ("QUILLMOOR LABS, INC. (QLI)", "organisation")
    assert company.addresses == ("1 INVENTED ROAD, #3D, NOWHERE, CA, 2, US",)
    assert (person.name, person.kind) == ("PERSON, INVENTED", "unknown")
    assert (person.addresses, person.countries, person.identifiers) == ((), ("US",), ())


def test_an_order_ends_on_its_day(listed):
    _, person = sorted(listed("dpl.txt").entries, key=lambda e: e.kind)
    assert [
        person.status(date(*d)) for d in ((1992, 3, 19), (1992, 3, 20), (2000, 10, 3), (2000, 10, 4))
    ] == [
        "not yet listed",
        "listed",
        "listed",
        "delisted",
    ]
