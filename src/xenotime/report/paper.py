"""Draws a certificate's face on paper: A4, both languages, the notice at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import chain, repeat
from typing import Any
from xml.sax.saxutils import escape

import segno
from anyascii import anyascii
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from xenotime.report.face import Face, Pair

LATIN, BOLD, HAN = "Helvetica", "Helvetica-Bold", "STSong-Light"
_INK, _MUTED, _HAIR, _WARN = (
    HexColor("#1b1f24"),
    HexColor("#57606a"),
    HexColor("#d0d7de"),
    HexColor("#8c1020"),
)
_GOOD = HexColor("#20704f")
_SIGNS = {"active": _GOOD}
_EDGE, _FOOT = 15 * mm, 27 * mm
_QR = 34 * mm
_ALL = ((0, 0), (-1, -1))
_TOP: Any = ("VALIGN", *_ALL, "TOP")


def drawn(it: Face) -> bytes:
    """The face as a PDF, the same bytes for the same face."""
    registerFont(UnicodeCIDFont(HAN))
    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=_EDGE,
        rightMargin=_EDGE,
        topMargin=_EDGE,
        bottomMargin=_FOOT,
        title=f"{it.title[0]} {it.number}",
        author=it.authority[0],
        lang="en",
        invariant=1,
    )
    foot = partial(_foot, it=it)
    document.build([*_head(it), *_body(it)], onFirstPage=foot, onLaterPages=foot)
    return made.getvalue()


def _head(it: Face) -> Iterator[Flowable]:
    """Authority, title, number, state and QR code, the notice under them."""
    words = [
        *_both(it.authority, 9, _MUTED),
        Spacer(1, 3 * mm),
        *_both(it.title, 17, _INK, bold=True),
        Spacer(1, 2 * mm),
        *_both((it.number, ""), 13, _INK),
        *_both(it.state_words, 13, _SIGNS.get(it.state, _WARN), bold=True),
    ]
    width = A4[0] - 2 * _EDGE - _QR - 4 * mm
    yield Table(
        [[words, _Code(it.address)]],
        [width, _QR + 4 * mm],
        style=TableStyle([_TOP]),
    )
    if it.notice[0]:
        yield Spacer(1, 3 * mm)
        box: list[Any] = [("BOX", *_ALL, 1, _WARN), _TOP]
        yield Table([[_both(it.notice, 10, _WARN, bold=True)]], [A4[0] - 2 * _EDGE], style=TableStyle(box))
    yield Spacer(1, 4 * mm)


def _body(it: Face) -> Iterator[Flowable]:
    """The rows, names on the left."""
    rows: list[list[list[Flowable]]] = []
    lines = [_TOP, ("TOPPADDING", *_ALL, 2), ("BOTTOMPADDING", *_ALL, 2)]
    for row in it.rows:
        lines.append(("LINEABOVE", (0, len(rows)), (-1, len(rows)), 0.4, _HAIR))
        for name, value in zip(chain([row.name], repeat(("", ""))), row.values, strict=False):
            rows.append([_both(name, 8, _MUTED), _both(value, 9, _INK)])
    left = 48 * mm
    yield Table(rows, [left, A4[0] - 2 * _EDGE - left], style=TableStyle(lines), splitInRow=1)
    yield Spacer(1, 4 * mm)
    for pair in (it.verify, it.scan, it.printed):
        yield from _both(pair, 8, _MUTED)


def _foot(canvas: Canvas, document: SimpleDocTemplate, it: Face) -> None:
    """The notice, the address and the page's number, on every page."""
    words = [
        *_both(it.notice, 7, _WARN),
        *_both((f"{it.number} · {it.url} · {document.page}", ""), 7, _MUTED),
    ]
    height = _FOOT - 8 * mm
    for flowable in words:
        _, tall = flowable.wrap(A4[0] - 2 * _EDGE, height)
        height -= tall
        flowable.drawOn(canvas, _EDGE, height + 2 * mm)


def _both(pair: Pair, size: float, ink: Color, *, bold: bool = False) -> list[Flowable]:
    """A text in English, and under it in Chinese; what is empty is left out."""
    return [_text(text, size, ink, bold=bold) for text in pair if text]


def _text(text: str, size: float, ink: Color, *, bold: bool) -> Paragraph:
    runs = "".join(f'<font name="{HAN}">{escape(t)}</font>' if h else escape(t) for h, t in _runs(text))
    style = ParagraphStyle(
        "text",
        fontName=BOLD if bold else LATIN,
        fontSize=size,
        leading=size * 1.25,
        textColor=ink,
        wordWrap="CJK" if "<font" in runs else None,
        splitLongWords=1,
    )
    return Paragraph(runs, style)


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """The text in runs that one font can draw: Latin, then Chinese; other letters by the nearest Latin ones.

    >>> list(_runs("Müller 林道 ł"))
    [(False, 'Müller '), (True, '林道'), (False, ' l')]
    """
    run, was = "", False
    for sign in text.replace("\u202f", "\xa0"):
        han, shown = _drawable(sign)
        if run and han != was:
            yield was, run
            run = ""
        run, was = run + shown, han
    if run:
        yield was, run


def _drawable(sign: str) -> tuple[bool, str]:
    """Whether a sign takes the Chinese font, and what stands for it."""
    for encoding, han in (("cp1252", False), ("gbk", True)):
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            continue
        return han, sign
    return False, anyascii(sign)


class _Code(Flowable):
    """A QR code of 34 mm."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows = tuple(tuple(row) for row in segno.make(text, error="m").matrix)
        self.width = self.height = _QR

    def draw(self) -> None:
        """Draw its dark squares."""
        step = _QR / len(self.rows)
        self.canv.setFillColor(_INK)
        for y, row in enumerate(self.rows, 1):
            for x, dark in enumerate(row):
                if dark:
                    self.canv.rect(x * step, _QR - y * step, step, step, stroke=0, fill=1)
