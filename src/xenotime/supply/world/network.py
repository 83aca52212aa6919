"""The network of the model: goods, sites with their inputs and outputs, and the lanes between them.

A site has one activity [units a day]. It takes from its bins and puts on its stacks in fixed proportions; a
final site (`demand` above 0) has no stack and serves end demand. A lane carries one good from a stack to a
bin. At rest every flow follows from end demand, recipes and shares, so that the rest state is a solution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xenotime.evidence.parameter import Parameter

#: The stages, from the ground to the user.
STAGES = ("mine", "separation", "metal", "magnet", "component", "product")
#: How an input bears on its site: a critical one stops it, an important one slows it at half weight.
KINDS = ("critical", "important", "free")
#: How deep stocks of a firm of this kind are.
COVERS = ("lean", "normal", "deep")


@dataclass(frozen=True, slots=True)
class Good:
    """What flows: its address (``oxide/Dy``), stage, unit and the elements in one unit [kg per unit]."""

    id: str
    stage: str
    unit: str
    content: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Site:
    """A country's (or a company's) activity at one stage.

    `slack` is spare capacity as a share of normal activity, `least` the share of normal activity below which
    the line closes, `restart` the days it then needs [days], `worth` the value added by one unit [USD],
    `demand` end demand at rest [units a day] (0: not a final site), `buyer` civil or defence, `mine` whether
    the user's own company runs it. `loss` is what leaves by element [kg per unit of activity].
    """

    id: str
    country: str
    stage: str
    use: str = ""
    cover: str = ""
    buyer: str = "civil"
    label: str = ""
    slack: float = 0.1
    least: float = 0.0
    restart: float = 0.0
    worth: float = 0.0
    demand: float = 0.0
    mine: bool = False
    loss: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bin:
    """A site's stock of an input: `need` [units of the good per unit of activity], `days` of target stock."""

    site: int
    good: int
    need: float
    days: float
    kind: str = "critical"


@dataclass(frozen=True, slots=True)
class Stack:
    """A site's stock of one output: `gives` [units of the good per unit of activity], `days` of target stock.

    Only a `driver` makes the site work more; what comes beside it is a by-product, kept when nobody asks.
    """

    site: int
    good: int
    gives: float
    days: float
    driver: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """A trade lane from a stack to a bin of the same good.

    `share` is its part of what the bin receives at rest (the shares of a bin sum to 1; 0: open but unused),
    `transit` [days], `route` the id of the route whose licence status it follows ("": never controlled).
    """

    stack: int
    bin: int
    share: float
    transit: int
    route: str = ""


@dataclass(frozen=True, slots=True)
class Lever:
    """What a parameter moves: the `members` of a field (``bin.days``, ``lane.share``, ``site.demand`` …).

    The drawn value multiplies the nominal one; shares of a bin are made to sum to 1 again afterwards.
    """

    parameter: str
    target: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of movement the law is asked about: who, from where to where, which good, for whom.

    `tech` marks a transfer of know-how or equipment instead of goods.
    """

    id: str
    origin: str
    destination: str
    good: str
    buyer: str = "civil"
    tech: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A way to do with less: it moves `cap` of bin `source`'s need to bin `target` (-1: it is saved).

    It begins `delay` [days] after the shortage of its site passed `trigger` [share], grows with time constant
    `pace` [days], replaces one unit by `ratio` units, and costs `penalty` [USD per unit of activity].
    """

    name: str
    source: int
    target: int
    cap: float
    delay: float
    pace: float
    trigger: float
    ratio: float = 1.0
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class Project:
    """Capacity being built at a site: `adds` [units a day] from `opens` [days after the start, median].

    `sigma` is the spread of ln(build days left), `odds` of success, `ramp` [days] its time constant, `needs`
    the ids of tech routes it depends on, `delayed` [days] what each costs while under licence, `after` names
    the projects that must be open first, `floor` the price that it needs [USD per unit; 0: none].
    """

    name: str
    site: int
    adds: float
    opens: float
    sigma: float
    odds: float
    ramp: float
    needs: tuple[str, ...] = ()
    delayed: float = 0.0
    after: tuple[str, ...] = ()
    floor: float = 0.0
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """The whole world of a run; every list is addressed by position.

    `price` is each good's price at rest [USD per unit], `parameters` all uncertain inputs with their claims.
    """

    goods: tuple[Good, ...]
    sites: tuple[Site, ...]
    bins: tuple[Bin, ...]
    stacks: tuple[Stack, ...]
    lanes: tuple[Lane, ...]
    routes: tuple[Route, ...]
    price: tuple[float, ...]
    options: tuple[Option, ...] = ()
    projects: tuple[Project, ...] = ()
    levers: tuple[Lever, ...] = ()
    parameters: tuple[Parameter, ...] = ()
