"""The process that listens on a TCP port of this machine: read from /proc, or with psutil where /proc is missing."""

from __future__ import annotations

import os

LISTEN_STATE = "0A"


def find_owner(port: int) -> str | None:
    """Return "pid N (command line)" of the process that listens on ``port``; None if unknown."""
    return owner_in_proc(port) if os.path.exists("/proc/net/tcp") else owner_by_psutil(port)


def owner_in_proc(port: int) -> str | None:
    """Return the owner of a listening port from Linux's /proc: socket table, then the descriptors of all processes."""
    inodes = {f"socket:[{inode}]" for inode in listening_inodes(port)}
    if not inodes:
        return None
    for process in filter(str.isdigit, os.listdir("/proc")):
        if inodes & set(descriptor_targets(process)):
            return describe(int(process), command_line_in_proc(process))
    return None


def listening_inodes(port: int) -> list[str]:
    """Return the socket inodes that listen on ``port``, of IPv4 and IPv6."""
    inodes = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table, encoding="ascii") as file:
                rows = [line.split() for line in file.readlines()[1:]]
        except OSError:
            continue
        inodes += [row[9] for row in rows if row[3] == LISTEN_STATE and int(row[1].rpartition(":")[2], 16) == port]
    return inodes


def descriptor_targets(process: str) -> list[str]:
    """Return the targets of a process's descriptors; empty without permission."""
    folder = f"/proc/{process}/fd"
    targets = []
    try:
        for descriptor in os.listdir(folder):
            try:
                targets.append(os.readlink(f"{folder}/{descriptor}"))
            except OSError:
                continue
    except OSError:
        return []
    return targets


def command_line_in_proc(process: str) -> str:
    """Return a process's command line; empty for a process that is gone."""
    try:
        with open(f"/proc/{process}/cmdline", "rb") as file:
            return file.read().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def owner_by_psutil(port: int) -> str | None:
    """Return the owner of a listening port from psutil; None if it is not installed or lacks permission."""
    try:
        import psutil
    except ImportError:
        return None
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr[1] == port and connection.pid:
                return describe(connection.pid, " ".join(psutil.Process(connection.pid).cmdline()))
    except psutil.Error:
        return None
    return None


def describe(pid: int, command_line: str, max_length: int = 100) -> str:
    """Return "pid N (command line)", the command line cut to ``max_length`` characters."""
    shown = command_line if len(command_line) <= max_length else command_line[: max_length - 3] + "..."
    return f"pid {pid} ({shown})" if shown else f"pid {pid}"
