"""Nothing below wiring asks the day; law and content hold no float; law, content and parties read no file."""

from __future__ import annotations

import ast
import re

#: Where a clock may be read: the port's one implementation, and what joins the parts.
CLOCKS = ("wiring/__init__.py", "stores/clock.py")
CLOCK_CALLS = re.compile(r"(?:^|\.)(?:now|today|utcnow|time|time_ns|localtime|gmtime|ctime)$")
CLOCK_OWNERS = {"date", "datetime", "time", "dt"}

#: Below services only these open files, each for its reason.
READERS = {
    "law/read.py": "the packaged book, and a user's own notices",
    "evidence/": "the packaged tables of claims",
    "portfolio/": "the user's tables, and the packaged description of them",
    "parties/tables.py": "the packaged tables of words, readings, weights and policies",
    "programme/read.py": "the packaged manifests and profiles",
    "supply/scenario/read.py": "the packaged scenarios",
    "supply/world/read.py": "the packaged settings of the world",
    "supply/measure/protocol.py": "the packaged protocol of the backtest",
}
BELOW_SERVICES = (
    "core/",
    "evidence/",
    "portfolio/",
    "law/",
    "content/",
    "parties/",
    "programme/",
    "seal/",
    "supply/",
)
OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "files", "load_workbook"}


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def is_clock(call):
    owner, _, name = call.rpartition(".")
    return bool(CLOCK_CALLS.search(call)) and owner.split(".")[-1] in CLOCK_OWNERS and bool(name)


def test_no_clock_below_wiring(modules):
    found = {n: [c for c in calls(tree) if is_clock(c)] for n, tree in modules.items()}
    assert {n: c for n, c in found.items() if c and n not in CLOCKS} == {}


def test_the_clock_test_can_see_a_clock():
    seen = calls(ast.parse("date.today(); datetime.datetime.now(UTC); time.time(); clock.today()"))
    assert [is_clock(call) for call in seen] == [True, True, True, False]


def test_no_float_in_law_or_content(modules):
    exact = {
        n: t
        for n, t in modules.items()
        if n.startswith(("law/", "content/", "parties/", "programme/", "core/"))
    }
    literal = [
        (n, node.value)
        for n, tree in exact.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert literal == []
    assert [n for n, tree in exact.items() if "float" in set(calls(tree))] == []


def test_only_named_modules_below_services_open_files(modules):
    opening = {
        n
        for n, tree in modules.items()
        if n.startswith(BELOW_SERVICES) and any(c.split(".")[-1] in OPENERS for c in calls(tree))
    }
    assert sorted(n for n in opening if not n.startswith(tuple(READERS))) == []


def unexplained(line):
    """Whether a line silences a checker and gives no reason after the code."""
    silenced = re.search(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover)(.*)$", line)
    rest = re.sub(r"^(?:\[[\w, -]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)", "", silenced[1]) if silenced else ""
    return bool(silenced) and not re.search(r"\w+\W+\w+", rest)


def test_nothing_pretends(root):
    """No skip, no certain truth, no silenced checker without its reason on the line."""
    pretends = re.compile(
        r"pytest\.(?:skip|importorskip|xfail)|mark\.(?:skip|xfail)|^\s*assert (?:True|1)\s*$"
    )
    lines = [
        (f"{path.relative_to(root)}:{number}", line)
        for path in sorted([*(root / "tests").rglob("*.py"), *(root / "src").rglob("*.py")])
        if path.name != "test_purity.py"  # says the words that it looks for
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    assert [where for where, line in lines if pretends.search(line) or unexplained(line)] == []


def test_a_reason_is_told_from_a_code():
    silent, told = "x = 1  # noqa: E501", "x = 1  # noqa: E501 - the address is one word"
    assert [unexplained(silent), unexplained("y  # type: ignore[arg-type]"), unexplained(told)] == [
        True,
        True,
        False,
    ]
