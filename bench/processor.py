"""Processor time of this process and of the server's together.

Waiting for a core that others use adds nothing to it, so on a shared machine it says more than the
clock; it leaves out what the clock has besides: waking up for each answer, and the disk.
"""

import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Processor:
    """postmaster: process id of the server, whose children count too; 0 for none."""

    postmaster: int = 0

    def seconds(self) -> float:
        """Since some moment in the past. 0 where the kernel does not tell (outside Linux)."""
        if not (PROC / "self" / "schedstat").exists():
            return 0.0
        return time.process_time() + sum(map(_seconds, self._children()))

    def _children(self) -> list[str]:
        if not self.postmaster:
            return []
        main = PROC / str(self.postmaster) / "task" / str(self.postmaster)
        return (main / "children").read_text().split()


def _seconds(pid: str) -> float:
    try:
        nanoseconds, *_ = (PROC / pid / "schedstat").read_text().split()
    except OSError:  # gone since
        return 0.0
    return int(nanoseconds) / 1e9
