"""What is uploaded: its size, its kind by its content, and no bomb inside, whatever it says of itself."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from fastapi import UploadFile

from xenotime.core.errors import InputError

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
TEXT, CSV = "text/plain", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What can go onto a case, and what can be read as tables.
PAPERS = (PDF, PNG, JPEG, TEXT, CSV, XLSX, DOCX)
TABLES = (CSV, XLSX)

_MIB = 1024 * 1024
#: Bounds of an archive: parts, bytes unpacked in all, unpacked over packed (not counted in small parts).
_PARTS, _WHOLE, _RATIO, _SMALL = 1_000, 200 * _MIB, 200, _MIB
_PIECE, _OVERLAP = 65_536, 64
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NAME = 120


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was let in: a plain name for showing, its kind as its content shows, and its bytes."""

    name: str
    media: str
    data: bytes


def receive(upload: UploadFile, kinds: tuple[str, ...] = PAPERS, bound: int = 20 * _MIB) -> Received:
    """An uploaded file of one of some kinds. Raises InputError for another kind, a larger one, or a bomb."""
    data = upload.file.read(bound + 1)
    name = plain(upload.filename or "")
    if not 0 < len(data) <= bound:
        raise _refused(name, f"1 to {bound:,} bytes", "none" if not data else "more")
    media = kind(data, name)
    if media not in kinds:
        raise _refused(name, ", ".join(kinds), media or "another kind, by its content")
    return Received(name, media, data)


def plain(name: str) -> str:
    r"""A file's name as it can be shown and kept: no folders, no signs that steer or hide, not too long.

    >>> plain("../../etc/passwd"), plain("C:\\x\\re\u202eport\r\n.pdf"), plain("..")
    ('passwd', 'report.pdf', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in last if c.isprintable() and unicodedata.category(c) not in ("Cf", "Cc"))
    kept = kept.replace('"', "").strip().lstrip(".")
    return kept[-_NAME:] or "file"


def kind(data: bytes, name: str = "") -> str:
    r"""The media type that the content shows; "" if it is none that is taken here.

    >>> kind(b"%PDF-1.7 ..."), kind(b"MZ\x00"), kind("a,b\n1,2\n".encode(), "x.csv")
    ('application/pdf', '', 'text/csv')
    """
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK\x03\x04"):
        return _office(data, name)
    if _texts(data):
        return CSV if name.lower().endswith(".csv") else TEXT
    return ""


def _texts(data: bytes) -> bool:
    """Whether it is text in UTF-8 without control signs, and no markup that a browser would run."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    control = any(unicodedata.category(c) == "Cc" and c not in "\t\r\n" for c in set(text))
    return not control and not text.lstrip()[:1].startswith("<")


def _office(data: bytes, name: str) -> str:
    """An office document without macros and bombs. Raises InputError for a bomb."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _PARTS:
                raise _refused(name, f"at most {_PARTS:,} parts inside", f"{len(members):,}")
            names = {m.filename for m in members}
            _unpack(archive, members, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _refused(name, "a whole archive", "a broken or locked one") from error
    if "[Content_Types].xml" not in names or any(n.lower().endswith("vbaproject.bin") for n in names):
        return ""
    return XLSX if "xl/workbook.xml" in names else DOCX if "word/document.xml" in names else ""


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """Unpack every part piece by piece, counting: the sizes that headers claim are not believed."""
    whole = 0
    for member in members:
        part = member.filename
        if part.startswith("/") or ".." in part.split("/") or part.lower().endswith((".zip", ".exe", ".js")):
            raise _refused(name, "parts of an office document", part[:100])
        whole += _read(archive, member, name, whole)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, before: int) -> int:
    size, tail, markup = 0, b"", member.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if before + size > _WHOLE:
                raise _refused(name, f"at most {_WHOLE:,} bytes unpacked", "more")
            if size > _SMALL and size > max(member.compress_size, 1) * _RATIO:
                raise _refused(name, f"parts that unpack at most {_RATIO} times", "a much denser part")
            if markup and _DECLARES.search((tail + piece).replace(b"\0", b"")):
                raise _refused(
                    name, "markup without declarations of its own", "a part that declares entities"
                )
            tail = piece[-_OVERLAP:]
    return size


def _refused(name: str, expected: str, found: str) -> InputError:
    return InputError(
        "this file is not taken",
        where=name or "file",
        expected=expected,
        found=found,
        next_step="send another file, or the same content in another form",
    )
