"""The Assess page: triage and report from an upload, framed apart, and nothing left behind."""

from __future__ import annotations

import re
import tempfile

from xenotime.web.pages import assess


def test_an_export_is_triaged_and_assessed_and_nothing_is_left(house, root, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client = house.browser("applicant")
    data = (root / "examples" / "erp-export" / "orders-2025-2026.xlsx").read_bytes()
    reply = client.post("/assess", files={"file": ("orders.xlsx", data)}, data={"kind": "export"})
    assert reply.status_code == 200
    assert re.search(r'<iframe class="report"[^>]* sandbox="allow-scripts" srcdoc="', reply.text)
    assert 'id="t-triage"' in reply.text
    assert reply.headers["content-security-policy"] == assess.policy()
    assert reply.headers["cache-control"] == "no-store"
    assert [p.name for p in tmp_path.glob("xenotime-*")] == []


def test_its_policy_admits_the_report_and_no_inline_script_of_others():
    policy = assess.policy()
    assert "unsafe" not in policy
    assert len(re.findall(r"'sha256-[^']+'", policy)) == 2


def test_rubbish_and_nothing_are_told_apart_from_workbooks(house):
    client = house.browser("applicant")
    for files in (
        {"file": ("x.xlsx", b"MZ\x90\x00")},
        {"file": ("x.csv", b"a,b\n1,2\n")},
        {"file": ("", b"")},
    ):
        reply = client.post("/assess", files=files, data={"kind": "export"})
        assert reply.status_code == 400, reply.text[:300]
        assert 'id="fault"' in reply.text


def test_the_public_is_asked_to_sign_in(house):
    assert house.client().get("/assess").headers["location"].startswith("/sign-in")
