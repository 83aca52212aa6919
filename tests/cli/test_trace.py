from __future__ import annotations

import json
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "magnet-maker"


def test_a_product_is_drawn_as_a_tree_with_its_gaps(run):
    result = run("trace", "EX-GEN", "-p", EXAMPLE)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("✓ E-axle, generic 电驱桥")
    assert "missing  " in result.stdout


def test_the_share_is_exact(run):
    text = run("trace", "MG-EE999", "-p", EXAMPLE).stdout
    assert "below 0.1 %" in text
    assert "9999/10000000" in text


def test_json_is_the_whole_tree(run):
    found = json.loads(run("trace", "MG-EE100", "-p", EXAMPLE, "--json").stdout)
    assert (found["root"]["key"], found["share"]["low"]) == ("MG-EE100", "1/1000")


def test_an_unknown_product_is_refused(run, refused):
    found = refused(run("trace", "nothing", "-p", EXAMPLE))
    assert (found["what"], found["found"]) == ("no product has this id", "nothing")
