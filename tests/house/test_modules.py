from __future__ import annotations

import ast
import re

BANNED = re.compile(r"utils?|helpers?|common|misc|managers?|base|shared|stuff")
LONGEST = 400
#: Test folders that mirror no layer; tests/README.md says what each is for.
ACROSS = {
    "attack",
    "books",
    "browser",
    "docs",
    "end_to_end",
    "examples",
    "fixtures",
    "house",
    "properties",
    "spark",
    "vectors",
}


def public(tree):
    """Every public definition of a module and of its public classes, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{n}", f) for n, f in public(node))


def imports(node, module):
    return isinstance(node, ast.ImportFrom) and node.module == module


def test_names_are_one_word_and_mean_something(modules):
    word = re.compile(r"[a-z]+\d*|__init__|__main__")
    assert [n for n in modules if not word.fullmatch(n.removesuffix(".py").split("/")[-1])] == []
    parts = {n: n.removesuffix(".py").split("/") for n in modules}
    assert [n for n, words in parts.items() if any(map(BANNED.fullmatch, words))] == []


def test_no_module_is_too_long(modules, root):
    home = root / "src" / "xenotime"
    lengths = {n: len((home / n).read_text("utf-8").splitlines()) for n in modules}
    assert {n: length for n, length in lengths.items() if length > LONGEST} == {}


def test_everything_public_says_what_it_is(modules):
    assert [n for n, tree in modules.items() if not ast.get_docstring(tree)] == []
    named = [(n, name, node) for n, tree in modules.items() for name, node in public(tree)]
    assert [(n, name) for n, name, node in named if not ast.get_docstring(node)] == []


def test_a_docstring_starts_with_a_sentence(modules):
    first = {
        f"{n}: {name}": (ast.get_docstring(d) or "").split("\n\n")[0].split("\n    ")[0]
        for n, tree in modules.items()
        for name, d in public(tree)
    }
    assert [name for name, text in first.items() if not re.search(r"[.:!?)`…]$", text.strip())] == []


def test_nothing_is_imported_by_star(modules):
    stars = [
        n
        for n, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(a.name == "*" for a in node.names)
    ]
    assert stars == []


def test_annotations_are_postponed_everywhere(modules):
    code = {n: tree for n, tree in modules.items() if not n.endswith("__init__.py")}
    assert [n for n, t in code.items() if not any(imports(node, "__future__") for node in t.body)] == []


def test_books_hold_no_code(modules):
    assert [n for n in modules if n.startswith("books/")] == ["books/__init__.py"]
    assert len(modules["books/__init__.py"].body) == 1


def mirrors(place, known):
    """Whether tests/law/test_read.py, or tests/law/test_read_dates.py, is about a module: law/read.py."""
    *folders, file = place
    about = file.removeprefix("test_").removesuffix(".py").split("_")[0]
    return folders[0] in ACROSS or "/".join([*folders, about]) in known


def test_tests_mirror_the_modules_they_name(modules, root):
    known = {n.removesuffix(".py") for n in modules}
    places = [p.relative_to(root / "tests").parts for p in (root / "tests").rglob("test_*.py")]
    assert ["/".join(place) for place in places if not mirrors(place, known)] == []
