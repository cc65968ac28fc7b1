"""What docker-compose.yml promises, read without an engine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ONCE = {"migrate"}
"""Ends by itself, so it has no health."""


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    with (root / "docker-compose.yml").open() as stream:
        found: dict[str, Any] = YAML(typ="safe").load(stream)
    return found


def test_nothing_is_privileged_and_nothing_gets_a_capability(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert {"privileged", "cap_add", "devices", "network_mode", "pid"} & set(service) == set()
        assert service["read_only"] is True


def test_every_service_has_limits_and_every_lasting_one_a_health(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert {"mem_limit", "pids_limit", "cpus", "restart"} <= set(service), name
        assert ("healthcheck" in service) == (name not in ONCE), name


def test_no_secret_has_a_default(root: Path) -> None:
    text = (root / "docker-compose.yml").read_text()
    for name in ("POSTGRES_PASSWORD", "JUDGE_SECRET_KEY"):
        uses = re.findall(rf"\$\{{{name}(..)", text)
        assert uses
        assert set(uses) == {":?"}


def test_worker_and_database_are_cut_off_from_the_outside(compose: dict[str, Any]) -> None:
    assert compose["networks"]["inside"] == {"internal": True}
    outside = {name for name, each in compose["services"].items() if "outside" in each["networks"]}
    assert outside == {"site"}
    assert {name for name, each in compose["services"].items() if "ports" in each} == {"site"}


def test_the_base_images_are_pinned_and_alike(root: Path, compose: dict[str, Any]) -> None:
    texts = [(root / folder / "Dockerfile").read_text() for folder in ("web", "worker")]
    images = {re.findall(r"^ARG PYTHON_IMAGE=(.+)$", text, re.MULTILINE)[0] for text in texts}
    assert len(images) == 1
    pulled = {each["image"] for each in compose["services"].values() if "build" not in each}
    for image in images | (pulled - {"tensorjudge-site", "tensorjudge-worker"}):
        assert re.search(r":\d", image), image


def test_the_sites_image_has_no_torch(root: Path) -> None:
    assert "--without torch" in (root / "web" / "Dockerfile").read_text()


def test_the_profile_permits_the_walls_and_no_way_into_the_kernel(root: Path) -> None:
    profile = json.loads((root / "worker" / "seccomp.json").read_text())
    allowed = {
        name
        for rule in profile["syscalls"]
        if rule["action"] == "SCMP_ACT_ALLOW" and "args" not in rule
        for name in rule["names"]
    }
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert {"clone", "unshare", "mount", "umount2", "pivot_root"} <= allowed
    dangerous = {
        *("bpf", "finit_module", "init_module", "kexec_load", "perf_event_open", "ptrace"),
        *("keyctl", "setns", "io_uring_setup", "userfaultfd", "reboot", "open_by_handle_at"),
    }
    assert dangerous & allowed == set()
