"""The lock file pins all that the project asks for, directly and not."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from judge.domain.releases import TORCH


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, str]:
    lines = (root / "requirements.lock.txt").read_text().splitlines()
    pairs = [line.partition("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in pairs}


@pytest.fixture(scope="module")
def asked_for(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    listed = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    return [Requirement(each) for each in listed]


def test_a_pin_is_an_exact_version_without_a_build_tag(pins: dict[str, str]) -> None:
    assert {name: pin for name, pin in pins.items() if not pin or "+" in pin} == {}


def test_every_requirement_of_the_project_accepts_its_pin(
    pins: dict[str, str], asked_for: list[Requirement]
) -> None:
    refused = [
        str(each)
        for each in asked_for
        if pins.get(canonicalize_name(each.name), "") not in each.specifier
    ]
    assert refused == []


def test_nothing_comes_in_without_a_pin(pins: dict[str, str], asked_for: list[Requirement]) -> None:
    pending = [each.name for each in asked_for]
    seen: set[str] = set()
    while pending:
        name = canonicalize_name(pending.pop())
        # A CUDA build of torch pins its own libraries, each to one version.
        if name in seen or name.startswith(("nvidia-", "cuda-", "triton")):
            continue
        seen.add(name)
        needs = [Requirement(each) for each in metadata.requires(name) or []]
        pending += [need.name for need in needs if not need.marker or need.marker.evaluate()]
    assert seen - pins.keys() == set()


def test_what_is_installed_is_what_is_pinned(pins: dict[str, str]) -> None:
    installed = {name: metadata.version(name).partition("+")[0] for name in pins}
    assert installed == pins


def test_problems_are_loaded_for_the_torch_that_is_pinned(pins: dict[str, str]) -> None:
    assert pins["torch"] == TORCH
