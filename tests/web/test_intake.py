"""Uploads: by size, by content, and every kind of bomb."""

from __future__ import annotations

import io
import zipfile

import pytest
from fastapi import UploadFile

from xenotime.core.errors import InputError
from xenotime.web.intake import CSV, DOCX, JPEG, PAPERS, PDF, PNG, TABLES, TEXT, XLSX, receive

TYPES = '<?xml version="1.0"?><Types/>'


def upload(data, name="file"):
    return UploadFile(io.BytesIO(data), filename=name)


def office(parts, compression=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, data in {"[Content_Types].xml": TYPES, **parts}.items():
            archive.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (b"%PDF-1.7\n...", "a.txt", PDF),
        (b"\x89PNG\r\n\x1a\n...", "a.exe", PNG),
        (b"\xff\xd8\xff\xe0...", "a", JPEG),
        (b"a,b\n1,2\n", "a.csv", CSV),
        ("一行\n".encode(), "a.md", TEXT),
        (office({"xl/workbook.xml": "<workbook/>"}), "a.zip", XLSX),
        (office({"word/document.xml": "<document/>"}), "a.docx", DOCX),
    ],
)
def test_the_kind_is_what_the_content_shows(data, name, media):
    got = receive(upload(data, name))
    assert (got.media, got.data) == (media, data)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.pdf"),
        (b"MZ\x90\x00", "report.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "picture.png"),
        (b"  <!doctype html><script>x()</script>", "letter.txt"),
        (b"\x7fELF\x02", "a.csv"),
        (b"a\x00b", "a.txt"),
        (b"\xff\xfe\x41", "a.txt"),
        (office({"other.xml": "<x/>"}), "a.xlsx"),
        (office({"xl/workbook.xml": "<w/>", "xl/vbaProject.bin": "x"}), "macros.xlsx"),
        (office({"xl/workbook.xml": "<w/>", "../../evil.xml": "x"}), "climbs.xlsx"),
        (office({"xl/workbook.xml": "<w/>", "/etc/evil.xml": "x"}), "absolute.xlsx"),
        (office({"xl/workbook.xml": "<w/>", "inner.zip": "PK"}), "nested.xlsx"),
        (b"PK\x03\x04 and no more", "broken.xlsx"),
    ],
)
def test_another_kind_is_refused_whatever_it_is_called(data, name):
    with pytest.raises(InputError, match="not taken"):
        receive(upload(data, name))


def test_a_kind_that_is_not_asked_for_is_refused():
    with pytest.raises(InputError):
        receive(upload(b"%PDF-1.7", "a.csv"), TABLES)


def test_a_file_above_the_bound_is_refused():
    assert receive(upload(b"x" * 100, "a.txt"), PAPERS, 100).data == b"x" * 100
    with pytest.raises(InputError, match="not taken"):
        receive(upload(b"x" * 101, "a.txt"), PAPERS, 100)


def test_a_dense_part_is_a_bomb():
    with pytest.raises(InputError, match="at most 200 times"):
        receive(upload(office({"xl/workbook.xml": "<w>" + "0" * 5_000_000}), "bomb.xlsx"))


def test_many_parts_are_a_bomb():
    with pytest.raises(InputError, match="1,000 parts"):
        receive(upload(office({f"xl/{n}.xml": "" for n in range(1_001)}), "many.xlsx"))


def test_many_large_parts_are_a_bomb(monkeypatch):
    monkeypatch.setattr("xenotime.web.intake._WHOLE", 3_000_000)
    parts = {f"xl/{n}.xml": bytes(range(256)) * 4_000 for n in range(4)}
    with pytest.raises(InputError, match="bytes unpacked"):
        receive(upload(office(parts, zipfile.ZIP_STORED), "large.xlsx"))


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        '<!doctype x SYSTEM "file:///etc/passwd"><x/>',
        "<x>" + " " * 65_530 + "<!ENTITY a SYSTEM 'http://evil.example/'>",
    ],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_markup_with_declarations_of_its_own_is_refused(bomb, coding):
    with pytest.raises(InputError, match="declares entities"):
        receive(upload(office({"xl/workbook.xml": bomb.encode(coding)}), "a.xlsx"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ('"><b>.pdf', "><b>.pdf"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_is_plain(given, kept):
    assert receive(upload(b"%PDF-1", given)).name == kept
