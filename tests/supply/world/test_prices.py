from __future__ import annotations


def test_prices_are_published_ones_or_follow_from_them(network):
    price = {good.id: value for good, value in zip(network.goods, network.price, strict=True)}
    assert price["oxide/Dy"] == 257
    assert price["oxide/Y"] == 6
    assert price["metal/Nd"] > price["oxide/Nd"] / 0.857
    assert price["magnet/ndfeb"] < price["magnet/ndfeb-heavy"] < price["magnet/smco"]
    assert price["ore/heavy"] > price["ore/light"]


def test_no_price_is_zero(network):
    assert min(network.price) > 0
