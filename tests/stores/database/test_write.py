from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from tests.stores.database.things import AT, account, case, certificate, session, verdict

from xenotime.core.errors import AddressError, InputError, OutageError, RepeatError, StateError
from xenotime.programme.account import Account, Session
from xenotime.programme.casework.case import Case, Flag
from xenotime.programme.letter import Letter
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.services.programme.ports import Search
from xenotime.stores.database import open_store, write
from xenotime.stores.database.schema import blobs


@pytest.mark.parametrize(
    ("kind", "thing"),
    [(Case, case(1)), (Certificate, certificate("XC-1")), (Account, account("a")), (Verdict, verdict(1))],
)
def test_what_was_added_is_read_back_equal(store, kind, thing):
    with store.change() as change:
        change.add(thing)
    with store.view() as view:
        assert view.get(kind, thing.id) == thing


def test_text_of_any_kind_is_read_back_equal(store):
    thing = case(1, title="a\x00b 北方 \u202e \U0001f9ea '\"", reason="\x00", organisation="O\x00")
    with store.change() as change:
        change.add(thing)
    with store.view() as view:
        assert view.get(Case, "C1") == thing
    assert tuple(store.check()) == ()


def test_half_a_character_is_refused(store):
    with pytest.raises(InputError, match="no characters"), store.change() as change:
        change.add(case(1, reason="\ud800"))


@pytest.mark.parametrize("name", ["", "a\x00"])
def test_an_id_is_plain_text(store, name):
    with pytest.raises(InputError, match="no id"), store.change() as change:
        change.add(case(1, id=name))


def test_an_id_is_given_once_and_the_change_may_go_on(store):
    with store.change() as change:
        change.add(case(1))
        with pytest.raises(StateError, match="exists already"):
            change.add(case(1, title="another"))
        change.add(case(2))
    with store.view() as view:
        assert (view.get(Case, "C1").title, view.get(Case, "C2").id) == ("Case 1", "C2")


def test_an_address_belongs_to_one_account_and_none_to_many(store):
    with store.change() as change:
        change.add(account("a", email="x@invented.example"))
        change.add(account("b", email="", subject="iss|1"))
        change.add(account("c", email=""))
        for taken in (account("d", email="X@INVENTED.example"), account("e", email="", subject="iss|1")):
            with pytest.raises(StateError, match="exists already"):
                change.add(taken)


def test_a_changed_thing_cannot_take_anothers_address(store):
    with store.change() as change:
        change.add(account("a"))
        change.add(account("b"))
    with pytest.raises(StateError, match="exists already"), store.change() as change:
        change.put(replace(change.get(Account, "b"), email="a@invented.example"))
    with store.view() as view:
        assert view.get(Account, "b").email == "b@invented.example"


def test_put_keeps_the_next_version_and_refuses_an_older_one(store):
    with store.change() as change:
        change.add(case(1))
    with store.change() as change:
        first = change.get(Case, "C1")
        after = change.put(replace(first, state="granted"))
        assert (after.version, change.get(Case, "C1")) == (1, after)
    with pytest.raises(StateError, match="somebody else changed"), store.change() as change:
        change.put(replace(first, state="refused"))
    with store.view() as view:
        assert view.get(Case, "C1").state == "granted"


def test_a_letter_is_marked_as_read(store):
    letter = Letter("L1", "granted", "C1", "O1", "Granted", "text", "准予", "文本", AT)
    with store.change() as change:
        change.add(letter)
        assert change.find(Letter, Search(where={"read": None})).items == (letter,)
        read = change.put(replace(letter, read=AT))
        assert change.find(Letter, Search(where={"read": None})).items == ()
        assert change.get(Letter, "L1") == read


def test_put_of_what_is_not_there_has_no_name(store):
    with pytest.raises(AddressError), store.change() as change:
        change.put(case(9))


def test_a_thing_is_a_value_and_keeping_it_changes_nothing_of_it(store):
    flag = Flag("F1", "watch", AT, "a", blocks=True)
    thing = case(1, flags=(flag,), form={"grams": {"Dy": 5}, "list": ["a", None, True]})
    with store.change() as change:
        change.add(thing)
        kept = change.put(thing)
    assert (thing.version, kept.version, kept.flags, kept.form) == (0, 1, (flag,), thing.form)


def test_only_what_law_does_not_ask_for_is_dropped(store):
    with store.change() as change:
        change.add(session("S1"))
        change.add(case(1))
        change.add(case(2, state="draft"))
        change.drop(Session, "S1")
        change.drop(Session, "S1")
        change.drop(Case, "C2")
        with pytest.raises(StateError, match="kept"):
            change.drop(Case, "C1")
    with store.view() as view:
        for kind, key in ((Session, "S1"), (Case, "C2")):
            with pytest.raises(AddressError):
                view.get(kind, key)
        assert view.get(Case, "C1").id == "C1"
    assert tuple(store.check()) == ()


def test_numbers_count_by_series_and_are_not_given_twice(store):
    with store.change() as change:
        assert [change.number("a"), change.number("a"), change.number("b")] == [1, 2, 1]
    taken, lock = [], threading.Lock()

    def take():
        for _ in range(5):
            number = store.run(lambda c: c.number("a"))
            with lock:
                taken.append(number)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(3, 23))


def test_documents_are_kept_under_their_hash(store):
    with store.change() as change:
        name = change.keep_blob(b"\x00\xff document")
        assert change.keep_blob(b"\x00\xff document") == name == sha256(b"\x00\xff document").hexdigest()
    with store.view() as view:
        assert view.blob(name) == b"\x00\xff document"
        with pytest.raises(AddressError):
            view.blob("0" * 64)


def test_an_altered_document_is_told(store):
    with store.change() as change:
        name = change.keep_blob(b"a document")
    with store.engine.begin() as connection:
        connection.execute(blobs.update().values(body=b"another"))
    with pytest.raises(OutageError, match="other bytes"), store.view() as view:
        view.blob(name)
    assert "other bytes" in "".join(store.check())


def test_a_document_has_a_largest_size(store, monkeypatch):
    monkeypatch.setattr(write, "LARGEST", 10)
    with store.change() as change:
        change.keep_blob(b"x" * 10)
        with pytest.raises(InputError, match="too large"):
            change.keep_blob(b"x" * 11)


def test_an_answer_is_kept_for_the_same_question_only(store):
    with store.change() as change:
        assert change.answered("k", "hash") is None
        change.answer("k", "hash", "said")
    with store.change() as change:
        assert change.answered("k", "hash") == "said"
        with pytest.raises(RepeatError):
            change.answered("k", "other")
        with pytest.raises(RepeatError):
            change.answer("k", "other", "said")


def test_a_racing_request_with_the_same_key_waits_and_gets_the_first_answer(store):
    """Both ask before either answered; one does the work, the other is given its answer."""
    both, said, done = threading.Barrier(2, timeout=20), [], []

    def ask(name):
        def act(change):
            kept = change.answered("k", "hash")
            if kept is None:
                change.answer("k", "hash", name)
                done.append(name)
            return kept or name

        both.wait()
        said.append(store.run(act))

    threads = [threading.Thread(target=ask, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), said) == (1, [done[0]] * 2)


def test_every_published_version_stays_and_answers_for_its_time(store):
    with store.change() as change:
        for days, text in enumerate(("first", "second", "third")):
            change.publish("revocation", text, AT + timedelta(days=days))
        change.publish("suspension", "other", AT)
    with store.view() as view:
        asked = [view.published("revocation", AT + timedelta(days=d, hours=-1)) for d in range(5)]
        assert asked == [None, "first", "second", "third", "third"]
        assert (view.published("revocation"), view.published("none")) == ("third", None)


def test_two_versions_of_one_instant_are_told_apart_by_their_order(store):
    with store.change() as change:
        change.publish("revocation", "first", AT)
        change.publish("revocation", "second", AT)
    with store.view() as view:
        assert view.published("revocation", AT) == "second"


def test_places_are_drawn_without_collision(store_url):
    drawn = iter([5, 5, 5, 7, 5, 7, 9])
    store = open_store(store_url, draw=lambda n: next(drawn) % n)
    with store.change() as change:
        assert [change.index("revocation", AT) for _ in range(2)] == [5, 7]
        assert change.index("suspension", AT) == 5
        assert change.index("revocation", AT) == 9
    store.close()


def test_a_nearly_full_list_gives_its_last_places_and_then_none(store_url, monkeypatch):
    monkeypatch.setattr(write, "PLACES", 4)
    store = open_store(store_url, draw=lambda _: 0)
    with store.change() as change:
        assert sorted(change.index("revocation", AT) for _ in range(4)) == [0, 1, 2, 3]
        with pytest.raises(StateError, match="full"):
            change.index("revocation", AT)
    store.close()


def test_a_share_of_a_thing_is_taken_by_many_and_keeps_a_writer_away(postgres_store):
    with postgres_store.change() as change:
        change.add(certificate("XC-1"))
    order, trying = [], threading.Event()

    def share():
        with postgres_store.change() as change:
            order.append(change.hold(Certificate, "XC-1", share=True).state)

    def suspend():
        with postgres_store.change() as change:
            trying.set()
            change.put(replace(change.hold(Certificate, "XC-1"), state="suspended"))
            order.append("suspended")

    writer, reader = threading.Thread(target=suspend), threading.Thread(target=share)
    with postgres_store.change() as change:
        assert change.hold(Certificate, "XC-1", share=True).state == "active"
        reader.start()
        reader.join()
        writer.start()
        trying.wait(60)
        writer.join(0.3)
        order.append("ended")
    writer.join()
    assert order == ["active", "ended", "suspended"]
