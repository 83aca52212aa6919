"""A certificate for people: one page of HTML and one PDF, in English and Chinese."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import segno
from markupsafe import Markup

from xenotime.report import paper
from xenotime.report.face import face
from xenotime.report.sheet import environment, sheet, style, trusted
from xenotime.services.programme.office import Office


def html(office: Office, number: str, at: datetime) -> str:
    """The certificate as one page that opens without a network and prints on paper."""
    shown = face(office, number, at)
    template = environment().get_template("certificate.html")
    return template.render(it=shown, qr=qr(shown.address), **sheet(style("certificate.css")))


def qr(text: str) -> Markup:
    """A text as a QR code in SVG."""
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=3, border=2, xmldecl=False, nl=False)
    return trusted(drawn.getvalue().decode())


def pdf(office: Office, number: str, at: datetime) -> bytes:
    """The certificate as a PDF; equal certificates at one instant are equal bytes."""
    return paper.drawn(face(office, number, at))
