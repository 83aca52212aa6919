"""Many questions on several processes: each loads the prepared index once, and answers come back in order.

Stopping (Ctrl-C, an error, a reader that stops reading) ends every process before control returns; should the
main process be killed outright, the others find their pipe closed and end by themselves.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.search.index import Index
from xenotime.parties.search.screen import Answer, Screen, Settings

#: From so many queries on, starting other processes pays for itself.
WORTH = 2000
_BATCH = 50
_AHEAD = 8
#: After so many new objects, and so many of those looks, `settle` lets rubbish be looked for.
_RARELY = (50_000, 20, 50)

_screens: list[Screen] = []


def screen_all(
    queries: Sequence[PartyQuery],
    screen: Screen,
    *,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Answer]:
    """The answers in the order of the queries; `progress` is told how many are done.

    With more than one process and at least 2,000 queries they are shared out; the answers are the same.
    """
    if processes < 2 or len(queries) < WORTH:
        yield from screen.all(queries, progress)
        return
    done = 0
    for answers in _shared_out(queries, screen, processes):
        yield from answers
        done += len(answers)
        if progress:
            progress(done)


def _shared_out(queries: Sequence[PartyQuery], screen: Screen, processes: int) -> Iterator[list[Answer]]:
    """The answers batch by batch; no more batches are under way than the crew can chew."""
    context = multiprocessing.get_context("spawn")
    given = (screen.index.dump(), screen.entries, screen.settings)
    with context.Pool(processes, _prepare, given) as pool:
        batches = _batches(queries)
        waiting = [pool.apply_async(_work, (batch,)) for batch in islice(batches, processes * _AHEAD)]
        while waiting:
            answers = waiting.pop(0).get()
            waiting.extend(pool.apply_async(_work, (batch,)) for batch in islice(batches, 1))
            yield answers


def _batches(queries: Iterable[PartyQuery]) -> Iterator[list[PartyQuery]]:
    rest = iter(queries)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _prepare(data: bytes, entries: Sequence[ListEntry], settings: Settings) -> None:
    """Load the index into this process, which leaves Ctrl-C to the main one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _screens[:] = [Screen(entries, settings=settings, index=Index.load(data, entries))]
    settle()


def settle() -> None:
    """Spare this process from looking through what it has loaded for rubbish: that takes a sixth of the time.

    What is there stays to the end; what comes later is looked through more rarely than Python usually does.
    """
    gc.freeze()
    gc.set_threshold(*_RARELY)


def _work(batch: Sequence[PartyQuery]) -> list[Answer]:
    return [_screens[0].answer(query) for query in batch]
