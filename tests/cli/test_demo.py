from __future__ import annotations

from xenotime.cli.demo import _counts


def test_counts_beside_the_page_are_read_and_anything_else_is_none(tmp_path):
    file = tmp_path / "results.json"
    assert _counts(file) == {}
    for text, wanted in (
        ("{", {}),
        ("[]", {}),
        ('{"counts": 3}', {}),
        ('{"counts": {"open": 2}}', {"open": 2}),
    ):
        file.write_text(text, "utf-8")
        assert _counts(file) == wanted


def test_the_demo_writes_a_page_and_files_that_verify(run, tmp_path):
    folder = tmp_path / "d"
    made = run("demo", folder)
    assert (made.exit_code, made.output.splitlines()[-1]) == (0, f"wrote {folder / 'demo.html'}")
    page = (folder / "demo.html").read_text("utf-8")
    said = ("✗ suspended: certificate", "✓ valid: certificate", "✓ valid: receipt")
    assert [text for text in said if text not in page] == []
    keys = ("--keys", folder / "did.json", "--offline")
    assert run("verify", folder / "certificate.jwt", *keys, "--status", folder / "status").exit_code == 1
    assert run("verify", folder / "log.jsonl", *keys).exit_code == 0
