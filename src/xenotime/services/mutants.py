"""How well a book's own cases guard it: changes it in one place at a time and asks which case notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from xenotime.core.errors import BookError
from xenotime.law.book import Book
from xenotime.law.events import Stretch, at
from xenotime.law.law import Law, fold_article, fold_book
from xenotime.law.mutate import KINDS, Mutant, mutants
from xenotime.law.oracle import Scene, Verdict, judge, presume
from xenotime.law.program import Row, Truths, build
from xenotime.services import expectation, trials
from xenotime.services.bank import bodies, lists
from xenotime.services.library import Library
from xenotime.services.transaction import Transaction, decide_transaction, gathered, transaction

#: How a law is folded: the day of knowledge and the branches chosen.
Fold = tuple[date, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Probe:
    """One case as a question to a law: does all come out as the case says? With the facts it is about.

    `about` is the part of the book it tries (a worked case tries no single one), `branched` if the answer in
    the branches of hinges is part of it.
    """

    id: str
    about: str
    fold: Fold
    row: Row
    on: date
    strict: bool
    branched: bool
    passes: Callable[[Law], bool]


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no case notices."""

    kind: str
    place: str
    change: str


@dataclass(frozen=True, slots=True)
class Killed:
    """How many changes of each kind there were, how many some case noticed, and those that none did."""

    made: Mapping[str, int]
    noticed: Mapping[str, int]
    survivors: tuple[Survivor, ...]

    @property
    def share(self) -> tuple[int, int]:
        """The changes noticed, of all."""
        return sum(self.noticed.values()), sum(self.made.values())


def probes(library: Library, files: Mapping[str, str]) -> tuple[Probe, ...]:
    """The trials and worked cases of a book, from the texts of its files by name."""
    found: list[Probe] = []
    for name in sorted(files):
        if name.endswith("trials.yaml"):
            found += map(_of_trial, trials.read_trials(library, files[name], name))
        else:
            found += _of_bank(library, files[name], name)
    return tuple(found)


def _of_trial(trial: trials.Trial) -> Probe:
    def passes(law: Law) -> bool:
        return not trials.failures(trial, law)

    fold = trial.known, tuple(sorted(trial.branches.items()))
    shown = bool(trial.outcome or trial.rule)
    return Probe(trial.id, trial.of, fold, trial.facts, trial.on, strict=False, branched=shown, passes=passes)


def _of_bank(library: Library, text: str, where: str) -> Iterable[Probe]:
    opened: dict[tuple[Fold, bool, tuple[tuple[str, str], ...]], Library] = {}
    for body in bodies(text, where):
        if not body.expect or body.book != library.law.book.jurisdiction:
            continue
        given = transaction(body.decide, body.id)
        fold = given.known or library.law.known, tuple(sorted(given.branches.items()))
        key = (fold, given.strict, body.listed)
        if key not in opened:
            desk = replace(library, own=partial(lists, body, library.law.known)) if body.listed else library
            opened[key] = _under(desk, folded(library.law.book, fold), strict=given.strict)
        row, *_ = gathered(opened[key], given)
        passes = _decides(opened[key], given, body.expect, row)
        yield Probe(body.id, "", fold, row, given.on, given.strict, branched=True, passes=passes)


def _decides(
    library: Library, given: Transaction, expect: Mapping[str, object], row: Row
) -> Callable[[Law], bool]:
    def truths(law: Law) -> tuple[Verdict, Truths]:
        filled, _ = presume(law, row, strict=given.strict)
        return judge(law, row, given.on, strict=given.strict), Scene(law, filled, given.on).values

    usual = truths(library.law)

    def passes(law: Law) -> bool:
        if law is not library.law and truths(law) == usual:
            return True  # the explanation is made of these; making it costs much more
        decided = decide_transaction(_under(library, law, strict=library.strict), given)
        return not expectation.failures(expect, decided.explanation)

    return passes


def _under(library: Library, law: Law, *, strict: bool) -> Library:
    """The same library under another law, with the party lists that it has."""
    other = replace(library, law=law, strict=strict)
    other.__dict__["desk"] = library.desk
    return other


def folded(book: Book, fold: Fold) -> Law:
    """A book as a case sees it."""
    known, branches = fold
    return fold_book(book, known, dict(branches))


def kill(
    book: Book, asked: Sequence[Probe], *, progress: Callable[[int, int], object] | None = None
) -> Killed:
    """The changes of a book that its cases notice, and those that survive.

    ``asked`` must all pass on the book as it is; BookError names one that does not. A case is asked about a
    change only where the changed part has, or may have, another value for it; the trials of that part come
    first.
    """
    laws = {p.fold: folded(book, p.fold) for p in asked}
    broken = next((p.id for p in asked if not p.passes(laws[p.fold])), None)
    if broken is not None:
        raise BookError(
            "a case fails on the book itself", where=broken, next_step="mend the case or the book"
        )
    order = [(p, _scene(laws[p.fold], p)) for p in asked]
    made, noticed = Counter[str](), Counter[str]()
    survivors: list[Survivor] = []
    every = tuple(mutants(book))
    for number, mutant in enumerate(every, 1):
        made[mutant.kind] += 1
        if _noticed(book, mutant, order):
            noticed[mutant.kind] += 1
        else:
            survivors.append(Survivor(mutant.kind, mutant.place, mutant.change))
        if progress:
            progress(number, len(every))
    return Killed(
        {kind: made[kind] for kind in KINDS}, {kind: noticed[kind] for kind in KINDS}, tuple(survivors)
    )


def _scene(law: Law, probe: Probe) -> Scene:
    row, _ = presume(law, probe.row, strict=probe.strict)
    return Scene(law, row, probe.on)


def _noticed(book: Book, mutant: Mutant, order: Sequence[tuple[Probe, Scene]]) -> bool:
    touches = _touching(book, mutant)
    changed: dict[Fold, Law] = {}
    for probe, scene in sorted(order, key=lambda each: each[0].about not in mutant.touched):
        if not touches(probe, scene):
            continue
        if probe.fold not in changed:
            law = scene.law if mutant.kind != "date" else folded(mutant.book, probe.fold)
            changed[probe.fold] = replace(law, book=mutant.book)
        if not probe.passes(changed[probe.fold]):
            return True
    return False


def _touching(book: Book, mutant: Mutant) -> Callable[[Probe, Scene], bool]:
    """Whether the changed part has, or may have, another value for a case."""
    if mutant.kind == "exception":
        return lambda _probe, _scene: True
    if mutant.kind == "date":
        return _moving(mutant)
    (name,) = mutant.touched
    before, after = build(book.node(name)), build(mutant.book.node(name))

    def differs(probe: Probe, scene: Scene) -> bool:
        was, now = (test(scene.row, scene.values, scene.force) for test in (before, after))
        return was is not now or (was is None and probe.branched)

    return differs


def _moving(mutant: Mutant) -> Callable[[Probe, Scene], bool]:
    """Whether an article whose days moved stands otherwise on a case's day."""
    folds: dict[Fold, Mapping[str, tuple[Stretch, ...]]] = {}

    def moves(probe: Probe, scene: Scene) -> bool:
        known, branches = probe.fold
        if probe.fold not in folds:
            chosen = dict(branches)
            folds[probe.fold] = {a: fold_article(mutant.book, a, known, chosen) for a in mutant.touched}
        there = folds[probe.fold].items()
        return any(scene.law.status(a, scene.on) != at(stretches, scene.on) for a, stretches in there)

    return moves
