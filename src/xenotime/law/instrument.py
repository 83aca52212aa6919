"""One Markdown file per instrument: front matter, and per article our own words and a rule block.

All YAML is read as strings only, without anchors or tags, so a stranger's file is data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from xenotime.core.errors import BookError
from xenotime.evidence.claims import Claim, read_claim

CLASSES = ("rule", "control_list", "watch_list", "unreliable_list", "suspension")
_ADDRESS = re.compile(r"[a-z][a-z0-9]*(/[a-z0-9][a-z0-9.-]*)+$")
_HEADING = re.compile(r"^## (?:Article|Paragraph|Item|List|Note|Section) (\S+): (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```yaml\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)
_MAX_BYTES = 1_000_000


class _Strings(yaml.BaseLoader):
    """YAML as strings, lists and mappings; anchors and tags are refused, so nothing can expand."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call] # the stubs of PyYAML leave it bare
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise yaml.YAMLError("anchors and aliases (& and *) and tags (!) are not read")
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Article:
    """The smallest citable part: our words, and the block that a rule is made from."""

    address: str
    part: str
    title: str
    text: str
    block: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Instrument:
    """An act of an authority, as one file says it.

    `claims` speak to what holds or will hold; `objections` to whether it may: what others say against its
    legal ground, and what is answered. Neither is law.
    """

    address: str
    title: str
    title_zh: str
    issuer: str
    published: date
    kind: str
    read_until: date | None
    front: Mapping[str, Any]
    prose: str
    articles: tuple[Article, ...]
    file: str
    claims: tuple[Claim, ...] = ()
    objections: tuple[Claim, ...] = ()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of sentences in the front matter, empty when absent."""
        return as_list(self.front.get(key))


def as_list(value: object) -> tuple[str, ...]:
    """One text or a list of texts, as a tuple."""
    if value is None or value == "":
        return ()
    if isinstance(value, list):
        return tuple(str(v) for v in value)
    return (str(value),)


def load_yaml(text: str, where: str) -> Any:
    """The YAML as strings, lists and mappings only.

    Raises BookError for broken YAML, anchors, duplicate keys or too much of it.
    """
    if len(text.encode()) > _MAX_BYTES:
        raise BookError(
            "this text is too long to be read", where=where, expected=f"at most {_MAX_BYTES} bytes"
        )
    try:
        loader = _Strings(text)
        root = loader.get_single_node()
        if root is None:
            return None
        _no_duplicates(root, where)
        return loader.construct_document(root)
    except (yaml.YAMLError, RecursionError, OverflowError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, line {mark.line + 1}" if mark else where
        raise BookError(
            "this block is not plain YAML",
            where=place,
            expected="keys, texts and lists, without anchors",
            found=str(getattr(error, "problem", None) or error).splitlines()[0],
            next_step="see docs/howto/add-an-instrument.md",
        ) from error


def _no_duplicates(root: yaml.Node, where: str) -> None:
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [k.value for k, _ in node.value if isinstance(k, yaml.ScalarNode)]
            twice = {k for k in keys if keys.count(k) > 1}
            if twice:
                line = node.start_mark.line + 1
                raise BookError(
                    "a key stands twice in this block",
                    where=f"{where}, line {line}",
                    expected="each key once",
                    found=", ".join(sorted(twice)),
                )
            stack.extend(v for _, v in node.value)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)


def parse_instrument(text: str, file: str) -> Instrument:
    """The instrument that a Markdown file describes.

    Raises BookError naming the file and the part that is missing or wrong.
    """
    front_text, body = _split_front(text, file)
    front = load_yaml(front_text, f"{file}, front matter")
    if not isinstance(front, dict):
        raise BookError("the front matter is not a list of keys", where=file, expected="id, title, issuer, …")
    address = _required(front, "id", file)
    if not _ADDRESS.match(address):
        raise BookError(
            "this address is not safe in shell, URL and file name",
            where=file,
            expected="lower case, digits, dots and hyphens: cn/mofcom-2025-61",
            found=repr(address),
        )
    kind = str(front.get("class", "rule"))
    if kind not in CLASSES:
        raise BookError(
            "this instrument has no known class", where=file, expected=", ".join(CLASSES), found=kind
        )
    if not as_list(front.get("sources")):
        raise BookError(
            "this instrument names no source",
            where=file,
            expected="sources: [S1, …]",
            found="none",
            next_step="add the source, with an entry in sources.toml or a `sources_here` block",
        )
    prose, articles = _articles(body, address, file)
    return Instrument(
        address,
        _required(front, "title", file),
        str(front.get("title_zh", "")),
        _required(front, "issuer", file),
        iso_day(_required(front, "published", file), f"{file}, published"),
        kind,
        iso_day(str(front["read_until"]), f"{file}, read_until") if front.get("read_until") else None,
        front,
        prose,
        articles,
        file,
        tuple(read_claim(row, f"{file}, claims") for row in front.get("claims") or ()),
        tuple(read_claim(row, f"{file}, objections") for row in front.get("objections") or ()),
    )


def iso_day(text: str, where: str) -> date:
    """An ISO day; nothing else is a date in a book. Raises BookError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BookError(
            "this is not a date",
            where=where,
            expected="YYYY-MM-DD",
            found=repr(text),
            next_step="write the ISO day",
        ) from error


def _split_front(text: str, file: str) -> tuple[str, str]:
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    parts = text.split("\n---\n", 1) if text.startswith("---\n") else []
    if len(parts) != 2:
        raise BookError(
            "this file has no front matter",
            where=file,
            expected="a first block between two lines of ---",
            found=repr(text[:40]),
            next_step="see docs/howto/add-an-instrument.md",
        )
    return parts[0].removeprefix("---\n"), parts[1]


def _required(front: Mapping[str, Any], key: str, file: str) -> str:
    value = front.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BookError("the front matter lacks a key", where=file, expected=key, found=f"{key}: {value!r}")
    return value.strip()


def _articles(body: str, address: str, file: str) -> tuple[str, tuple[Article, ...]]:
    headings = list(_HEADING.finditer(body))
    prose = body[: headings[0].start()] if headings else body
    ends: Sequence[int] = [*(h.start() for h in headings[1:]), len(body)]
    articles = tuple(
        _article(h[1], h[2], body[h.end() : end], address, file)
        for h, end in zip(headings, ends, strict=False)
    )
    parts = [a.part for a in articles]
    twice = {p for p in parts if parts.count(p) > 1}
    if twice:
        raise BookError(
            "two articles have one address", where=file, expected="each part once", found=str(twice)
        )
    return prose.strip(), articles


def _article(part: str, title: str, body: str, address: str, file: str) -> Article:
    where = f"{file}, {part}"
    blocks = list(_FENCE.finditer(body))
    if len(blocks) != 1:
        raise BookError(
            "an article needs one rule block",
            where=where,
            expected="one ```yaml block (a rule, or cannot_encode: reason)",
            found=f"{len(blocks)} blocks",
        )
    block = load_yaml(blocks[0][1], where)
    if not isinstance(block, dict):
        raise BookError("the rule block is not a list of keys", where=where, expected="rule, question, …")
    words = (body[: blocks[0].start()] + body[blocks[0].end() :]).strip()
    return Article(f"{address}/{part}", part, title.strip(), words, block)
