"""Whether the server lives and can serve."""

from __future__ import annotations


def test_a_server_that_lives_says_so(house):
    answer = house.client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_a_server_is_ready_when_its_store_is(house, monkeypatch):
    client = house.client()
    assert (client.get("/readyz").status_code, client.get("/readyz").json()) == (200, {"ready": True})
    monkeypatch.setattr(house.store, "ready", lambda: ["the disk /data is full"], raising=False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})
