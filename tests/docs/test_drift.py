"""Nothing has a page that is stale, and nothing that needs a page is without one."""

from __future__ import annotations

import importlib.util
import re

import pytest

from xenotime.core import errors
from xenotime.law.read import read_book


@pytest.fixture(scope="module")
def generate(root):
    spec = importlib.util.spec_from_file_location("generate", root / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rendered(generate):
    return dict(generate.render())


def test_no_reference_is_stale(generate, rendered):
    assert generate.stale(rendered) == []


def test_a_stale_page_is_seen(generate, rendered):
    assert generate.stale({**rendered, "facts.md": "old"}) == ["facts.md"]


def test_every_fact_error_predicate_and_article_has_a_place(rendered):
    book = read_book()
    classes = {n for n, c in vars(errors).items() if isinstance(c, type) and issubclass(c, Exception)}
    shown = {page: set(re.findall(r"^##+ ([^\n:]+)", text, re.MULTILINE)) for page, text in rendered.items()}
    assert {n for n in book.facts if not n.startswith(("listed_", "held_"))} <= shown["facts.md"]
    assert classes == shown["errors.md"]
    assert set(book.predicates) <= shown["predicates.md"]
    for instrument in book.instruments.values():
        page = rendered[f"articles/{instrument.address.replace('/', '-')}.md"]
        assert [a.address for a in instrument.articles if f"`{a.address}`" not in page] == []


def test_prose_cannot_become_markup(generate):
    assert generate._text("a < b | c\nd\n\ne *f* {g}") == "a \\< b \\| c d\n\ne \\*f\\* \\{g}"


def test_a_tree_is_a_nested_list(generate):
    tree = {"all": ["a", {"not": "b"}, {"party_listed": ["control_list"]}]}
    assert generate._tree(tree, "p.md") == [
        "- all of",
        "  - [`a`](p.md#a)",
        "  - not",
        "    - [`b`](p.md#b)",
        "  - party listed: `control_list`",
    ]


def test_every_link_between_pages_resolves(root):
    """A relative link in README, CONTRIBUTING or docs names a file that exists."""
    found = [*root.glob("*.md"), *root.glob("docs/**/*.md")]
    broken = [
        f"{path.relative_to(root)}: {target}"
        for path in found
        if "_build" not in path.parts
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8"))
        if "://" not in target and not target.startswith(("#", "mailto:"))
        if not (path.parent / target.split("#")[0]).exists()
    ]
    assert broken == []


def test_every_page_of_the_site_is_reached(root):
    """Each page is named by the tree of an index, so that a reader can find it."""
    docs = root / "docs"
    named = set()
    for index in docs.rglob("*.md"):
        trees = re.findall(r"^```\{toctree\}\n(.*?)^```", index.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        lines = [line for tree in trees for line in tree.splitlines() if line and not line.startswith(":")]
        named |= {page.resolve() for line in lines for page in index.parent.glob(f"{line}.md")}
    pages = {p.resolve() for p in docs.rglob("*.md") if "_build" not in p.parts}
    assert sorted(p.relative_to(docs).as_posix() for p in pages - named) == ["index.md"]
