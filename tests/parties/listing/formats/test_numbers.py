from __future__ import annotations

import pytest

from xenotime.parties.listing.entry import Identifier
from xenotime.parties.listing.formats.numbers import identifier, noted

LEI, USCC = "INVENTED000000000093", "91330200MA0QQQQQQ2"


@pytest.mark.parametrize(
    ("words", "value", "kind", "kept"),
    [
        ("LEI", "inve nted000000000093", "LEI", LEI),
        ("Legal Entity Identifier", "INVENTED000000000094", "registration", "INVENTED000000000094"),
        ("Unified Social Credit Code (USCC)", USCC, "USCC", USCC),
        ("Registration Number", USCC, "USCC", USCC),
        ("Unified Social Credit Code (USCC)", "91330200MA0QQQQQQ3", "registration", "91330200MA0QQQQQQ3"),
        ("Vessel Registration Identification", "IMO 9999999", "IMO", "9999999"),
        ("National ID No.", USCC, "national", USCC),
        ("Tax ID No.", "77 99", "tax", "7799"),
        ("Government Gazette Number", "00032520", "registration", "00032520"),
        ("SWIFT/BIC", "inveus33", "BIC", "INVEUS33"),
        ("Passport", "z1", "passport", "Z1"),
    ],
)
def test_words_say_the_kind_and_check_digits_decide(words, value, kind, kept):
    assert identifier(words, value) == Identifier(kind, kept)


@pytest.mark.parametrize(
    ("words", "value"),
    [("Website", "www.quillmoor.example"), ("Gender", "Male"), ("Email Address", "a@b"), ("Tax ID No.", " ")],
)
def test_what_identifies_nobody_is_none(words, value):
    assert identifier(words, value) is None


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("Passport Z000001 (Iran)", Identifier("passport", "Z000001", "IR")),
        ("alt. Passport Z000002 (Iran) issued 1 Jan 2020", Identifier("passport", "Z000002", "IR")),
        ("Passport Z000001 (Iran) expires 01 Jan 2030", Identifier("passport", "Z000001", "IR")),
        ("Registration ID 1027739609391 (Russia)", Identifier("registration", "1027739609391", "RU")),
        ("Aircraft Manufacturer's Serial Number (MSN) 4321", Identifier("aircraft", "4321")),
        (
            f"United Social Credit Code Certificate Number (USCCC) {USCC} (China)",
            Identifier("USCC", USCC, "CN"),
        ),
        ("MMSI 123456789", Identifier("MMSI", "123456789")),
        ("SWIFT/BIC INVERUMM", Identifier("BIC", "INVERUMM")),
        ("POB Nowhere 12", None),
        ("Additional Sanctions Information - Subject to Secondary Sanctions", None),
        ("Linked To: QUILLMOOR 21", None),
    ],
)
def test_a_part_of_a_remark_states_an_identifier(remark, found):
    assert noted(remark) == found
