# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Which messages can be read or written in slices."""

from __future__ import annotations

#: API keys of the requests that have a module here.
REQUESTS = frozenset((0, 1, 2, 3, 8, 9, 10, 11, 13, 14, 15, 16, 19, 20, 21, 23, 24, 27, 28, 30, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 55, 57, 61, 65, 66, 68, 69, 74, 75, 80))  # fmt: skip

#: API keys of the responses that have a module here.
RESPONSES = frozenset((0, 1, 2, 3, 8, 9, 10, 11, 13, 15, 16, 17, 18, 19, 20, 21, 23, 24, 27, 28, 29, 30, 31, 32, 33, 34, 35, 37, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 55, 57, 60, 61, 65, 66, 68, 69, 74, 75))  # fmt: skip
