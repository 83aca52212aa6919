"""What `xenotime law add` asks of the prover: that no two rules clash, for any shipment on any day."""

from __future__ import annotations

from xenotime.core.errors import ClashError
from xenotime.law.facts import show_value
from xenotime.law.law import Law
from xenotime.law.prove.premises import Premises
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.relations import overlaps
from xenotime.law.prove.witness import Shrinker


def prove_no_clash(law: Law) -> None:
    """Pass silently when no two rules clash as known on the law's day. Raises ClashError with a witness."""
    prover = Prover(law.book, law.known, Premises())
    found = next(overlaps(prover, Shrinker(prover)), None)
    if found is None:
        return
    (witness,) = found.witnesses
    rules = [law.book.rules[a] for a in found.at]
    facts = ", ".join(f"{name}={show_value(value)}" for name, value in witness.row.items()) or "any facts"
    raise ClashError(
        "two rules answer one question differently and can both hold",
        where=f"{' and '.join(found.at)}, question {rules[0].question}, e.g. on {witness.on}",
        expected="a declared relation: unless, alongside, or conflicts",
        found=f"{rules[0].answer} against {rules[1].answer} for {facts}",
        next_step="say in one of them which is the exception (unless) or that both stand (alongside)",
    )
