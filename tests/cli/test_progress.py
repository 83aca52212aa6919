"""Signs of life: shown on a terminal, silent in a pipe."""

from __future__ import annotations

from xenotime.cli import progress


def test_a_pipe_hears_nothing(capsys):
    with progress.working("reading"), progress.counting("deciding", "legs") as tick:
        tick(1, 2)

    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_what_is_done(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress.counting("deciding", "legs") as tick:
        tick(1, 2)

    assert "deciding" in capsys.readouterr().err
