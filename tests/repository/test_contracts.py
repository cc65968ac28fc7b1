"""The layer map and the bans hold on the tree, and each of them breaks on a planted violation."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PLANTED = [
    # contract, module to write, what it imports
    ("sides", "web/planted.py", "worker"),
    ("sides", "judge/cli/planted.py", "web"),
    ("layers", "judge/planted.py", "json"),  # a package of judge that no layer names
    ("layers", "judge/authoring/planted.py", "judge.cli"),
    ("layers", "judge/catalog/planted.py", "judge.pipeline"),
    ("layers", "judge/comparison/planted.py", "judge.sandbox"),
    ("layers", "judge/wording/planted.py", "judge.comparison"),
    ("layers", "judge/domain/planted.py", "judge.wording"),
    ("layers", "judge/errors.py", "judge.domain"),
    ("domain", "judge/domain/planted.py", "numpy"),
    ("domain", "judge/domain/planted.py", "ruamel.yaml"),
    ("child", "judge/sandbox/child/planted.py", "judge.domain.verdict"),
    ("child", "judge/sandbox/child/planted.py", "judge.sandbox.planted"),
    ("child", "judge/sandbox/protocol.py", "judge.errors"),
    ("child-parents", "judge/sandbox/__init__.py", "judge.sandbox.protocol"),
    ("child-parents", "judge/__init__.py", "judge.errors"),
    ("child-alone", "judge/sandbox/planted.py", "judge.sandbox.child"),
    ("web", "web/planted.py", "judge.pipeline"),
    ("settings", "judge/pipeline/planted.py", "judge.settings"),
    ("telemetry", "judge/pipeline/planted.py", "judge.telemetry.logs"),
    ("sight", "judge/messaging/planted.py", "structlog"),
    ("sight", "worker/planted.py", "prometheus_client"),
    ("layers", "judge/telemetry/planted.py", "judge.domain"),
    ("torch", "judge/comparison/planted.py", "torch"),
    ("torch", "judge/sandbox/planted.py", "torch.nn"),
    ("layers", "judge/store/planted.py", "judge.catalog"),
    ("layers", "judge/messaging/planted.py", "judge.store"),
    ("domain", "judge/domain/planted.py", "sqlalchemy"),
    ("database", "web/planted.py", "sqlalchemy"),
    ("database", "judge/cli/planted.py", "argon2"),
    ("broker", "web/planted.py", "celery"),
    ("pages", "worker/planted.py", "flask"),
    ("processes", "judge/cli/planted.py", "subprocess"),
    ("processes", "judge/pipeline/planted.py", "pyseccomp"),
    ("terminal", "judge/pipeline/planted.py", "click"),
    ("terminal", "judge/authoring/planted.py", "rich"),
]

BANNED = [
    ("judge/cli/planted.py", "import os\n\nHOME = os.environ\n"),
    ("judge/sandbox/planted.py", "import os\n\nHOME = os.getenv('HOME')\n"),
    ("judge/comparison/planted.py", "import pickle\n"),
    ("judge/sandbox/child/planted.py", "from torch import load\n"),
    ("worker/planted.py", "import multiprocessing\n"),
]


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the tree's packages, to plant a violation in."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    for name in ("judge", "worker", "web"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def lint_imports(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-logo", "--no-cache", *arguments]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def lint(root: Path, name: str, source: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("ruff")
    command = [str(program), "check", "--select", "TID251", "--stdin-filename", name, "-"]
    return subprocess.run(
        command, cwd=root, input=source, capture_output=True, text=True, check=False
    )


def test_every_contract_holds(root: Path) -> None:
    done = lint_imports(root)
    assert done.returncode == 0, done.stdout


def test_every_contract_has_a_planted_violation(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    contracts = {each["id"] for each in project["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, _, _ in PLANTED} | {"cycles"}


@pytest.mark.parametrize(("contract", "module", "imported"), PLANTED)
def test_a_planted_import_breaks_its_contract(
    contract: str, module: str, imported: str, copy: Path
) -> None:
    (copy / "judge/sandbox/planted.py").touch()
    with (copy / module).open("a") as file:
        file.write(f"\nimport {imported}\n")
    done = lint_imports(copy, "--contract", contract)
    assert (done.returncode, "1 broken" in done.stdout) == (1, True), done.stdout


def test_a_planted_cycle_breaks_its_contract(copy: Path) -> None:
    (copy / "judge/pipeline/one.py").write_text("import judge.pipeline.two\n")
    (copy / "judge/pipeline/two.py").write_text("import judge.pipeline.one\n")
    done = lint_imports(copy, "--contract", "cycles")
    assert (done.returncode, "1 broken" in done.stdout) == (1, True)


@pytest.mark.parametrize(("name", "source"), BANNED)
def test_a_planted_ban_is_seen_by_the_linter(name: str, source: str, root: Path) -> None:
    assert "TID251" in lint(root, name, source).stdout


def test_settings_may_read_the_environment(root: Path) -> None:
    assert lint(root, "judge/settings/defaults.py", BANNED[0][1]).returncode == 0
