"""The authority's keys: files of mode 0600, rotation, and test keys that production refuses."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta

import pytest

from xenotime.core.errors import InputError, StateError
from xenotime.seal import document
from xenotime.seal.document import PURPOSES
from xenotime.services.programme.ports import Keys, Signer
from xenotime.stores.keys import KeyFolder, TestKeys

DID = "did:web:authority.example"
AT = datetime(2026, 11, 22, 12, 0, 0, 700_000, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    return KeyFolder(tmp_path / "keys", DID, AT)


def trust(keys):
    return document.read(json.dumps(keys.document()).encode(), DID)


def again(folder, **more):
    return KeyFolder(folder.path, DID, AT + DAY, **more)


def test_both_are_keys_of_the_port(folder):
    for keys in (folder, TestKeys()):
        port: Keys = keys
        signer: Signer = port.signer("log")
        assert trust(port).key(signer.kid(), "log").verifies(signer.sign(b"x"), b"x")


def test_an_empty_folder_gets_one_key_a_purpose(folder):
    assert [k.kid for k in trust(folder).keys.values()] == [f"{DID}#{p}-1" for p in PURPOSES]
    assert {k.created for k in trust(folder).keys.values()} == {AT.replace(microsecond=0)}
    assert not folder.test()


def test_only_the_owner_reads(folder):
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    names = sorted(p.name for p in folder.path.iterdir())
    assert names == ["credential-1.jwk", "log-1.jwk", "seal-1.jwk", "secret", "status-1.jwk"]
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.path.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["credential-1.jwk", "secret"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(folder, name, mode):
    (folder.path / name).chmod(mode)
    with pytest.raises(StateError, match="open to others"):
        again(folder)


def test_opened_again_it_is_the_same(folder):
    after = again(folder)
    assert after.document() == folder.document()
    assert after.secret("session") == folder.secret("session")
    assert after.signer("seal").sign(b"x") == folder.signer("seal").sign(b"x")


def test_two_folders_share_nothing(folder, tmp_path):
    other = KeyFolder(tmp_path / "other", DID, AT)
    assert other.secret("session") != folder.secret("session")
    mine = {k.public for k in trust(folder).keys.values()}
    assert mine.isdisjoint(k.public for k in trust(other).keys.values())


def test_secrets_are_apart_by_name(folder):
    found = {folder.secret(name) for name in ("session", "totp", "salt")}
    assert [len(s) for s in found] == [32, 32, 32]


def test_rotation(folder):
    old = folder.signer("credential")
    kid = folder.rotate("credential", AT + 30 * DAY)
    assert kid == folder.signer("credential").kid() == f"{DID}#credential-2"
    assert folder.signer("status").kid() == f"{DID}#status-1"
    found = trust(folder).key(old.kid(), "credential")
    assert found.verifies(old.sign(b"x"), b"x")
    assert found.retired == AT + 31 * DAY
    assert again(folder).document() == folder.document()
    assert again(folder).signer("credential").kid() == kid
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.path.iterdir()} == {0o600}


def test_the_tenth_key_comes_after_the_ninth(folder):
    for n in range(1, 11):
        folder.rotate("log", AT + n * DAY)
    assert again(folder).signer("log").kid() == f"{DID}#log-11"


def test_no_rotation_before_the_key_was_made(folder):
    with pytest.raises(StateError, match="before it was made"):
        folder.rotate("log", AT - DAY)
    assert again(folder).signer("log").kid() == f"{DID}#log-1"


def test_two_processes_rotate_at_once(folder):
    other = again(folder)
    folder.rotate("log", AT + DAY)
    with pytest.raises(StateError, match="in the same moment"):
        other.rotate("log", AT + DAY)
    assert other.signer("log").kid() == f"{DID}#log-1"
    assert again(folder).signer("log").sign(b"x") == folder.signer("log").sign(b"x")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"d":1}',
        b"[]",
        b"\xff",
        b"x" * 20_000,
        b'{"kty":"OKP","x":"AA","d":"AAAA","created":"2026-01-01T00:00:00Z","test":false}',
    ],
)
def test_a_file_that_is_no_key(folder, data):
    (folder.path / "log-1.jwk").write_bytes(data)
    with pytest.raises(InputError, match="not a key"):
        again(folder)


def test_halves_that_do_not_belong_together(folder):
    mine, other = (json.loads((folder.path / f"{p}-1.jwk").read_text()) for p in ("log", "seal"))
    (folder.path / "log-1.jwk").write_text(json.dumps(mine | {"x": other["x"]}))
    with pytest.raises(InputError, match="not a key"):
        again(folder)


def test_a_link_is_not_followed(folder, tmp_path):
    (folder.path / "log-1.jwk").rename(tmp_path / "log-1.jwk")
    (folder.path / "log-1.jwk").symlink_to(tmp_path / "log-1.jwk")
    with pytest.raises(OSError, match="symbolic links"):
        again(folder)


def test_test_keys_are_always_the_same_and_marked():
    assert TestKeys().document() == TestKeys().document()
    assert TestKeys().secret("session") == TestKeys().secret("session")
    assert TestKeys().test()
    assert {k.test for k in trust(TestKeys()).keys.values()} == {True}


def test_test_keys_rotate_the_same_way():
    one, other = TestKeys(), TestKeys()
    assert one.rotate("log", AT) == other.rotate("log", AT) == f"{DID}#log-2"
    assert one.document() == other.document()


def test_test_keys_do_not_sign_in_production():
    with pytest.raises(StateError, match="test keys do not sign in production"):
        TestKeys(production=True)


def test_a_folder_with_one_test_key_refuses_production(folder):
    file = folder.path / "seal-1.jwk"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"test": True}))
    assert again(folder).test()
    with pytest.raises(StateError, match="test keys do not sign in production"):
        again(folder, production=True)


def test_own_keys_sign_in_production(folder):
    assert not again(folder, production=True).test()


def test_a_private_half_is_shown_by_no_text(folder):
    pair = folder.signer("credential")
    assert repr(pair) == f"Pair({DID}#credential-1)"
    assert pair.private.hex() not in f"{pair!r}{pair!s}{pair.key!r}{folder.document()}"
    assert json.loads((folder.path / "credential-1.jwk").read_text())["d"] not in json.dumps(
        folder.document()
    )
