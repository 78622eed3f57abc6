"""Starting a process so that it never outlives whoever started it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def tie_to_parent(signal_number: int) -> Callable[[], None] | None:
    """Return what a child runs before its program, so that the kernel signals it when its parent dies (Linux; elsewhere None).

    The user must have been changed before (Popen's `user=` is), as the kernel forgets the wish when the user changes.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def stop(process: subprocess.Popen[bytes], *, by: int = signal.SIGTERM, within: float = 10) -> None:
    """Ask a process group to stop, then make it: nothing of the group is left on return."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(by)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(within)
    kill_group(process.pid)
    process.wait()


def kill_group(group: int) -> None:
    """Kill what is left of a process group whose leader may be gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def wait_gone(pid: int, within: float) -> bool:
    """Wait for a process that is not ours; say whether it is gone."""
    until = time.monotonic() + within
    while _is_running(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _is_running(pid: int) -> bool:
    """Say whether a process runs; one that is over and waits for its parent's notice does not."""
    try:
        os.kill(pid, 0)
        stat = Path(f"/proc/{pid}/stat")
        return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
    except (ProcessLookupError, FileNotFoundError):
        return False
    except PermissionError:
        return True
