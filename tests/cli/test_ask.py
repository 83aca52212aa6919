from __future__ import annotations

import csv
import json

import openpyxl
import pytest

import xenotime.cli.ask as command

PARTIES = """\
party,name,country
maker,Lamplight Magnets Co.,CN
buyer,Fernhill Drives AG,CH
source,Hollow Blocks,CN
"""
PRODUCTS = """\
product,name,kind,material,made_in
MG,Bought magnets,magnet,NdFeB,CN
OX,Oxide,oxide,element,CN
"""
STATED = "declaration,product,supplier,states\nD-1,MG,source,requested\n"
SHIPMENTS = "shipment,product,quantity,unit,exporter,consignee,status\n" + "".join(
    f"S-{n},{product},20,kg,maker,buyer,planned\n" for n, product in ((1, "MG"), (2, "MG"), (3, "OX"))
)
LEGS = "shipment,leg,day,from_country,to_country\n" + "".join(
    f"S-{n},1,2026-12-0{n},CN,CH\n" for n in (1, 2, 3)
)


@pytest.fixture
def portfolio(tmp_path):
    home = tmp_path / "june"
    home.mkdir()
    for name, text in (
        ("parties", PARTIES), ("products", PRODUCTS), ("declarations", STATED), ("shipments", SHIPMENTS),
        ("legs", LEGS),
    ):  # fmt: skip
        (home / f"{name}.csv").write_text(text, "utf-8")
    return home


def fill(path, value, by="Anna Example"):
    book = openpyxl.load_workbook(path)
    sheet = book["questions"]
    sheet["B3"], sheet["B5"] = by, "2026-11-20"
    for row in range(9, sheet.max_row + 1):
        sheet.cell(row, 6).value = value
    book.save(path)


def kept_in(portfolio):
    return list(csv.DictReader((portfolio / "answers.csv").read_text("utf-8-sig").splitlines()))


def test_questions_go_out_and_answers_come_back(run, portfolio, tmp_path):
    asked = run("ask", portfolio)
    assert asked.exit_code == 0, asked.output
    out = tmp_path / "june-questions"
    sent = sorted(path.name for path in out.iterdir())
    assert "supplier-source.xlsx" in sent
    assert "supplier-source.html" in sent
    made = json.loads((out / "questions.json").read_text("utf-8"))
    promised = {s for step in made["steps"] for s in step["settles"]}
    assert {w["shipment"] for w in made["waiting"]} >= promised >= {"S-1", "S-2"}
    for path in out.glob("*.xlsx"):
        fill(path, "no")
    back = run("ask", portfolio, "--answers", out, "--json", "--dry-run")
    assert back.exit_code == 2
    assert "an answer" in back.output or "this" in back.output


def test_answers_are_recorded_with_their_source_and_the_next_run_knows_them(run, portfolio, tmp_path):
    run("ask", portfolio, "--out", tmp_path / "out")
    sheet = tmp_path / "out" / "supplier-source.xlsx"
    fill(sheet, "no")
    tried = run("ask", portfolio, "--answers", sheet, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert not (portfolio / "answers.csv").exists()
    kept = run("ask", portfolio, "--answers", sheet)
    assert kept.exit_code == 0, kept.output
    assert "S-1" in kept.output
    rows = kept_in(portfolio)
    assert {(r["by"], r["day"], r["file"], r["party"]) for r in rows} == {
        ("Anna Example", "2026-11-20", "supplier-source.xlsx", "source")
    }
    assert [r["cell"] for r in rows] == [f"F{n}" for n in range(9, 9 + len(rows))]
    left = json.loads(run("ask", portfolio, "--json", "--dry-run").output)
    assert not {"S-1", "S-2"} & {w["shipment"] for w in left["waiting"]}
    assert run("check", portfolio).exit_code == 0


def test_answers_that_somebody_records_meanwhile_stay(run, portfolio, tmp_path, monkeypatch):
    run("ask", portfolio, "--out", tmp_path / "out")
    sheet = tmp_path / "out" / "supplier-source.xlsx"
    fill(sheet, "no")
    work, other = command.effect, "about,subject,fact,value,by,day\nproduct,OX,el_dy,no,Else,2026-11-19\n"

    def slow(*given, **more):
        (portfolio / "answers.csv").write_text(other, "utf-8")
        return work(*given, **more)

    monkeypatch.setattr(command, "effect", slow)
    assert run("ask", portfolio, "--answers", sheet).exit_code == 0
    assert [r["by"] for r in kept_in(portfolio)][:2] == ["Else", "Anna Example"]


def test_a_recorded_answer_is_replaced_only_if_asked(run, portfolio, tmp_path):
    run("ask", portfolio, "--out", tmp_path / "out")
    sheet = tmp_path / "out" / "supplier-source.xlsx"
    fill(sheet, "no")
    run("ask", portfolio, "--answers", sheet)
    fill(sheet, "yes")
    refused = run("ask", portfolio, "--answers", sheet)
    assert refused.exit_code == 2
    assert "two answers to one question differ" in refused.output
    assert run("ask", portfolio, "--answers", sheet, "--replace").exit_code == 0
    rows = kept_in(portfolio)
    assert {r["value"] for r in rows} == {"yes"}


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--answers"], "--answers needs the files that came back"),
        (["back.xlsx"], "files need --answers"),
    ],
)
def test_files_and_answers_belong_together(run, portfolio, words, what):
    found = run("ask", portfolio, *words)
    assert found.exit_code == 2
    assert what in found.output


def test_an_empty_folder_of_answers_is_refused(run, portfolio, tmp_path):
    (tmp_path / "back").mkdir()
    found = run("ask", portfolio, "--answers", tmp_path / "back")
    assert found.exit_code == 2
    assert "this folder holds no questionnaire" in found.output


def test_why_not_is_said_beside_a_decision(run, tmp_path):
    goods = "kind: magnet, material: NdFeB, processing: primary, elements: [Nd, '?Dy'], origin_china: yes"
    facts = f"{{from: CN, to: CH, {goods}}}"
    path = tmp_path / "case.yaml"
    path.write_text(f"on: 2026-09-01\nfacts: {facts}\n", "utf-8")
    told = run("decide", path, "--why-not")
    assert told.exit_code == 0, told.output
    assert "if el_dy = yes then ■ licence cn/mofcom-2025-18/1C905" in told.output
    assert "if el_dy = no then ○ not controlled" in told.output
    assert "individual: open to you as things stand" in told.output
    found = json.loads(run("decide", path, "--why-not", "--json").output)["why_not"]
    assert found["changes"][0]["turns"][0]["fact"] == "el_dy"
    assert found["banned"] is False
