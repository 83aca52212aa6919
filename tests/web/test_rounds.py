"""What the programme does by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xenotime.core.errors import StateError
from xenotime.web.rounds import Round, Timer, export, rounds


def test_every_round_runs_over_a_new_programme(house, tmp_path):
    made = rounds(house.office, house.rules, tmp_path)
    timer = Timer(made, house.clock)
    assert timer.turn(house.clock.now()) == tuple(r.name for r in made)
    assert timer.turn(house.clock.now()) == ()
    assert timer.turn(house.clock.now() + timedelta(minutes=1)) == ("reservations",)


def test_a_round_that_fails_is_written_down_and_stops_no_other(house, caplog):
    done = []

    def known(_):
        raise StateError("not now")

    def unknown(_):
        raise RuntimeError("a secret")

    minute = timedelta(minutes=1)
    made = (
        Round("known", minute, known),
        Round("unknown", minute, unknown),
        Round("good", minute, done.append),
    )
    caplog.set_level("INFO", "xenotime.web")
    assert Timer(made, house.clock).turn(house.clock.now()) == ("good",)
    assert (done, caplog.text.count("round failed"), "a secret" in caplog.text) == (
        [house.clock.now()],
        2,
        False,
    )


def test_a_timer_ends_when_its_server_does(house):
    done = []
    with Timer((Round("one", timedelta(minutes=1), done.append),), house.clock) as timer:
        for _ in range(200):
            if done:
                break
            timer._stop.wait(0.01)
    assert (done, timer._thread.is_alive()) == ([house.clock.now()], False)


@pytest.mark.parametrize("there", [False, True])
def test_a_checkpoint_is_a_file_that_is_never_written_over(house, tmp_path, there):
    target = tmp_path / "000000000000.note"
    if there:
        target.write_text("held by somebody", "utf-8")
    assert export(house.office, tmp_path) == target
    assert (target.read_text("utf-8") == "held by somebody") is there
    assert [p.name for p in tmp_path.iterdir() if p.suffix in (".note", ".half")] == [target.name]
