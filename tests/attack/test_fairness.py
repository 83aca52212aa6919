from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text
from tests.attack.shop import stock

from xenotime.programme.trust.certificate import Certificate

pytestmark = pytest.mark.slow
_WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('advisory', 'tuple', 'transactionid')"
)


def waiting(store, wanted, over):
    """Until so many wait for a lock, or the last of them is through."""
    while not over.is_set():
        with store.view() as view:
            if view.connection.execute(_WAITING).scalar_one() >= wanted:
                return
        time.sleep(0.01)


def test_a_suspension_is_not_overtaken_by_later_draws(postgres_store):
    stock(postgres_store)
    order, over = [], threading.Event()

    def hold(name, share):
        with postgres_store.change() as change:
            change.hold(Certificate, "C1", share=share)
            order.append(name)
        if name == "later draw":
            over.set()

    with postgres_store.change() as change:
        change.hold(Certificate, "C1", share=True)
        suspension = threading.Thread(target=hold, args=("suspension", False))
        suspension.start()
        waiting(postgres_store, 1, over)
        later = threading.Thread(target=hold, args=("later draw", True))
        later.start()
        waiting(postgres_store, 2, over)
    suspension.join()
    later.join()
    assert order == ["suspension", "later draw"]
