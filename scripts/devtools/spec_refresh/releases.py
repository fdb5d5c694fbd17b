"""API ranges and features that Kafka releases advertise to clients, read from a running node of each release.

A node of one release is formatted as Kafka's quickstart does it (`--standalone`, where it exists), started, asked with
ApiVersions in the newest version it has, and stopped.
"""

from __future__ import annotations

import json
import socket
import struct
import tempfile
from pathlib import Path
from typing import Any

from compat_tests.oracle import apache_kafka
from kafkalite.protocol.api_keys import NAMES
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.api_versions_response import ApiVersionsResponse
from scripts.devtools.protocol_generator.versions import VersionRange

from . import jars

_API_VERSIONS_KEY = 18
_REQUEST_VERSION = 4


class _QuickstartNode(apache_kafka.ApacheKafka):
    """A node with a dynamic quorum of itself, as the quickstart makes one."""

    def _write_properties(self) -> Path:
        path = super()._write_properties()
        lines = path.read_text().splitlines()
        voters = next(line for line in lines if line.startswith("controller.quorum.voters="))
        address = voters.partition("@")[2]
        kept = [line for line in lines if line != voters]
        path.write_text("\n".join([*kept, f"controller.quorum.bootstrap.servers={address}"]) + "\n")
        return path

    def _format(self, properties: Path) -> None:
        arguments = ("format", "--standalone", "-t", "kafkaliteQQQQQQQQQQQQQ", "-c", str(properties))
        done = apache_kafka.run_tool("kafka-storage", *arguments, version=self.version)
        if done.returncode != 0:
            raise apache_kafka.OracleFailed(f"formatting failed:\n{done.stdout}{done.stderr}")


def observe_release(version: str) -> dict[str, Any]:
    """Start a node of one release and return its API ranges and features."""
    with tempfile.TemporaryDirectory() as directory:
        node = _QuickstartNode(data=Path(directory) / "data", version=version)
        node.start()
        try:
            return _describe(version, _ask(node.port))
        finally:
            node.stop()


def derive_release(version: str) -> dict[str, Any]:
    """Return the API ranges of a release with ZooKeeper from the schemas in its client's jar; it has no features."""
    schemas = jars.read_schemas(jars.find_jar("kafka-clients", version))
    ranges = {
        schema["name"].removesuffix("Request"): schema["validVersions"]
        for schema in sorted(schemas.values(), key=lambda schema: schema.get("apiKey", -1))
        if schema["type"] == "request" and "zkBroker" in schema["listeners"]
    }
    return {"release": version, "apis": ranges, "features": {}}


def _ask(port: int) -> ApiVersionsResponse:
    body = bytearray(struct.pack(">hhih", _API_VERSIONS_KEY, _REQUEST_VERSION, 1, -1) + b"\0")
    request = ApiVersionsRequest(client_software_name="refresh", client_software_version="1")
    request.write(body, _REQUEST_VERSION)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection, connection.makefile("rb") as reader:
        connection.sendall(struct.pack(">i", len(body)) + body)
        (length,) = struct.unpack(">i", reader.read(4))
        reply = reader.read(length)
    return ApiVersionsResponse.read(reply, 4, _REQUEST_VERSION)[0]


def _describe(version: str, response: ApiVersionsResponse) -> dict[str, Any]:
    if response.error_code != 0:
        raise ValueError(f"Kafka {version} answered ApiVersions with error {response.error_code}")
    ranges = {
        NAMES.get(api.api_key, str(api.api_key)): VersionRange(api.min_version, api.max_version).to_text()
        for api in sorted(response.api_keys, key=lambda api: api.api_key)
    }
    finalized = {feature.name: feature.max_version_level for feature in response.finalized_features}
    features = {
        feature.name: {
            "supported": f"{feature.min_version}-{feature.max_version}",
            "finalized": finalized.get(feature.name, 0),
        }
        for feature in sorted(response.supported_features, key=lambda feature: feature.name)
    }
    return {"release": version, "apis": ranges, "features": features}


def to_text(releases: dict[str, dict[str, Any]]) -> str:
    """Return the releases as JSON, a line for the APIs and one for the features of each."""
    parts = []
    for line, facts in releases.items():
        rows = ",\n".join(f'    "{key}": {json.dumps(value)}' for key, value in facts.items())
        parts.append(f'  "{line}": {{\n{rows}\n  }}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
