"""The uncertain numbers of a licence regime and of behaviour, which no site or lane of the network carries.

Each is a factor with median 1 on what a scenario states, drawn once a run, with its claims or its ground.
Reserved lever targets: ``licence.*`` on routes (members are routes; none means all), the others on the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xenotime.evidence.parameter import Parameter, Spread
from xenotime.supply.world.network import Lever, Network, Route

#: Destinations whose licence path is drawn apart; all others share one draw.
APART = ("US", "EU", "IN", "JP")
_ELSE = "else"


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A factor: its lever target, its spread, the ids of the claims behind it, and the rule in words."""

    target: str
    spread: Spread
    group: str
    claims: tuple[str, ...]
    rule: str


_LEAD = Uncertain(
    "licence.lead",
    Spread("lognormal", (1.0, 0.5)),
    "licence",
    ("disruptions-001", "disruptions-037", "disruptions-038", "disruptions-039"),
    "median wait as in the scenario; between destinations it differed by more than a factor of two in the "
    "spring of 2025 (25 % approved on day 61 in Europe, none of 30 on day 57 in India), sigma of ln 0.5",
)
_HOLD = Uncertain(
    "licence.hold",
    Spread("triangular", (0.5, 1.0, 1.5)),
    "licence",
    ("backtest-003",),
    "share held for proof as in the scenario, half to half as much again, never above 1: no count of held "
    "shipments exists. Only magnets without samarium, terbium and dysprosium are held for proof; what the "
    "law puts under licence waits whole",
)
#: The factors on the whole run, by name.
WHOLE: dict[str, Uncertain] = {
    "licence.refuse": Uncertain(
        "licence.refuse",
        Spread("lognormal", (1.0, 0.7)),
        "licence",
        (),
        "assumption: nobody published refusals by class, so a factor of two either way is within one sigma",
    ),
    "licence.fast": Uncertain(
        "licence.fast",
        Spread("triangular", (0.5, 1.0, 1.5)),
        "licence",
        (),
        "assumption: what moves under standing licences was never published; from half to half as much again",
    ),
    "rules.hoard": Uncertain(
        "rules.hoard",
        Spread("lognormal", (1.0, 0.5)),
        "behaviour",
        (),
        "assumption: how much more is ordered per expected licence day was not measured anywhere we found",
    ),
    "rules.reroute": Uncertain(
        "rules.reroute",
        Spread("lognormal", (1.0, 0.5)),
        "behaviour",
        (),
        "assumption: qualification of another seller takes weeks to many months, depending on the part",
    ),
    "rules.stiff": Uncertain(
        "rules.stiff",
        Spread("lognormal", (1.0, 0.5)),
        "price",
        (),
        "assumption: no elasticity with a number was found for these goods",
    ),
    "rules.gap": Uncertain(
        "rules.gap",
        Spread("lognormal", (1.0, 0.3)),
        "behaviour",
        (),
        "assumption: buyers close a gap in stock within one to three weeks",
    ),
    "rules.smooth": Uncertain(
        "rules.smooth",
        Spread("lognormal", (1.0, 0.3)),
        "behaviour",
        (),
        "assumption: normal need is what a month or so of end demand says, two to six weeks",
    ),
    "rules.back": Uncertain(
        "rules.back",
        Spread("lognormal", (1.0, 0.5)),
        "behaviour",
        (),
        "assumption: buyers keep a second seller for most of a year after the first delivers again",
    ),
    "rules.elastic": Uncertain(
        "rules.elastic",
        Spread("lognormal", (1.0, 0.25)),
        "price",
        ("prices-157", "prices-158", "prices-159", "prices-160"),
        "derived: set so that European prices of dysprosium and terbium on 6 May 2025, a month into the "
        "controls, lie inside the spread; how demand answers a price was measured nowhere we found",
    ),
    "rules.passing": Uncertain(
        "rules.passing",
        Spread("triangular", (0.4, 1.0, 1.6)),
        "price",
        (),
        "assumption: contracts take over a quarter of what a thin spot market asks",
    ),
    "rules.contract": Uncertain(
        "rules.contract",
        Spread("lognormal", (1.0, 0.4)),
        "price",
        (),
        "assumption: prices in contracts are set anew about twice a year",
    ),
    "rules.thin": Uncertain(
        "rules.thin",
        Spread("lognormal", (1.0, 0.6)),
        "price",
        (),
        "assumption: about a twentieth of what is bought pays the spot price; volumes are not published",
    ),
    "rules.learn": Uncertain(
        "rules.learn",
        Spread("triangular", (0.0, 1.0, 2.0)),
        "projects",
        (),
        "assumption: cost falls by an eighth with each doubling of what a plant has made, as in much of "
        "manufacturing; no curve for these plants was found",
    ),
    "option.cap": Uncertain(
        "option.cap",
        Spread("triangular", (0.6, 1.0, 1.4)),
        "substitution",
        (),
        "assumption: the reach of a substitute is known to about two fifths",
    ),
    "option.delay": Uncertain(
        "option.delay",
        Spread("lognormal", (1.0, 0.4)),
        "substitution",
        (),
        "assumption: redesign takes from two thirds to half as long again",
    ),
    "project.opens": Uncertain(
        "project.opens",
        Spread("lognormal", (1.0, 0.25)),
        "projects",
        (),
        "assumption: a cause that delays all projects alike (permits, equipment) beside the spread of each",
    ),
    "project.odds": Uncertain(
        "project.odds",
        Spread("triangular", (0.7, 1.0, 1.3)),
        "projects",
        (),
        "assumption: odds of success are stated by project owners and lean to the hopeful side",
    ),
}


#: What a magnet is listed for (cn/mofcom-2025-18); magnets with none of them are held for proof only.
_LISTED = ("Sm", "Tb", "Dy")


def uncertain(network: Network) -> Network:
    """The network with the parameters and levers of licences and behaviour added to its own.

    Nothing is added twice: names that the network already has are left as they are.
    """
    have = {parameter.name for parameter in network.parameters}
    added = [(p, lever) for p, lever in pairs(network) if p.name not in have]
    return replace(
        network,
        parameters=(*network.parameters, *(p for p, _ in added)),
        levers=(*network.levers, *(lever for _, lever in added)),
    )


def pairs(network: Network) -> Iterable[tuple[Parameter, Lever]]:
    """Every parameter with its lever: wait and share held for proof by destination, the rest once."""
    magnets = [good for good in network.goods if good.stage == "magnet"]
    plain = frozenset(g.id for g in magnets if not any(g.content.get(e, 0.0) > 0 for e in _LISTED))
    for factor, only in ((_LEAD, None), (_HOLD, plain)):
        for where in (*APART, _ELSE):
            members = _to(network.routes, where, only)
            if members:
                yield _pair(f"{factor.target}.{where}", factor, members)
    for name, factor in WHOLE.items():
        yield _pair(name, factor, ())


def _pair(name: str, factor: Uncertain, members: tuple[int, ...]) -> tuple[Parameter, Lever]:
    parameter = Parameter(name, "factor", factor.spread, factor.claims, factor.rule, factor.group)
    return parameter, Lever(name, factor.target, members)


def _to(routes: Sequence[Route], where: str, only: frozenset[str] | None) -> tuple[int, ...]:
    """The routes of goods to a destination that is drawn apart, or to all the others."""
    return tuple(
        n
        for n, route in enumerate(routes)
        if not route.tech
        and (only is None or route.good in only)
        and (route.destination == where or (where == _ELSE and route.destination not in APART))
    )
