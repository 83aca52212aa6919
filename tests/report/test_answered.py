from __future__ import annotations

from datetime import date

from xenotime.report.answered import answered
from xenotime.report.terminal import render
from xenotime.services.screening.privacy import erase
from xenotime.services.screening.replay import read

TOLD = "by Bo on 2026-06-01, until 2027-06-01, because another country"
LISTED = "listed since 2026-01-05"


def lines(made, *, kept=False):
    return render(answered([made], kept=kept), width=300).splitlines()


def test_the_answer_stands_first_and_a_cleared_hit_is_not_hidden(office):
    office.decide(office.screen("Blackthorn Gears"), "Blackthorn Gears", "inv/one/1")
    made = office.screen("Fernhill Paints", "Blackthorn Gears", "Alder")
    assert lines(made, kept=True) == [
        "0 hit, 1 for review, 2 no hit of 3",
        "",
        "? FOR REVIEW  Fernhill Paints",
        "  ? 85 %, for review  Fernhill Pigments  inv/one/2",
        "  ✓  name  a shared word  0",
        f"  {LISTED}",
        "○ NO HIT  Blackthorn Gears",
        f"  cleared  inv/one/1  Blackthorn Drives  85 %  cleared {TOLD}; {LISTED}",
        "○ NO HIT  Alder",
        "",
        "put to 1 list, 2 entries",
        f"record {made.id[:12]}",
        "",
        "next: look at each hit, then say what you found, --false-positive or --true-match, such as",
        f"  xenotime records decide {made.id[:12]} --query 'Fernhill Paints' \\",
        '    --hit inv/one/2 --false-positive --because "WHY" --by "YOU"',
    ]


def test_a_hit_that_came_back_is_explained_and_says_why(office):
    office.decide(office.screen("Blackthorn Gears"), "Blackthorn Gears", "inv/one/1")
    (*_, told) = lines(office.screen("Blackthorn Gears", country="CN"))[:5]
    assert told == f"  came back: the party's names, country or numbers changed; false positive {TOLD}"


def test_findings_and_erased_parties_are_told(office):
    made = office.screen("Alder", lei="123")
    assert lines(made)[1] == (
        "  note: this is not an LEI: '123'; expected 20 letters and digits, the last two digits"
    )
    erase(office.records, "Alder", reason="request", day=date(2026, 7, 1))
    assert lines(read(office.records, made.id)[1])[0] == "○ NO HIT  erased on 2026-07-01: request"


def test_of_a_long_file_only_what_asks_for_something_is_shown(office):
    assert lines(office.screen(*(f"Party {n}" for n in range(300)), "Fernhill"))[:4] == [
        "0 hit, 1 for review, 300 no hit of 301",
        "shown: 1; --out DIR writes all of them",
        "",
        "? FOR REVIEW  Fernhill",
    ]
