from __future__ import annotations

from xenotime.evidence.read import figures
from xenotime.supply.measure.protocol import read_protocol


def test_every_figure_that_is_scored_on_exists_and_has_a_value():
    protocol, known = read_protocol(), {figure.id: figure for figure in figures()}
    ids = [
        claim
        for one in protocol.series
        for table in (one.observed, one.summed, one.before, one.yearago)
        for claim in table.values()
    ]
    ids += [one.baseline for one in protocol.series if one.baseline]
    ids += [halt.claim for halt in protocol.halts]
    ids += [claim for price in protocol.prices for claim in (price.before, price.claim)]
    assert [claim for claim in ids if claim not in known or known[claim].value is None] == []


def test_months_of_the_claims_are_the_months_they_stand_for():
    protocol, known = read_protocol(), {figure.id: figure for figure in figures()}
    wrong = [
        (month, claim)
        for one in protocol.series
        for month, claim in one.observed.items()
        if known[claim].period != month
    ]
    assert wrong == []
    ends = {m: known[c].period for one in protocol.series for m, c in one.summed.items()}
    assert ends == {"2025-08": "2025-01/08", "2025-09": "2025-01/09", "2025-10": "2025-01/10"}


def test_only_the_months_of_the_fit_are_before_july():
    protocol = read_protocol()
    assert protocol.fit == ("2025-04", "2025-05", "2025-06")
    assert min(protocol.check + protocol.later) == "2025-07"


def test_a_gauge_is_counted_by_its_pattern():
    magnets = read_protocol().series[0]
    seen = [
        magnets.counts(name)
        for name in (
            "ship/magnet/ndfeb/CN>US",
            "ship/magnet/ndfeb/JP>US",
            "ship/metal/Dy/CN>US",
            "ship/magnet/ndfeb/CN>CN",
        )
    ]
    assert seen == [True, False, False, False]
