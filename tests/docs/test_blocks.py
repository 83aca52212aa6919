"""Every code block of README, CONTRIBUTING and docs runs: a page is one session in one sandbox."""

from __future__ import annotations

import csv
import io
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from xenotime.cli.main import cli

ROOT = Path(__file__).parents[2]
#: Languages of blocks that are shown and not run: plain text, and the site's own directives.
SHOWN = {"text", "{toctree}"}


def pages():
    found = [*ROOT.glob("*.md"), *ROOT.glob("examples/**/*.md"), *ROOT.glob("docs/**/*.md")]
    ours = [p.relative_to(ROOT) for p in found if "_build" not in p.parts and "-report" not in p.as_posix()]
    return sorted(
        p.as_posix() for p in ours if p.parts[:2] != ("docs", "reference") and p.parts[1:2] != ("law",)
    )


def lines(block):
    """The commands of a console block with the output shown under each; a closing backslash continues."""
    for part in ("\n" + block.text.replace("\\\n", " ")).split("\n$ ")[1:]:
        command, _, output = part.partition("\n")
        yield command, output.strip("\n")


def follows(shown, output):
    """Whether the printed text holds the shown pieces in their order; a line of just … stands for any.

    The pieces begin where the output begins, unless the first line shown is such a line.
    """
    printed, at = "\n".join(line.rstrip() for line in output.splitlines()), 0
    for number, piece in enumerate(re.split(r"^…$", shown, flags=re.MULTILINE)):
        wanted = piece.strip("\n")
        found = printed.find(wanted, at)
        if found < 0 or (number == 0 and found > 0):
            return False
        at = found + len(wanted)
    return True


def run_xenotime(words, block, shown):
    result = CliRunner().invoke(cli, words, prog_name="xenotime")
    expected = int(block.asks.get("exit", 0))
    assert result.exit_code == expected, f"{shlex.join(words)}\n{result.output}\n{result.exception!r}"
    if shown:
        assert follows(shown, result.output), f"{shlex.join(words)}\n{shown}\n--- printed\n{result.output}"


def run_make(words, _block, _shown):
    # Named, not run: a target that runs the tests cannot run inside them.
    subprocess.run(["make", "--dry-run", *words], cwd=ROOT, check=True, capture_output=True)


PROGRAMS = {"xenotime": run_xenotime, "make": run_make}


def run_console(block, _place):
    for command, shown in lines(block):
        program, *words = shlex.split(command)
        assert program in PROGRAMS, f"line {block.line}: the tests cannot run '{program}'; say it in prose"
        PROGRAMS[program](words, block, shown)


def run_python(block, _place):
    exec(compile(block.text, f"line {block.line}", "exec"), {"__name__": "page"})  # noqa: S102 - our own page


RUNS = {
    "console": run_console,
    "python": run_python,
    "toml": lambda block, _: tomllib.loads(block.text),
    "yaml": lambda block, _: yaml.load(block.text, yaml.BaseLoader),  # noqa: S506 - strings only, the safest one
    "csv": lambda block, _: list(csv.reader(io.StringIO(block.text), strict=True)),
    "markdown": lambda block, _: block.asks["file"],  # only ever the text of a file that a command then reads
}


@pytest.mark.parametrize("page", pages())
def test_every_block_runs(page, read_blocks, sandbox):
    for block in read_blocks(ROOT / page):
        if block.language in SHOWN:
            continue
        assert block.language in RUNS, f"{page}:{block.line}: no test runs '{block.language}' blocks"
        if "file" in block.asks:
            place = sandbox / block.asks["file"]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, "utf-8")
        RUNS[block.language](block, sandbox)


def test_the_reader_of_blocks_sees_them(tmp_path, read_blocks):
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- file: a.toml -->\n<!-- exit: 2 -->\n```toml\na = 1\n```\n\n```console\n$ make\n```\n", "utf-8"
    )
    first, second = read_blocks(page)
    assert (first.language, first.text, first.line) == ("toml", "a = 1\n", 3)
    assert first.asks == {"file": "a.toml", "exit": "2"}
    assert list(lines(second)) == [("make", "")]


def test_shown_output_is_compared():
    printed = "one\ntwo  \nthree\n"
    shown = ["one\n…\nthree", "one\ntwo", "…\ntwo", "two", "three\n…\none", "four"]
    assert [follows(text, printed) for text in shown] == [True, True, True, False, False, False]
