from __future__ import annotations

import json

import pytest

TABLE = """\
owner,owned,owner_name,owned_name,share_percent
northgate,westmark,Northgate Holding,Westmark Metals,30
eastmere,westmark,Eastmere Works,Westmark Metals,25
westmark,target,Westmark Metals,Target Magnets,50
fund,target,Fund of Nobody,Target Magnets,50
fund,other,Fund of Nobody,Other Magnets,100
"""
LISTED = ("--listed", "northgate", "--listed", "eastmere")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_three_rules_answer_side_by_side(run, table):
    done = run("own", "target", "--from", table, "--on", "2026-01-05", *LISTED)
    assert (done.exit_code, done.stderr) == (1, "")
    heads = [line for line in done.stdout.splitlines() if line[:1] in "▲○?⊘" and line[:1]]
    assert [line.split("  ")[0] for line in heads] == ["? mofcom-61", "▲ bis", "▲ ofac"]
    assert "30 % ⊘ Northgate Holding" in done.stdout
    assert "Σ 55 % (11/20) ≥ 50 %" in done.stdout


def test_how_owners_are_put_together_can_be_chosen(run, table):
    words = ("own", "target", "--from", table, "--on", "2026-01-05", "--rule", "mofcom-61", *LISTED)
    assert [run(*words, "--aggregate", how).exit_code for how in ("all", "each")] == [1, 0]


def test_a_no_ends_with_nothing_found(run, table):
    done = run("own", "Other Magnets", "--from", table, "--rule", "ofac", *LISTED)
    assert done.exit_code == 0
    assert (
        done.stdout.splitlines()[2]
        == "○ ofac  not; counted owners hold 0 % (0), under the line (50 % or more)"
    )


def test_every_file_is_written_and_the_proof_is_accepted(run, table, tmp_path):
    made = [tmp_path / name for name in ("a.svg", "a.html", "a.json")]
    words = ("--svg", made[0], "--html", made[1], "--proof", made[2])
    done = run("own", "target", "--from", table, "--on", "2026-01-05", *LISTED, *words)
    assert done.stdout.splitlines()[-3:] == [f"wrote {path}" for path in made]
    checked = run("own", "--check", made[2], "--from", table, *LISTED)
    assert (checked.exit_code, checked.stdout.splitlines()) == (
        0,
        [
            "mofcom-61  target  2026-01-05  accepted: not",
            "bis  target  2026-01-05  accepted: certainly",
            "ofac  target  2026-01-05  accepted: certainly",
        ],
    )


def test_a_proof_of_other_data_is_refused(run, table, tmp_path):
    proof = tmp_path / "p.json"
    run("own", "target", "--from", table, "--on", "2026-01-05", "--rule", "ofac", *LISTED, "--proof", proof)
    table.write_text(TABLE.replace("Westmark Metals,30", "Westmark Metals,20"), "utf-8")
    done = run("own", "--check", proof, "--from", table, *LISTED)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (1, "ofac  target  2026-01-05  refused")


def test_without_a_list_the_names_above_are_screened(run, table):
    table.write_text(TABLE.replace("Northgate Holding", "Echodyne"), "utf-8")
    done = run(
        "own", "target", "--from", table, "--on", "2025-06-05", "--known", "2025-07-01", "--rule", "mofcom-61"
    )
    assert "Echodyne = Echodyne cn/mofcom-2025-22/" in " ".join(done.stdout.split())


def test_a_rule_whose_lists_nobody_read_says_so(run, table):
    done = run("own", "target", "--from", table, "--rule", "ofac")
    assert done.exit_code == 1
    told = " ".join(done.stdout.split())
    assert "? ofac cannot be said: no list of a kind that this rule counts was read (us-sdn)" in told
    assert "ofac: no list of the kind us-sdn was read" in told


def test_the_json_is_one_object_even_when_files_are_written(run, table, tmp_path):
    done = run(
        "own", "target", "--from", table, "--rule", "ofac", *LISTED, "--json", "--svg", tmp_path / "a.svg"
    )
    found = json.loads(done.stdout)
    assert [(r["rule"]["id"], r["answer"]) for r in found["rules"]] == [("ofac", "certainly")]
    assert done.stderr == f"wrote {tmp_path / 'a.svg'}\n"


def test_a_portfolio_is_ownership_data_too(run, small):
    (small / "ownership.csv").write_text("owner,owned,share_percent\nowner,buyer,60\n", "utf-8")
    with (small / "parties.csv").open("a", encoding="utf-8") as file:
        file.write("owner,Owner of Nothing Else,CH,\n")
    done = run("own", "buyer", "-p", small, "--rule", "ofac", "--listed", "owner")
    assert (done.exit_code, "60 % (3/5)" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("own", "target"), "no ownership data is named"),
        (("own", "nobody", "--from", "TABLE"), "the ownership data knows no such party"),
        (("own", "target", "--from", "TABLE", "--rule", "x"), "no ownership rule has this name"),
        (("own", "target", "--from", "TABLE", "--listed", "x"), "the ownership data knows no such party"),
        (("own", "--check", "TABLE", "--from", "TABLE"), "this is not a file of ownership proofs"),
    ],
)
def test_what_cannot_be_used_is_refused(run, table, refused, words, what):
    assert refused(run(*(table if word == "TABLE" else word for word in words)))["what"] == what


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}", "?  ?  ?  refused"),
        ('{"rule": {"id": "ofac"}}', "ofac  ?  ?  refused"),
        (
            '{"rule": {"id": "ofac"}, "party": "target", "on": "2026-01-05"}',
            "ofac  target  2026-01-05  refused",
        ),
    ],
)
def test_half_a_proof_is_refused_and_says_why(run, table, tmp_path, text, says):
    path = tmp_path / "p.json"
    path.write_text(text, "utf-8")
    done = run("own", "--check", path, "--from", table, *LISTED)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (1, says)
    assert done.stdout.splitlines()[1].startswith("  ")


def test_the_answer_can_be_chinese(run, table):
    done = run("own", "target", "--from", table, "--rule", "ofac", *LISTED, "--lang", "zh")
    assert "确定; 计入的持有人合计50 % (1/2)：达到界线（50 %及以上）" in done.stdout.replace("\n", "")
