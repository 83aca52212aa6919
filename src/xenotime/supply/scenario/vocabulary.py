"""The words a scenario may use: countries, uses, goods; and, when handed in, articles and claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from xenotime.supply.world.network import STAGES, Network

#: Who buys.
BUYERS = ("civil", "defence")
_COUNTRIES = "CN MM US AU JP KR EU IN VN MY ROW".split()
_USES = "ev hybrid wind robots drives consumer medical defence other".split()
_ELEMENTS = "La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Sc Y".split()
_MAGNETS = "ndfeb ndfeb-heavy smco bonded".split()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What names exist. ``goods`` holds addresses and the folders above them (``magnet``, ``magnet/smco``).

    `articles`, `hinges` (id to branches), `claims`, `projects` and `scenarios` are None where nobody handed
    them in: such names are then only checked for their shape.
    """

    countries: frozenset[str]
    uses: frozenset[str]
    goods: frozenset[str]
    stages: frozenset[str] = frozenset(STAGES)
    articles: frozenset[str] | None = None
    hinges: Mapping[str, Collection[str]] | None = None
    claims: frozenset[str] | None = None
    projects: frozenset[str] | None = None
    scenarios: frozenset[str] | None = None


def folders(addresses: Iterable[str]) -> frozenset[str]:
    """Addresses of goods with the folders above them.

    >>> sorted(folders(["oxide/Dy"]))
    ['oxide', 'oxide/Dy']
    """
    several = [a.split("/") for a in addresses]
    return frozenset("/".join(parts[:n]) for parts in several for n in range(1, len(parts) + 1))


#: The words of the packaged world.
WORLD = Vocabulary(
    frozenset(_COUNTRIES),
    frozenset(_USES),
    folders(
        [
            *("ore/light", "ore/heavy", "scrap/ndfeb", "swarf/ndfeb"),
            *(f"{form}/{element}" for form in ("oxide", "metal") for element in _ELEMENTS),
            *(f"magnet/{family}" for family in _MAGNETS),
            *(f"{stage}/{use}" for stage in ("component", "product") for use in _USES),
        ]
    ),
)


def of_network(network: Network, words: Vocabulary = WORLD) -> Vocabulary:
    """The words of a network (a user's own sites and goods included), the rest as in `words`."""
    return replace(
        words,
        countries=words.countries | {site.country for site in network.sites},
        uses=words.uses | {site.use for site in network.sites if site.use},
        goods=words.goods | folders(good.id for good in network.goods),
        projects=frozenset(project.name for project in network.projects),
    )


def fits(address: str, prefixes: Collection[str]) -> bool:
    """Whether a good's address lies in one of several folders (or is one of them); an empty list fits all.

    >>> fits("magnet/ndfeb-heavy", ["magnet/ndfeb"]), fits("magnet/ndfeb-heavy", ["magnet"])
    (False, True)
    """
    return not prefixes or any(address == p or address.startswith(f"{p}/") for p in prefixes)
