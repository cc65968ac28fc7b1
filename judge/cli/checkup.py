"""Look at this machine: what the judge needs, whether it is there, how to get it."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from judge.domain.releases import needed_release
from judge.errors import SandboxError, UsageError
from judge.sandbox import host
from judge.sandbox.selftest import inspect
from judge.sandbox.zygote import Zygote
from judge.settings import Settings, SettingsError, read_settings

OLDEST_LINUX = (5, 4)
"""pidfd_open, and the process behind a pidfd."""
LEAST_MEMORY_BYTES = 1 << 30
"""A zygote has a few hundred MB, and a case may use 512 MB more."""
_IN_CONTAINER = (
    "Run the container with a seccomp profile that permits clone, unshare, mount, umount2 and"
    " pivot_root, such as the one in worker/; --privileged is not needed."
)
_OUTSIDE = "Mend what is marked above first; the detail has the last words of bubblewrap or Python."
_BEHIND_A_HOLE = "Judge nothing here. Mend what is marked above; else this machine can't be used."
_PACKAGES = "apt-get install {apt} (Debian, Ubuntu), dnf install {dnf} (Fedora)"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; without what is not ``needed`` we can judge all the same."""

    name: str
    stands: bool
    detail: str
    remedy: str = ""
    needed: bool = True


def checks() -> Iterator[Check]:
    """Yield every check as it is made; the sandbox's own come last."""
    yield _python()
    yield _torch()
    yield _bubblewrap()
    yield _libseccomp()
    yield _linux()
    yield from _namespaces()
    yield _container()
    yield _root()
    yield _memory()
    yield _problems()
    yield from _course()
    yield from _sandbox()


def _python() -> Check:
    oldest = (3, 11)
    remedy = "Install Python 3.11 or later, then: make setup PYTHON=/path/to/python3.12"
    return Check("Python", sys.version_info >= oldest, platform.python_version(), remedy)


def _torch() -> Check:
    # Its metadata only: the judge's own process never imports torch.
    try:
        version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return Check("torch", stands=False, detail="not installed", remedy="make setup")
    return Check("torch", stands=True, detail=version)


def _bubblewrap() -> Check:
    version = host.bubblewrap_version()
    remedy = _PACKAGES.format(apt="bubblewrap", dnf="bubblewrap")
    return Check("bubblewrap", version is not None, version or "bwrap does not run", remedy)


def _libseccomp() -> Check:
    name = host.libseccomp()
    remedy = _PACKAGES.format(apt="libseccomp2", dnf="libseccomp")
    return Check("libseccomp", name is not None, name or "can't be loaded", remedy)


def _linux() -> Check:
    detail = f"{platform.system()} {platform.release()}"
    remedy = (
        "Linux 5.4 or later is needed, for pidfd: use a newer system, a virtual machine, or WSL 2."
    )
    return Check("Linux", host.kernel_version() >= OLDEST_LINUX, detail, remedy)


def _namespaces() -> Iterator[Check]:
    """What may forbid user namespaces; a setting that a kernel lacks forbids nothing."""
    most = host.kernel_setting("user/max_user_namespaces")
    detail = f"user.max_user_namespaces = {most}"
    remedy = (
        "As root: sysctl -w user.max_user_namespaces=10000, and the same line in /etc/sysctl.d/"
    )
    yield Check("user namespaces", bool(most), detail, remedy)
    allowed = host.kernel_setting("kernel/unprivileged_userns_clone")
    if allowed is not None:
        name = "user namespaces without root"
        detail = f"kernel.unprivileged_userns_clone = {allowed}"
        remedy = (
            "As root: sysctl -w kernel.unprivileged_userns_clone=1, and the same in /etc/sysctl.d/"
        )
        yield Check(name, allowed == 1, detail, remedy)
    restricted = host.kernel_setting("kernel/apparmor_restrict_unprivileged_userns")
    if restricted is not None:
        detail = f"kernel.apparmor_restrict_unprivileged_userns = {restricted}"
        remedy = (
            "Give bwrap an AppArmor profile that allows userns"
            " (Ubuntu: apt-get install apparmor-profiles, then link bwrap-userns-restrict into"
            " /etc/apparmor.d/), or as root:"
            " sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        )
        # A profile may allow it all the same: whether the zygote starts decides.
        yield Check("AppArmor", restricted == 0, detail, remedy, needed=False)


def _container() -> Check:
    mark = host.container()
    detail = f"in one ({mark})" if mark else "not in one"
    return Check("container", stands=True, detail=detail, needed=False)


def _root() -> Check:
    root = "root (an ordinary user will do; the sandbox becomes nobody by itself)"
    return Check("user", stands=True, detail=root if host.is_root() else "not root", needed=False)


def _memory() -> Check:
    available = host.available_bytes()
    if available is None:
        return Check("memory", stands=True, detail="unknown", needed=False)
    remedy = "The sandbox has about 0.5 GB, and each case may use what its problem allows."
    detail = f"{available / (1 << 30):.1f} GB available"
    return Check("memory", available >= LEAST_MEMORY_BYTES, detail, remedy, needed=False)


def _problems() -> Check:
    from judge.catalog import all_problem_files  # noqa: PLC0415  slow to import

    remedy = "Set JUDGE_PROBLEMS to the folder with course.yaml and the chapters."
    try:
        settings = read_settings()
        count = len(all_problem_files(settings.problems))
    except (SettingsError, UsageError) as exc:
        return Check("problems", stands=False, detail=str(exc), remedy=remedy)
    return Check("problems", count > 0, f"{count} in {settings.problems}", remedy, needed=False)


def _course() -> Iterator[Check]:
    try:
        own = importlib.metadata.version("torch")
        check = course_check(read_settings(), own)
    except (importlib.metadata.PackageNotFoundError, SettingsError):
        return  # told above
    if check is not None:
        yield check


def course_check(settings: Settings, torch: str) -> Check | None:
    """Tell whether a worker would judge here: its torch is what the course was loaded for.

    Returns:
        None where no database of this version can be reached to say so.
    """
    from judge.store import Store, loaded, schema  # noqa: PLC0415  slow to import

    if not settings.database_url and not (settings.data_dir / "judge.db").exists():
        return None  # and looking makes none
    store = Store(settings.database)
    try:
        schema.check_current(store)
        with store.read() as session:
            releases = loaded.torch_releases(session)
    except UsageError:
        return None
    finally:
        store.close()
    needed = needed_release(torch, releases)
    said = ", ".join(f"{number} problems for {each}" for each, number in sorted(releases.items()))
    detail = f"torch {torch} here; loaded: {said or 'nothing yet'}"
    remedy = (
        f"A worker here waits and judges nothing: install torch {needed} (`make setup`), or load "
        "the course with the program that this torch belongs to."
    )
    return Check("course", needed is None, detail, remedy)


def _sandbox() -> Iterator[Check]:
    """Start a zygote and attack it; every wall is a check."""
    start = time.perf_counter()
    try:
        zygote = Zygote()
    except (SandboxError, OSError) as exc:
        remedy = _IN_CONTAINER if host.container() else _OUTSIDE
        yield Check("zygote", stands=False, detail=str(exc), remedy=remedy)
        return
    try:
        seconds = time.perf_counter() - start
        yield Check("zygote", stands=True, detail=f"started in {seconds:.1f} s")
        walls, _ = inspect(zygote)
        for wall in walls:
            yield Check(wall.name, wall.stands, wall.detail, wall.remedy or _BEHIND_A_HOLE)
    except (SandboxError, OSError) as exc:
        detail = f"can't be inspected: {exc}"
        yield Check("walls", stands=False, detail=detail, remedy=_BEHIND_A_HOLE)
    finally:
        zygote.stop()
