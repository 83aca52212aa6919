"""Fits the chance of a match to the published pairs and writes the packaged table of whole numbers.

`python tests/vectors/names/fit.py` reads tests/vectors/names/pairs.csv alone, and of it only the rows marked
"fit". Logistic regression with a small ridge, by Newton's method, in plain Python: the same rows give the
same table.
"""

from __future__ import annotations

import csv
import math
import sys
from pathlib import Path

from xenotime.parties.matching.align import align
from xenotime.parties.matching.chance import FLOOR, model_of
from xenotime.parties.matching.match import Alignment
from xenotime.parties.matching.traits import NAMES, traits
from xenotime.parties.naming.name import Name
from xenotime.parties.naming.views import views

ROOT = Path(__file__).resolve().parents[3]
PAIRS = ROOT / "tests" / "vectors" / "names" / "pairs.csv"
TABLE = ROOT / "src" / "xenotime" / "parties" / "tables" / "chance.csv"
RIDGE = 2.0
ROUNDS = 30
#: Traits that can only speak for (+1) or against (-1) a match, so that a better name never scores less.
_FOR = "raw leftover telling shared slips whole length".split()
_AGAINST = (
    "missed both lone loss worst spelt head initials single forms inner apart clash thin fields "
    "changed brand loose short"
).split()
SIGNS = {**dict.fromkeys(_FOR, 1), **dict.fromkeys(_AGAINST, -1), "lone tail": -1}
Sample = tuple[tuple[int, ...], bool]


def pairs(part: str) -> list[dict[str, str]]:
    """The rows of one part of the published set."""
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["split"] == part]


def aligned(left: str, right: str, kind: str) -> tuple[Alignment, Name, Name] | None:
    """The alignments of two written names, the surest first by `raw`."""
    found = [
        (align(mine, theirs), mine, theirs)
        for mine in views(left, kind)
        for theirs in views(right, kind)
        if mine.kind == theirs.kind
    ]
    return max(found, key=lambda f: (not f[0].contradictions, f[0].raw), default=None)


def samples(rows: list[dict[str, str]]) -> dict[str, list[Sample]]:
    """Traits and truth by model; pairs that exclude each other, or share nothing, are not fitted."""
    found: dict[str, list[Sample]] = {}
    for row in rows:
        best = aligned(row["left"], row["right"], row["kind"])
        if best is None or best[0].raw < FLOOR or best[0].contradictions:
            continue
        sample = traits(*best), row["same"] == "yes"
        for kind in {row["kind"], "unknown"}:
            names = {model_of(best[0].kind, kind)}
            for name in names:
                found.setdefault(name, []).append(sample)
    for name, rows_ in found.items():
        if not name.startswith("latin"):
            found[name] = rows_[::2]
    return found


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of linear equations, by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        top = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[top] = rows[top], rows[i]
        for r in range(size):
            if r != i and rows[r][i]:
                factor = rows[r][i] / rows[i][i]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def logistic(found: list[Sample], free: list[int]) -> list[float]:
    """Bias and weights per thousand of each free trait."""
    size = len(free) + 1
    beta = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * b * (i > 0) for i, b in enumerate(beta)]
        curve = [[RIDGE * (i == j and i > 0) + 1e-9 * (i == j) for j in range(size)] for i in range(size)]
        for values, same in found:
            x = [1.0, *(values[i] / 1000 for i in free)]
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(a * b for a, b in zip(beta, x, strict=True))))))
            for i in range(size):
                slope[i] += (same - p) * x[i]
                for j in range(size):
                    curve[i][j] += p * (1 - p) * x[i] * x[j]
        beta = [b + step for b, step in zip(beta, solve(curve, slope), strict=True)]
    return beta


def signed(found: list[Sample], names: tuple[str, ...]) -> tuple[float, list[float]]:
    """The fit with each weight of the sign that it must have: a trait that comes out wrong is left out."""
    free = list(range(len(names)))
    while True:
        beta = logistic(found, free)
        bad = [i for i, b in zip(free, beta[1:], strict=True) if b * SIGNS.get(names[i], 0) < 0]
        if not bad:
            weights = [0.0] * len(names)
            for i, b in zip(free, beta[1:], strict=True):
                weights[i] = b
            return beta[0], weights
        free = [i for i in free if i not in bad]


def smooth(bias: float, weights: list[float], found: list[Sample]) -> list[tuple[int, int]]:
    """(cut, percent) for each percent, by Platt's rule on the whole-number scores."""
    scores = [(score(bias, weights, values), same) for values, same in found]
    beta = logistic([((s,), same) for s, same in scores], [0])
    table = []
    for percent in range(1, 100):
        cut = (math.log((percent - 0.5) / (100.5 - percent)) - beta[0]) / beta[1] * 1000
        table.append((math.ceil(cut), percent))
    return table


def score(bias: float, weights: list[float], values: tuple[int, ...]) -> int:
    """The score as it is computed at run time."""
    return round(1000 * bias) + sum(round(1000 * w) * v for w, v in zip(weights, values, strict=True)) // 1000


def main() -> None:
    """Fit each model on the rows marked "fit" and write the table."""
    lines = ["model,item,name,value"]
    for model, found in sorted(samples(pairs("fit")).items()):
        names = NAMES[model.split()[0]]
        bias, weights = signed(found, names)
        lines.append(f"{model},bias,,{round(1000 * bias)}")
        lines += [f"{model},weight,{n},{round(1000 * w)}" for n, w in zip(names, weights, strict=True)]
        lines += [f"{model},cut,{cut},{percent}" for cut, percent in smooth(bias, weights, found)]
        print(f"{model}: {len(found)} pairs, {sum(same for _, same in found)} of one party", file=sys.stderr)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
