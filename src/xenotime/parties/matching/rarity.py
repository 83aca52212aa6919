"""How much a word tells about who is meant: particles and titles little, common words some, brands most."""

from __future__ import annotations

from functools import cache

from xenotime.parties.naming import words

#: Small words inside names, and forms of address: leaving them out or adding them changes nobody.
PARTICLES = (
    words.PARTICLES
    | words.EMPTY
    | words.TITLES
    | words.RANKS
    | frozenset(
        """
    a ad ar as at binti bnt capt col d dame della des do e engineer gen i in l las les los lt maj mba mulla
    o on rev s te ten ter to ul um ur wuld zum
    """.split()
    )
)
#: Words that many organisations share.
GENERIC = words.GENERIC | frozenset(
    """
    aeronautics aerospace airlines airways analytics applications asset assets associates aviation banco
    banking banque battalion bio biotech brands brigade cargo clothing club college combinat community
    compagnie companhia compania computing concern consultancy controls corporate court credit cyber denki
    direct dynamics entertainment fabrica foods force funds gesellschaft healthcare hotels incorporated
    innovations instruments interactive jidosha kabushiki kogyo limited lines markets metallurgical mines
    mobility mortgage partners plastics platform platforms ports productions projects properties rare
    renewable retail sales savings securities seisakusho shipyard shoji storage studios television textiles
    training treaty trust ventures welfare werk werke wind wood
    """.split()
)
#: Words at the end of an organisation's name that are often left out.
TAILS = frozenset(
    "group holding holdings technology technologies international global worldwide corporation".split()
)
#: Places and peoples that no family of the names package has: they tell a branch from its parent.
PLACES = frozenset(
    """
    africa african americas arab arabia arabian asia asian atlanta atlantic bangladesh beirut belgium
    britain british bulgaria cairo central chile colombia congo croatia cyprus czech dallas eastern england
    english estonia ethiopia eurasia europe european georgia ghana greece hong hungary iceland ireland irish
    jordan kazakhstan kenya kong kuwait latvia lebanon libya lithuania luxembourg malta nigeria norge
    northern oman pacific panama peru philippines phoenix portugal qatar romania rossiya saudi scotland
    serbia slovakia slovenia southern sudan tunisia uae uk us uzbekistan venezuela washington western yemen
    york
    """.split()
)
#: Given and family names that very many people bear.
COMMON = frozenset(
    """
    abd abdallah abdel abdul ahmad ahmed akbar alexander alexandra alexei alexey ali amir ana andrei andrew
    anna anne antonio aziz carlos charles chen choi daniel david dmitri dmitry elena fatima fernando
    francisco garcia george hamid han hasan hassan hussain hussein ibrahim igor imran ivan ivanov jack james
    jan jean jim johan john jones jong jose joseph juan karim khalid khan kim kuznetsov lee li lin liu luis
    mahmoud mahmud maria marie mark martin mary michael miguel mikhail muhammad mustafa nguyen nikolai olga
    omar park paul pavel pedro peter petrov rahman robert roman said saleh salem salim salman sergei sergey
    singh smirnov smith sun svetlana tarek tatiana thomas tom ullah umar victor viktor vladimir wang wei
    william wu xu yahya yang yong yousef yuri yusuf zhang zhao zhou
    """.split()
)
_SITED = frozenset({"place", "country"})
#: Short forms of given names, each group one name; the first word is the full one.
_CALLED = """
    alexander aleksandr alex sasha sandro alejandro alessandro iskander; andrew andy andrei andre andreas;
    anthony tony antonio anton; barbara barb; benjamin ben benny bibi; carlos charles charlie karl carl;
    catherine kate katherine ekaterina katya; christopher chris; daniel dan danny; david dave; dmitry dima
    dmitri; donald don; edward ed eddie ted teddy; elizabeth liz beth elisabeth; eugene yevgeny evgeny gene;
    frederick fred freddie friedrich fritz frederik; george jorge georgi yuri jerzy giorgio; gregory greg
    grigory; henry harry heinrich enrique; james jim jimmy jaime; jeffrey jeff geoffrey; john jack johnny
    jon ivan jean juan johannes hans jan giovanni; jonathan jon; joseph joe jose josef iosif giuseppe yusuf;
    katherine kathy; kenneth ken; lawrence larry laurence; margaret peggy meg; matthew matt matthias;
    michael mike mikhail miguel michel misha; nicholas nick nikolai nicolas; patricia pat trish; patrick
    pat; paul pavel pablo; peter pete pyotr pedro pierre; richard rick dick ricardo; robert bob bobby rob
    roberto; ronald ron; samuel sam; stephen steve steven stefan; theodore ted fyodor teddy; thomas tom
    tommy; timothy tim; victor vic viktor; vladimir vova volodymyr; william bill will billy wilhelm
    guillermo
"""


@cache
def called() -> dict[str, frozenset[str]]:
    """The full names that a given name may be the short form of, or another language's form of.

    >>> sorted(called()["ted"])
    ['edward', 'theodore']
    """
    found: dict[str, set[str]] = {}
    for group in _CALLED.split(";"):
        names = group.split()
        for name in names:
            found.setdefault(name, set()).add(names[0])
    return {name: frozenset(full) for name, full in found.items()}


def known(token: str) -> int:
    """The weight of a word in the tables, or 0.

    Particles weigh 1, tails 2, generic words 3, places 4, common names 7.

    >>> known("bin"), known("system"), known("beijing"), known("muhammad"), known("kratos")
    (1, 3, 4, 7, 0)
    """
    for table, points in ((PARTICLES, 1), (TAILS, 2), (COMMON, 7), (PLACES, 4), (GENERIC, 3)):
        if token in table:
            return points
    return 4 if not _SITED.isdisjoint(words.families(token)) else 0
