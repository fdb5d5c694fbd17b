"""The handler of each API, by one rule; its module is imported with the first request.

DescribeAcls is answered by `describe_acls` of the class `DescribeAclsHandler` in `handlers/describe_acls.py`.
"""

from __future__ import annotations

from kafkalite.protocol.api_keys import MODULES, NAMES
from kafkalite.protocol.api_support import SERVED

_HANDLERS = "kafkalite.broker.handlers"

ROUTES: dict[int, tuple[str, str, str]] = {
    api_key: (f"{_HANDLERS}.{MODULES[api_key]}", f"{NAMES[api_key]}Handler", MODULES[api_key]) for api_key in SERVED
}
"""API key -> (module, class, method)."""
