"""Made-up ownership charts: by hand, and random from a seed."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from xenotime.report.figures.chart import STATES, Chart, Edge, Node


def edge(owner, owned, share="1/2", counted=False):
    """A holding of one share."""
    return Edge(owner, owned, Fraction(share), Fraction(share), counted)


def random_chart(size, holdings, seed):
    """A chart of a size: rings, listed owners and wide layers occur; the body n0 is asked about."""
    dice = random.Random(seed)
    nodes = tuple(
        Node(f"n{i}", f"Invented Works No. {i}", dice.choice(STATES), asked=i == 0) for i in range(size)
    )
    ends = [(dice.randrange(size), dice.randrange(size)) for _ in range(holdings)]
    edges = tuple(edge(f"n{a}", f"n{b}", Fraction(dice.randrange(1, 100), 100), a % 3 == 0) for a, b in ends)
    return Chart(nodes, edges)


@pytest.fixture
def ring():
    """A listed owner above a target, beside a ring of two that holds it too."""
    states = {"listed": "listed", "one": "clear", "two": "clear", "target": "restricted"}
    nodes = tuple(Node(i, i.title(), s, asked=i == "target") for i, s in states.items())
    return Chart(
        nodes,
        (
            edge("listed", "target", counted=True),
            edge("one", "two"),
            edge("two", "one"),
            edge("two", "target", "1/4"),
        ),
    )


@pytest.fixture
def tail():
    """A target with one listed owner and forty small holders of one hundredth each."""
    small = tuple(Node(f"s{i:02}", f"Small holder {i}", "clear") for i in range(40))
    top = (
        Node("listed", "Listed", "listed"),
        Node("target", "Target", "restricted", asked=True),
    )
    held = (
        edge("listed", "target", "51/100", counted=True),
        *(edge(node.id, "target", "1/100") for node in small),
    )
    return Chart((*top, *small), held)
