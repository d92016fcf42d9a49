"""Is the port free, and if not, who has it."""

# ruff: noqa: S603, S607 - lsof is looked up on the PATH

import re
import shutil
import socket
import subprocess
from pathlib import Path

HOST = "127.0.0.1"
LISTENING = "0A"


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def taken_message(port: int) -> str:
    """Who has the port, as far as this account may know, and what to do."""
    return (
        f"Port {port} is taken by {_holder(port) or 'another process'}. "
        f"Stop that, or use another port: make demo PORT={port + 1}"
    )


def _holder(port: int) -> str:
    if Path("/proc/net/tcp").exists():
        return _from_proc(port)
    if not shutil.which("lsof"):
        return ""
    command = ["lsof", "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"p(\d+)\nc(.*)", said)
    return f"process {found[1]} ({found[2]})" if found else ""


def _from_proc(port: int) -> str:
    """Process and command. Sockets of other accounts have no readable owner here: empty then."""
    sockets = {f"socket:[{inode}]" for inode in _inodes(port)}
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(handle.readlink()) in sockets:
                pid = handle.parts[2]
                command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
                return f"process {pid} ({command[:80]})"
        except OSError:
            continue
    return ""


def _inodes(port: int) -> set[str]:
    rows = [
        row.split()
        for table in ("tcp", "tcp6")
        if (path := Path("/proc/net") / table).exists()
        for row in path.read_text().splitlines()[1:]
    ]
    return {row[9] for row in rows if row[3] == LISTENING and row[1].endswith(f":{port:04X}")}
