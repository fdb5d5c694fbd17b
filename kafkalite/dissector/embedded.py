"""The opaque bytes of the classic group protocol, as clients fill them: subscriptions and assignments.

Source: ConsumerProtocol. The broker never reads these bytes; only groups of the protocol type "consumer" use this
form, and other clients may put anything into them, so data that does not fit stays bytes.
"""

from __future__ import annotations

from construct import Int16sb, Struct

from kafkalite.dissector.field import DissectionError, Field
from kafkalite.dissector.messages import dissect_leading_message
from kafkalite.dissector.primitives import Traced, parse_traced
from kafkalite.dissector.specs import get_spec

_SUBSCRIPTION = "ConsumerProtocolSubscription"
_ASSIGNMENT = "ConsumerProtocolAssignment"
_VERSION = Struct(Traced("version", "int16", Int16sb))

#: Message -> names of its bytes fields that hold embedded data -> schema.
_EMBEDDED: dict[str, dict[str, str]] = {
    "JoinGroupRequest": {"Metadata": _SUBSCRIPTION},
    "JoinGroupResponse": {"Metadata": _SUBSCRIPTION},
    "SyncGroupRequest": {"Assignment": _ASSIGNMENT},
    "SyncGroupResponse": {"Assignment": _ASSIGNMENT},
    "DescribeGroupsResponse": {"MemberMetadata": _SUBSCRIPTION, "MemberAssignment": _ASSIGNMENT},
}


def append_embedded(body: Field, name: str) -> None:
    """Add the fields of embedded consumer data to the bytes fields of a message named `name` that hold it."""
    schemas = _EMBEDDED.get(name)
    if schemas:
        _append_embedded(body, schemas)


def _append_embedded(parent: Field, schemas: dict[str, str]) -> None:
    protocol_type = parent.find("ProtocolType")
    if protocol_type is not None and protocol_type.value not in (None, "", "consumer"):
        return
    for child in parent.children:
        if child.name in schemas and isinstance(child.value, bytes):
            _append_data(child, schemas[child.name])
        else:
            _append_embedded(child, schemas)


def _append_data(field: Field, schema: str) -> None:
    view = memoryview(field.value)
    base = field.end - len(view)
    spec = get_spec(schema)
    try:
        head = parse_traced(_VERSION, view, base, field.name, "")
        version = min(head.value["version"], spec.versions()[-1])
        if version not in spec.valid_versions:
            return
        body = dissect_leading_message(view[2:], name=schema, version=version, base=head.end)
    except DissectionError:
        return
    body.name = "Body"
    field.children = [*head.children, body]
    if body.end < field.end:
        rest = Field("rest", "bytes", body.end, field.end, bytes(view[body.end - base :]))
        field.children.append(rest)
