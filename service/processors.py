"""How many CPUs this process may use: by affinity, and by the quota of its control group.

`os.cpu_count()` counts the machine's; in a container with half a CPU that would start far too many workers.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath


def usable_processors(root: Path = Path("/")) -> int:
    """Return the CPUs that affinity and quota give, rounded up, at least 1. `root` is where /proc and /sys are."""
    quota = min(_quotas(root), default=math.inf)
    return max(1, min(_affinity(), math.ceil(quota) if math.isfinite(quota) else _affinity()))


def _affinity() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS


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
