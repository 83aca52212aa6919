from __future__ import annotations

from xenotime.report.supply.naming import good, goods, land, parameter, sector
from xenotime.report.supply.speak import speak


def test_goods_are_named_in_words():
    say = speak()
    names = [good(a, say) for a in ("oxide/Dy", "magnet/smco", "component/ev", "magnet/*", "metal/Nd")]
    assert names == ["Dy oxide", "SmCo magnets", "components for electric cars", "magnets", "Nd metal"]


def test_goods_of_one_form_are_put_together():
    assert goods(["oxide/Tb", "magnet/smco", "oxide/Dy"], speak()) == "Dy, Tb oxide; SmCo magnets"


def test_inputs_are_named_by_what_is_known_of_them():
    say = speak()
    names = [
        parameter(n, say) for n in ("licence.lead.US", "stock.CN.lean", "new.thing", "metal.outside.heavy")
    ]
    assert names == [
        "median wait for a licence, United States",
        "stock days, China, thin stocks",
        "new thing",
        "metal made outside China, heavy elements",
    ]


def test_sectors_and_lands():
    say = speak()
    assert (sector("product", "ev", say), sector("magnet", "", say)) == ("electric cars", "magnet")
    assert (land("US", say), land("CN", say), land("ZZ", say)) == ("the United States", "China", "ZZ")
