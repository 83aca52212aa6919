"""Two app instances of many processes each, of which some are killed and some are stopped for a while.

`python -m tests.attack.swarm '{"url": …}'` is one instance: it forks its workers, each with its own store and
connections, and throws `kill -9`, SIGSTOP and SIGCONT at them until the time is over.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.attack.history import Recorder
from tests.attack.mutants import MUTANTS
from tests.attack.shop import Shop, stock

from xenotime.core.errors import BusyError
from xenotime.stores.database import open_store

#: How long stopped work may take to end [seconds].
PATIENCE = 90


def attack(url, folder, *, seconds, variant="", instances=2, workers=8, threads=4, chaos=True, seed=1):
    """Stocks an empty store and lets the instances at it; their histories lie in the folder."""
    store = open_store(url)
    with store.view() as view:
        stocked = view.caps()
    if not stocked:
        stock(store)
    store.close()
    plan = {
        "url": url, "folder": str(folder), "seconds": seconds, "variant": variant, "workers": workers,
        "threads": threads, "chaos": chaos, "seed": seed, "begun": time.monotonic_ns(),
    }  # fmt: skip
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.attack.swarm", json.dumps(plan | {"instance": number})]
        )
        for number in range(instances)
    ]
    codes = [one.wait(seconds + PATIENCE) for one in started]
    assert codes == [0] * instances


def _instance(plan):
    """Keeps the workers coming until the time is over."""
    dice = random.Random(plan["seed"] * 100 + plan["instance"])
    until = time.monotonic() + plan["seconds"]
    alive, count = {}, 0
    while time.monotonic() < until:
        for place in set(range(plan["workers"])) - set(alive.values()):
            count += 1
            alive[_fork(plan, place, count, until)] = place
        time.sleep(dice.uniform(0.05, 0.25))
        if plan["chaos"] and time.monotonic() < until:
            _harm(alive, dice)
    limit = time.monotonic() + PATIENCE / 2
    while alive and time.monotonic() < limit:
        _reap(alive)
        time.sleep(0.02)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return 1 if alive else 0


def _harm(alive, dice):
    pid = dice.choice(list(alive))
    if dice.random() < 0.5:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        del alive[pid]
    else:
        os.kill(pid, signal.SIGSTOP)
        time.sleep(dice.uniform(0.02, 0.3))
        os.kill(pid, signal.SIGCONT)


def _reap(alive):
    for pid in list(alive):
        if os.waitpid(pid, os.WNOHANG)[0]:
            del alive[pid]


def _fork(plan, place, count, until):
    pid = os.fork()
    if pid:
        return pid
    try:
        _work(plan, place, count, until)
    finally:
        os._exit(0)


def _work(plan, place, count, until):
    """One process: threads that each act on the one store until the time is over."""
    store = open_store(plan["url"], pool=plan["threads"])
    name = f"{plan['seed']}-{plan['instance']}-{count}"
    recorder = Recorder(Path(plan["folder"]), name)
    shop = MUTANTS.get(plan["variant"], Shop)
    running = []
    for number in range(plan["threads"]):
        dice = random.Random(f"{plan['seed']} {name} {number}")
        mine = shop(store, recorder, dice, plan["begun"])
        rule = place if plan["instance"] == 0 and number == 0 else -1
        running.append(threading.Thread(target=_until, args=(mine, rule, until)))
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    store.close()


def _until(shop, rule, until):
    """Acts until the time is over; two threads of the first instance rule: one switches, one bounds."""
    acts = {0: (shop.switch, 0.15), 1: (shop.bound, 0.05)}
    act, rest = acts.get(rule, (shop.act, 0))
    while time.monotonic() < until:
        try:
            act()
        except BusyError:  # also a look may meet a change
            continue
        except Exception as error:
            with shop.recorder.operation("look"):
                raise error from None
        time.sleep(shop.dice.uniform(rest / 5, rest))


if __name__ == "__main__":
    sys.exit(_instance(json.loads(sys.argv[1])))
