"""What the tests of the programme share: the packaged calendar, kinds and profiles."""

from __future__ import annotations

import pytest

from xenotime.core.clocks import parse_calendar
from xenotime.law.read import packaged
from xenotime.programme.read import manifests, profiles


@pytest.fixture(scope="session")
def calendar():
    """The working days of 2025 and 2026."""
    return parse_calendar(packaged("cn/calendar.csv"))


@pytest.fixture(scope="session")
def kinds():
    """Every packaged kind of case."""
    return manifests()


@pytest.fixture(params=["veu", "cn-general"])
def profile(request):
    """Each packaged profile."""
    return profiles()[request.param]


@pytest.fixture
def veu():
    """The profile after the US programme: a unanimous vote of four bodies."""
    return profiles()["veu"]


@pytest.fixture
def cn():
    """The profile after China's general-licence channel: 45 working days."""
    return profiles()["cn-general"]
