from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest

from xenotime.core.errors import AddressError, BookError, ClashError, InputError
from xenotime.law.instrument import load_yaml
from xenotime.law.law import fold_book
from xenotime.law.read import packaged, read_book
from xenotime.services import laws
from xenotime.services.laws import (
    add_notice,
    hinges,
    list_instruments,
    remove_notice,
    segments_of,
    show,
    timeline,
)
from xenotime.services.library import open_library
from xenotime.services.transaction import decide_transaction, parse_transaction, transaction
from xenotime.stores.notices import NoticeFolder

ROOT = Path(__file__).parents[2]
MUSEUM = ROOT / "tests" / "fixtures" / "law"
TODAY = date(2026, 11, 21)
EXTENSION = (ROOT / "examples" / "law" / "extension-of-the-suspension.md").read_text(encoding="utf-8")
ELEMENT = (ROOT / "examples" / "law" / "new-element.md").read_text(encoding="utf-8")
#: Rows that turned on the end of the first suspension, and what each becomes when it is prolonged.
PROLONGED = {
    **dict.fromkeys("A32 B04 B12 B13 B14 B20 B21 B23 B24 B30 C08".split(), "not_controlled"),
    "D11": "open",
    "estonian-smco-magnets-usd-100-00-2026-12-15": "not_controlled",
    "holmium-metal-to-germany-2026-11-16": "not_controlled",
}
NEODYMIUM = """
on: {on}
known: {known}
facts:
  {{from: CN, to: DE, kind: {kind}, material: none, elements: [{element}], military_user: no}}
parties: [{{role: end_user, name: Nordhain Antriebe GmbH, country: DE}}]
"""


def transactions():
    """Every decision of the bank and of the examples, with its name."""
    for case in load_yaml(packaged("cn/cases.yaml"), "cases.yaml")["cases"]:
        for part in (case, *case.get("also", [])):
            if "decide" in part:
                yield case["id"], transaction(part["decide"], case["id"])
    for path in sorted((ROOT / "examples" / "decide").glob("*.yaml")):
        yield path.stem, parse_transaction(path.read_text(encoding="utf-8"), path.name)


def answers(book):
    """What each transaction is answered under a book: outcome, rule and branches."""
    opened, found = {}, []
    for name, given in transactions():
        key = (given.known, tuple(given.branches.items()), given.strict)
        if key not in opened:
            opened[key] = open_library(given.known, branches=given.branches, strict=given.strict, book=book)
        got = decide_transaction(opened[key], given).explanation
        found.append((name, got.outcome.word, got.rule, got.branches))
    return found


@pytest.fixture(scope="module")
def before(book):
    return answers(book)


@pytest.mark.parametrize(
    ("text", "changed"), [(EXTENSION, PROLONGED), (ELEMENT, {})], ids=["extension", "new-element"]
)
def test_a_notice_changes_exactly_the_rows_it_touches(text, changed, before, tmp_path):
    book, _, _ = add_notice(NoticeFolder(tmp_path), text, "mine.md", TODAY)
    pairs = [(old, new) for old, new in zip(before, answers(book), strict=True) if old != new]
    assert {new[0]: new[1] for _, new in pairs} == changed
    assert len(pairs) == len(changed)


@pytest.mark.parametrize(
    ("on", "known", "kind", "element", "outcome"),
    [
        ("2026-12-10", "2026-11-21", "metal", "Nd", "licence"),
        ("2026-12-09", "2026-11-21", "metal", "Nd", "not_controlled"),
        ("2026-12-10", "2026-11-19", "metal", "Nd", "not_controlled"),
        ("2026-12-10", "2026-11-21", "oxide", "Nd", "not_controlled"),
        ("2026-12-10", "2026-11-21", "metal", "Pr", "not_controlled"),
    ],
)
def test_a_new_duty_binds_from_its_day_and_its_knowledge(on, known, kind, element, outcome):
    given = parse_transaction(NEODYMIUM.format(on=on, known=known, kind=kind, element=element), "x.yaml")
    library = open_library(given.known, book=read_book({"mine.md": ELEMENT}))
    assert decide_transaction(library, given).explanation.outcome.word == outcome


def test_a_notice_that_is_not_yet_published_changes_no_status(book):
    laid = read_book({"mine.md": EXTENSION})
    earlier = date(2026, 11, 19)
    assert fold_book(laid, earlier).statuses == fold_book(book, earlier).statuses
    changed = {
        a for a, s in fold_book(laid, TODAY).statuses.items() if s != fold_book(book, TODAY).statuses[a]
    }
    assert {a.rsplit("/", 1)[0] for a in changed} == {f"cn/mofcom-2025-{n}" for n in (55, 56, 57, 58, 61, 62)}


def test_the_hash_tells_books_apart(book):
    hashes = {book.hash, *(read_book({"mine.md": text}).hash for text in (EXTENSION, ELEMENT))}
    assert (len(hashes), read_book().hash) == (3, book.hash)
    both = {"a.md": EXTENSION, "b.md": ELEMENT}
    assert read_book(both).hash == read_book(dict(reversed(both.items()))).hash


def test_a_notice_is_kept_under_its_address_and_can_be_taken_back(tmp_path):
    folder = NoticeFolder(tmp_path / "law")
    book, instrument, path = add_notice(folder, ELEMENT, "anything.md", TODAY)
    assert (instrument.address, path.name) == ("user/draft-neodymium", "user_draft-neodymium.md")
    assert (folder.read(), book.overlays) == ({path.name: ELEMENT}, (path.name,))
    again, _, _ = add_notice(folder, ELEMENT, "anything.md", TODAY)
    assert again.hash == book.hash
    remove_notice(folder, "user/draft-neodymium")
    assert folder.read() == {}
    with pytest.raises(AddressError, match="there is no such notice of yours"):
        remove_notice(folder, "user/draft-neodymium")


def test_another_text_of_the_same_address_is_refused(tmp_path):
    folder = NoticeFolder(tmp_path)
    add_notice(folder, ELEMENT, "a.md", TODAY)
    with pytest.raises(InputError, match="another notice has this name"):
        add_notice(folder, ELEMENT.replace("2026-12-10", "2026-12-11"), "b.md", TODAY)
    assert list(folder.read().values()) == [ELEMENT]


@pytest.mark.parametrize("path", sorted(MUSEUM.glob("*.md")), ids=lambda p: p.stem)
def test_nothing_is_kept_when_the_check_fails(path, tmp_path):
    folder = NoticeFolder(tmp_path / "law")
    with pytest.raises(BookError):
        add_notice(folder, path.read_text(encoding="utf-8"), path.name, TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_clash_is_found_without_a_prover_too(tmp_path, monkeypatch):
    monkeypatch.setattr(laws, "find_spec", lambda _: None)
    with pytest.raises(ClashError, match="user/broken-clash/1"):
        add_notice(NoticeFolder(tmp_path), (MUSEUM / "clash.md").read_text("utf-8"), "clash.md", TODAY)


def test_a_notice_that_fails_leaves_the_others_alone(tmp_path):
    folder = NoticeFolder(tmp_path)
    add_notice(folder, EXTENSION, "a.md", TODAY)
    with pytest.raises(BookError):
        add_notice(folder, (MUSEUM / "clash.md").read_text(encoding="utf-8"), "clash.md", TODAY)
    assert list(folder.read()) == ["user_draft-extension.md"]
    assert [p.name for p in tmp_path.iterdir()] == ["user_draft-extension.md"]


def at_once(*jobs):
    """Runs jobs in threads that start together; what each returned or raised."""
    gate = Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        except InputError as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_writers_at_once_both_succeed(tmp_path):
    folder = NoticeFolder(tmp_path)
    at_once(*(lambda t=t: add_notice(folder, t, "mine.md", TODAY) for t in (EXTENSION, ELEMENT)))
    assert folder.read() == {"user_draft-extension.md": EXTENSION, "user_draft-neodymium.md": ELEMENT}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_reader_beside_two_writers_sees_whole_texts_only(tmp_path):
    folder = NoticeFolder(tmp_path)
    texts = [f"{n}" * 200_000 for n in range(4)]
    seen = at_once(
        *(lambda t=t, n=n: folder.add(f"{n}.md", t) for n, t in enumerate(texts)),
        *[lambda: [folder.read() for _ in range(20)]] * 2,
    )
    read = [text for result in seen if isinstance(result, list) for one in result for text in one.values()]
    assert set(read) - set(texts) == set()
    assert list(folder.read().values()) == texts


def test_the_list_and_the_views_tell_the_status_of_a_day(law):
    views = list_instruments(law, TODAY)
    assert [v.instrument.published for v in views] == sorted(v.instrument.published for v in views)
    assert {v.instrument.address for v in views} == set(law.book.instruments)
    early = fold_book(law.book, date(2025, 4, 4))
    assert "cn/mofcom-2025-61" not in {v.instrument.address for v in list_instruments(early, TODAY)}
    article = show(law, "cn/mofcom-2025-61/1.1", date(2026, 12, 15)).articles
    assert [(a.article.part, a.status.status, a.status.hinge) for a in article] == [
        ("1.1", "unverified", "cn/mofcom-2025-70")
    ]
    assert [(s.status, str(s.first), str(s.last)) for s in article[0].segments] == [
        ("suspended", "2025-12-01", "2026-11-09"),
        ("unverified", "2026-11-10", "2026-11-10"),
        ("unverified", "2026-11-11", "None"),
    ]


def test_an_address_that_nothing_has_is_answered_with_the_nearest(law):
    with pytest.raises(AddressError) as caught:
        show(law, "cn/mofcom-2025-61/99", TODAY)
    assert (caught.value.problem.found, caught.value.problem.next_step.startswith("did you mean: ")) == (
        "cn/mofcom-2025-61/99",
        True,
    )


def test_the_timeline_has_every_deciding_article_without_gaps(law):
    segments = timeline(law)
    assert {s.address for s in segments} == {r.address for r in law.rules if law.stretches(r.address)[1:]}
    for address in {s.address for s in segments}:
        own = segments_of(law, address, "")
        ends = [s.last for s in own]
        assert (ends[-1], None in ends[:-1]) == (None, False), address
        assert all((b.first - a.last).days == 1 for a, b in pairwise(own)), address


def test_every_open_hinge_names_what_turns_on_it(law):
    turning = hinges(law)
    assert [h.id for h, _ in turning] == [h.id for h in law.hinges]
    assert [h.id for h, articles in turning if not articles] == []
