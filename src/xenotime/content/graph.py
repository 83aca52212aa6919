"""Parts before the products that hold them: an order without recursion, or the cycle by name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from xenotime.core.errors import InputError


def arrange(
    products: Iterable[str], parts: Mapping[str, Sequence[str]], known: Container[str] = ()
) -> tuple[str, ...]:
    """Every product after all of its parts, at any depth; those already `known` are left out.

    Raises InputError that names the products of a cycle.

    >>> arrange(["motor", "magnet"], {"motor": ["magnet"]})
    ('magnet', 'motor')
    """
    done: dict[str, None] = {}
    for start in products:
        if start not in done and start not in known:
            _descend(start, parts, done, known)
    return tuple(done)


def _descend(
    start: str, parts: Mapping[str, Sequence[str]], done: dict[str, None], known: Container[str]
) -> None:
    path: dict[str, None] = {start: None}
    stack = [iter(parts.get(start, ()))]
    while stack:
        for part in stack[-1]:
            if part in path:
                raise _cycle([*path], part)
            if part not in done and part not in known:
                path[part] = None
                stack.append(iter(parts.get(part, ())))
                break
        else:
            stack.pop()
            done[path.popitem()[0]] = None


def _cycle(path: list[str], part: str) -> InputError:
    ring = [*path[path.index(part) :], part]
    shown = ring if len(ring) <= 12 else [*ring[:6], "…", *ring[-5:]]
    return InputError(
        "a product contains itself",
        where="parts",
        expected="a parts list without cycles",
        found=" > ".join(shown),
        next_step="remove or correct one of these part rows",
    )


def reach(start: str, parts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The product and everything inside it, each once, nearest first."""
    seen: dict[str, None] = {start: None}
    for product in (queue := [start]):
        for part in parts.get(product, ()):
            if part not in seen:
                seen[part] = None
                queue.append(part)
    return tuple(seen)
