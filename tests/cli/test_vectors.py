from __future__ import annotations

import json


def test_a_book_is_written_with_its_schemas(run, tmp_path):
    result = run("law", "vectors", "--out", tmp_path / "v", "--book", "eu", "--known", "2026-11-21")
    names = ["decisions.schema.json", "eu.json", "receipt.schema.json", "run.schema.json"]
    assert (result.exit_code, sorted(p.name for p in (tmp_path / "v").iterdir())) == (0, names)
    made = json.loads((tmp_path / "v" / "eu.json").read_text("utf-8"))
    count = sum(len(vector["decisions"]) for vector in made["vectors"])
    assert result.stdout.splitlines()[0] == (
        f"wrote {tmp_path / 'v' / 'eu.json'}: {len(made['vectors'])} vectors, {count} decisions"
    )
    assert made["book"] == "eu"
