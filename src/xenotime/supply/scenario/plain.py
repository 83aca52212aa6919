"""A YAML file as texts, lists and keys that remember their lines: small, shallow, without tags or anchors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from xenotime.core.errors import InputError

#: A scenario is short: at most so many bytes, and lists in lists so deep.
MOST_BYTES = 200_000
DEEPEST = 8
_NEXT = "see docs/howto/write-a-scenario.md"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the file (a text, a list or a mapping) and where it stands: ``mine.yaml, line 12``."""

    value: str | tuple[Entry, ...] | Mapping[str, Entry]
    where: str


class _Strings(yaml.BaseLoader):
    """Reads everything as text; refuses what could expand or nest without end."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 (a node of PyYAML)
        event = self.peek_event()  # type: ignore[no-untyped-call] # the stubs of PyYAML leave it bare
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(
                problem="anchors and aliases (& and *) and tags (!) are not read",
                problem_mark=event.start_mark,
            )
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(
                problem=f"lists stand more than {DEEPEST} deep in each other", problem_mark=event.start_mark
            )
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def plain(text: str, where: str) -> Entry:
    """The file's top mapping. Raises InputError for broken YAML, anchors, a repeated key or too much."""
    if len(text.encode()) > MOST_BYTES:
        raise InputError(
            "this file is too long for a scenario",
            where=where,
            expected=f"at most {MOST_BYTES} bytes",
            found=f"{len(text.encode())} bytes",
            next_step=_NEXT,
        )
    try:
        root = _Strings(text).get_single_node()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            "this file is not plain YAML",
            where=f"{where}, line {mark.line + 1}" if mark else where,
            expected="keys, texts and lists, without anchors",
            found=str(getattr(error, "problem", None) or error).splitlines()[0],
            next_step=_NEXT,
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise InputError(
            "this file is no scenario",
            where=where,
            expected="keys such as id, title, start, days",
            found=repr(text[:40]),
            next_step=_NEXT,
        )
    return _entry(root, where)


def _entry(node: yaml.Node, file: str) -> Entry:
    where = f"{file}, line {node.start_mark.line + 1}"
    if isinstance(node, yaml.MappingNode):
        return Entry(_keys(node, file), where)
    if isinstance(node, yaml.SequenceNode):
        return Entry(tuple(_entry(item, file) for item in node.value), where)
    return Entry(str(node.value), where)


def _keys(node: yaml.MappingNode, file: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found or not isinstance(key, yaml.ScalarNode):
            raise InputError(
                "a key stands twice here" if name in found else "this key is no plain word",
                where=f"{file}, line {key.start_mark.line + 1}",
                expected="each key once, as a word",
                found=name,
                next_step=_NEXT,
            )
        found[name] = _entry(value, file)
    return found
