"""Codes that others define: territories, currencies, customs numbers, LEI, USCC, control codes."""

from __future__ import annotations

import re

from xenotime.core.errors import InputError

#: ISO 3166-1, two letters.
COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
    YT ZA ZM ZW
    """.split()
)
#: ISO 4217 codes of money in use.
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW
    ZWG
    """.split()
)
_HS = re.compile(r"\d{6,10}$")
_LEI = re.compile(r"[A-Z0-9]{18}\d{2}$")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$")
_CONTROL = re.compile(r"\d[A-E]\d{3}(?:\.[a-z](?:\.\d+)?)*$")
_USCC_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ISO_7064 = 97


def country(text: str, where: str = "") -> str:
    """The ISO 3166 code, in capitals. Raises InputError when it is none."""
    code = text.strip().upper()
    if code not in COUNTRIES:
        raise _refuse("this is no territory code", where, "two letters of ISO 3166, such as DE", text)
    return code


def currency(text: str, where: str = "") -> str:
    """The ISO 4217 code, in capitals. Raises InputError when it is none."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise _refuse("this is no currency code", where, "three letters of ISO 4217, such as CNY", text)
    return code


def hs(text: str, where: str = "") -> str:
    """A customs number as its 6 to 10 digits; dots, spaces and hyphens are left out.

    Raises InputError when other characters or another number of digits remain.

    >>> hs("8505.11.10 00")
    '8505111000'
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not _HS.match(digits):
        raise _refuse("this is not a customs number", where, "6 to 10 digits, such as 8505.11.1000", text)
    return digits


def lei(text: str, where: str = "") -> str:
    """A Legal Entity Identifier whose check digits hold (ISO 17442, modulo 97-10).

    Raises InputError for a wrong form or check digit.
    """
    code = re.sub(r"\s", "", text).upper()
    if not _LEI.match(code):
        raise _refuse("this is not an LEI", where, "20 letters and digits, the last two digits", text)
    if int("".join(str(int(character, 36)) for character in code)) % _ISO_7064 != 1:
        raise _refuse("the check digits of this LEI do not hold", where, "1 modulo 97 as a number", text)
    return code


def uscc(text: str, where: str = "") -> str:
    """A Chinese unified social credit code whose check character holds (GB 32100-2015, modulo 31).

    Raises InputError for a wrong form or check character.
    """
    code = re.sub(r"\s", "", text).upper()
    if not _USCC.match(code):
        expected = "18 digits and capitals without I O S V Z"
        raise _refuse("this is not a unified social credit code", where, expected, text)
    total = sum(_USCC_DIGITS.index(c) * pow(3, place, 31) for place, c in enumerate(code[:-1]))
    if _USCC_DIGITS[-total % 31] != code[-1]:
        expected = f"{code[:-1]}{_USCC_DIGITS[-total % 31]}"
        raise _refuse("the check character of this code does not hold", where, expected, text)
    return code


def control(text: str, where: str = "") -> str:
    """A control code in its usual case: digit, letter A to E, three digits, then letters and numbers.

    Raises InputError for another form.

    >>> control("1c905.A"), control("2B902.w")
    ('1C905.a', '2B902.w')
    """
    code = text.strip()
    head, dot, tail = code.partition(".")
    code = head.upper() + dot + tail.lower()
    if not _CONTROL.match(code):
        raise _refuse("this is not a control code", where, "a code such as 1C905, 1C905.a or 1C902.a.4", text)
    return code


def _refuse(what: str, where: str, expected: str, found: str) -> InputError:
    step = "correct or empty the cell"
    return InputError(what, where=where, expected=expected, found=repr(found), next_step=step)
