"""Which CPUs this process may use: by affinity, and by the quota of its control group.

`os.cpu_count()` counts the machine's; in a container with half a CPU that would start far too many workers.
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath


def usable_processors(root: Path = Path("/")) -> int:
    """Return the CPUs that affinity and quota give, rounded up, at least 1. `root` is where /proc and /sys are."""
    return max(1, math.ceil(min(_affinity(), _quota(root))))


def processor_of_its_own(workers: int, taken: Collection[int | None], root: Path = Path("/")) -> int | None:
    """Return the CPU to which the next of `workers` processes may be bound, where others are bound to those `taken`.

    None where they cannot share the CPUs out evenly: their numbers do not fit, or a quota leaves part of a CPU to each,
    and the kernel should choose; and None on systems that bind nothing.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None  # macOS
    processors = sorted(os.sched_getaffinity(0))
    if workers % len(processors) or _quota(root) < len(processors):
        return None
    return min(processors, key=[*taken].count)


def _affinity() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS


def _quota(root: Path) -> float:
    return min(_quotas(root), default=math.inf)


def _quotas(root: Path) -> Iterator[float]:
    """Yield every quota that binds this process, in CPUs: its group's and those of the groups above it."""
    for line in _read(root / "proc/self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        group = PurePosixPath(path.lstrip("/"))
        for place in (group, *group.parents):
            if not controllers:
                yield from _quota_v2(root / "sys/fs/cgroup" / place)
            elif "cpu" in controllers.split(","):
                # in a container the path is the host's, and what is mounted is the group itself: hence the parents
                yield from _quota_v1(root / "sys/fs/cgroup/cpu" / place)


def _quota_v2(group: Path) -> Iterator[float]:
    """`cpu.max` holds quota and period in microseconds; the quota may be `max`."""
    quota, _, period = _read(group / "cpu.max").strip().partition(" ")
    if quota.isdigit() and period.isdigit():
        yield int(quota) / int(period)


def _quota_v1(group: Path) -> Iterator[float]:
    """Quota and period stand in files of their own; a quota of -1 is none."""
    quota = _read(group / "cpu.cfs_quota_us").strip()
    period = _read(group / "cpu.cfs_period_us").strip()
    if quota.isdigit() and period.isdigit():
        yield int(quota) / int(period)


def _read(path: Path) -> str:
    """Return the file's text, or nothing: who cannot read a limit has none to keep."""
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
