from __future__ import annotations

import csv
import io
import json
from hashlib import sha256

from xenotime.core.canon import canonical
from xenotime.report import audit
from xenotime.services.screening.decisions import confirmed
from xenotime.services.screening.privacy import erase
from xenotime.services.screening.replay import read
from xenotime.services.screening.watch import rescreen


def export(office, folder):
    screenings = [(*office.records.get(n), read(office.records, n)[1]) for n in office.records.ids()]
    live = dict(office.records.decisions())
    decisions = [(n, d, n not in live) for n, d in office.records.decisions(replaced=True)]
    return audit.export(folder, screenings, decisions, office.records.alerts(), office.records.tombstones())


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_the_manifest_has_the_hash_of_every_file(office, tmp_path):
    made = office.screen("Fernhill Paints", "Alder")
    office.screen("Birch")
    number = office.decide(made, "Fernhill Paints", "inv/one/2", four_eyes=True)
    office.records.decide(confirmed(dict(office.records.decisions())[number], "Cy", office.day), number)
    paths = export(office, tmp_path / "out")
    manifest = json.loads(paths[-1].read_text("utf-8"))
    assert (paths[-1].name, manifest["screenings"]) == ("manifest.json", 2)
    assert manifest["files"] == {
        p.name: {"sha256": sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size} for p in paths[:-1]
    }
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(p.name for p in paths)


def test_the_lines_hold_each_record_as_it_is_kept(office, tmp_path):
    made = office.screen("Fernhill Paints")
    paths = {p.name: p for p in export(office, tmp_path)}
    (line,) = paths["screenings.jsonl"].read_bytes().splitlines()
    assert line == b'{"id":"%s","content":%s}' % (made.id.encode(), canonical(made))
    assert [(r["list"], r["count"], r["screenings"]) for r in table(paths["lists.csv"])] == [
        ("inv/one", "2", "1")
    ]


def test_erased_parties_stay_countable_and_unnamed(office, tmp_path):
    made = office.screen("Fernhill Paints", "Alder")
    office.decide(made, "Fernhill Paints", "inv/one/2")
    erase(office.records, "Fernhill Paints", reason="request", day=office.day)
    paths = {p.name: p for p in export(office, tmp_path)}
    mark = office.records.tombstones()[0].mark
    assert [(r["record"], r["party"], r["name"], r["outcome"]) for r in table(paths["screenings.csv"])] == [
        (made.id, f"erased {mark[:12]}", "", "for review"),
        (made.id, "Alder", "Alder", "no hit"),
    ]
    assert table(paths["decisions.csv"])[0]["party"] == f"erased {mark[:12]}"
    assert table(paths["erased.csv"]) == [{"mark": mark, "day": "2026-06-01", "reason": "request"}]
    assert [p.name for p in paths.values() if "Fernhill Paints" in p.read_text("utf-8")] == []


def test_an_alert_is_a_row(office, tmp_path):
    office.screen("Alder")
    rescreen(
        office.records,
        office.entries,
        [*office.entries, office.entry("3", "Alder")],
        known=office.day,
        version="v2",
        index=type(office.desk().matcher),
        settings=office.settings,
    )
    paths = {p.name: p for p in export(office, tmp_path)}
    assert [(r["kind"], r["party"], r["entry"]) for r in table(paths["alerts.csv"])] == [
        ("raised", "Alder", "3")
    ]
