from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.stores import connect
from xenotime.stores.connect import checked, connected, failed

pytestmark = pytest.mark.usefixtures("main_with_file")


def test_an_address_is_of_spark_connect():
    assert checked("sc://host:15002/;use_ssl=true") == "sc://host:15002/;use_ssl=true"
    with pytest.raises(InputError) as refused:
        checked("host:15002")
    assert refused.value.problem.found == "host:15002"


def test_a_server_that_is_not_there_is_told_within_seconds(monkeypatch):
    monkeypatch.setattr(connect, "TRIES", 1)
    with pytest.raises(InputError) as refused, connected("sc://127.0.0.1:1", "cluster", "a server"):
        pass
    assert (refused.value.problem.where, refused.value.problem.expected) == ("sc://127.0.0.1:1", "a server")


@pytest.mark.parametrize(("said", "found"), [("first\nsecond", "first"), ("", "ValueError")])
def test_what_a_server_says_is_one_line(said, found):
    assert failed("sc://x:1", "a server", ValueError(said)).problem.found == found
