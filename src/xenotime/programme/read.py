"""Reads the packaged manifests and profiles. The only part of `programme` that opens package files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from xenotime.core.errors import BookError
from xenotime.programme import build, lines
from xenotime.programme.casework import sound
from xenotime.programme.casework.manifest import Manifest
from xenotime.programme.profile import Profile

#: The fields that the events of every kind share.
SHARED = "shared.toml"


@cache
def manifests() -> Mapping[str, Manifest]:
    """Every packaged kind of case by its name, checked. Raises BookError if one cannot be trusted."""
    return load_manifests(_texts("manifests"))


@cache
def profiles() -> Mapping[str, Profile]:
    """Every packaged profile by its name, checked. Raises BookError if one cannot be trusted."""
    found = (build.profile(build.parse(text, name), name) for name, text in _texts("profiles").items())
    return MappingProxyType({p.id: lines.check(p) for p in found})


def load_manifests(texts: Mapping[str, str]) -> Mapping[str, Manifest]:
    """Manifests from texts by file name; `shared.toml` holds what events ask for.

    Raises BookError for a file that is missing, is named otherwise than its kind, or cannot be trusted.
    """
    if SHARED not in texts:
        raise BookError(
            "the shared file is missing", where="manifests", expected=SHARED, found=", ".join(texts)
        )
    shared = build.asks(build.parse(texts[SHARED], SHARED), SHARED)
    found: dict[str, Manifest] = {}
    for name, text in texts.items():
        if name == SHARED:
            continue
        manifest = build.manifest(build.parse(text, name), shared, name)
        if name != f"{manifest.id}.toml":
            raise BookError(
                "a manifest's file has its name", where=name, expected=f"{manifest.id}.toml", found=name
            )
        found[manifest.id] = manifest
    return MappingProxyType({key: sound.check(m, tuple(found)) for key, m in sorted(found.items())})


def load_profile(text: str, where: str) -> Profile:
    """A profile from its text, checked: an operator's own file. Raises BookError if it cannot be trusted."""
    return lines.check(build.profile(build.parse(text, where), where))


def _texts(folder: str) -> dict[str, str]:
    place = files("xenotime.programme").joinpath(folder)
    named = sorted((p for p in place.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return {p.name: p.read_text(encoding="utf-8") for p in named}
