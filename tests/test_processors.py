"""How many workers a container may have: by its control group, old and new."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from service.processors import usable_processors

AFFINITY = len(os.sched_getaffinity(0))


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files below `root`, which stands for /."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "ascii")
    return root


@pytest.mark.parametrize(
    ("files", "quota"),
    [
        ({}, None),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "max 100000\n"}, None),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "50000 100000\n"}, 1),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "150000 100000\n"}, 2),
        ({"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/cpu.max": "100000 100000\n"}, 1),
        (
            {
                "proc/self/cgroup": "0::/a/b\n",
                "sys/fs/cgroup/a/cpu.max": "900000 100000\n",
                "sys/fs/cgroup/a/b/cpu.max": "100000 100000\n",
            },
            1,
        ),
        (
            {
                "proc/self/cgroup": "5:cpu,cpuacct:/docker/x\n3:memory:/docker/x\n",
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "50000\n",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            1,
        ),
        (
            {
                "proc/self/cgroup": "5:cpu,cpuacct:/\n",
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            None,
        ),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "nonsense\n"}, None),
    ],
    ids=["no cgroup", "v2 no quota", "v2 half", "v2 one and a half", "v2 parent", "v2 least", "v1", "v1 none", "odd"],
)
def test_the_quota_of_the_control_group_bounds_the_count(
    tmp_path: Path, files: dict[str, str], quota: int | None
) -> None:
    """Quotas count in whole CPUs, rounded up; without one the affinity counts."""
    expected = AFFINITY if quota is None else min(AFFINITY, quota)

    assert usable_processors(write(tmp_path, files)) == expected


def test_this_machine_gives_at_least_one() -> None:
    """Whatever it is."""
    assert 1 <= usable_processors() <= AFFINITY
