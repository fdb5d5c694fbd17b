"""The error of a client that this machine cannot run."""

from __future__ import annotations


class ClientMissing(Exception):
    """The client is not on this machine and cannot be got; the message says how to get it."""
