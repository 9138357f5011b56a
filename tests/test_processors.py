"""How many workers a container may have, by its control group, old and new, and which CPU each is bound to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from service.processors import processor_of_its_own, usable_processors

PROCESSORS = sorted(os.sched_getaffinity(0))
AFFINITY = len(PROCESSORS)


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


@pytest.mark.parametrize("each", [1, 2, 3])
def test_workers_share_the_processors_out_evenly(tmp_path: Path, each: int) -> None:
    """One after the other; and whoever takes the place of one that is gone takes its processor."""
    workers = each * AFFINITY
    taken: list[int | None] = []
    for _ in range(workers):
        taken.append(processor_of_its_own(workers, taken, tmp_path))
    gone = taken.pop(len(taken) // 2)

    assert sorted(one for one in [*taken, gone] if one is not None) == sorted(PROCESSORS * each)
    assert processor_of_its_own(workers, taken, tmp_path) == gone


def test_workers_that_fit_no_whole_number_of_processors_are_bound_to_none(tmp_path: Path) -> None:
    """Too many or too few for the processors, or for a quota: the kernel sees better where there is room."""
    quota = {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": f"{AFFINITY * 100000 - 50000} 100000\n"}

    assert processor_of_its_own(AFFINITY, [], write(tmp_path, quota)) is None
    if AFFINITY > 1:
        assert processor_of_its_own(AFFINITY + 1, [], tmp_path / "no quota") is None
        assert processor_of_its_own(1, [], tmp_path / "no quota") is None
