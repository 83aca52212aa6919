from __future__ import annotations

from xenotime.evidence.read import packaged
from xenotime.services.supply.evidence import add, lone
from xenotime.wiring.evidence import claims, figures


def test_what_is_added_is_what_every_model_rests_on(tmp_path, monkeypatch):
    monkeypatch.setenv("XENOTIME_HOME", str(tmp_path / "home"))
    assert figures() == packaged()
    said = {
        "subject": "Cover",
        "value": "9",
        "unit": "weeks",
        "source_title": "Count",
        "source_date": "2026-10-01",
    }
    (kept,) = add(claims(), lone({**said, "confidence": "high"}), "the options given")
    assert figures() == (*packaged(), kept)
    assert [path.name for path in (tmp_path / "home" / "evidence").iterdir()] == ["own.csv"]
