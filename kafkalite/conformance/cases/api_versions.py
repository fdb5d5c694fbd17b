"""ApiVersions, and what a broker does with versions and keys that it does not serve."""

from __future__ import annotations

from kafkalite.conformance.conversation import Conversation, Step

SOFTWARE = {"ClientSoftwareName": "conformance", "ClientSoftwareVersion": "1.0"}


def _asks(**software: str | int | None) -> Step:
    return Step(api="ApiVersions", fields=SOFTWARE | software)


def _raw(api: str, header: str, name: str, body: str = "") -> Step:
    """Return a step of bytes in hex: `header` is key, version, correlation id 1 and client id "x"."""
    return Step(api=api, raw=bytes.fromhex(header + "00000001" + "000178" + body), name=name, version=0)


NO_CLIENT_SENDS = "frames that no client sends have ended brokers: the others are played before"

CONVERSATIONS = (
    Conversation(name="the table of versions", api="ApiVersions", steps=(_asks(),)),
    Conversation(
        name="names of the client's software",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(3, 4, 5),
        steps=(
            _asks(ClientSoftwareName="").named("an empty name"),
            _asks(ClientSoftwareVersion="").named("an empty version"),
            _asks(ClientSoftwareName="with space").named("a space in the name"),
            _asks(ClientSoftwareName="-x").named("a dash at the start"),
            _asks(ClientSoftwareVersion="1_0").named("an underscore in the version"),
            _asks(ClientSoftwareName="x" * 300).named("a long name"),
            _asks(ClientSoftwareName="a.b-c9").named("all that is allowed"),
        ),
    ),
    Conversation(
        name="the cluster and the node that the client means",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(4, 5),
        steps=(
            Step(
                api="DescribeCluster",
                remember={"cluster": "ClusterId", "node": "Brokers.0.BrokerId"},
                name="which they are",
                is_compared=False,
            ),
            _asks(ClusterId="$cluster", NodeId="$node").named("this one"),
            _asks(ClusterId="$cluster", NodeId=4711).named("another node"),
            _asks(ClusterId="another", NodeId="$node").named("another cluster"),
            _asks(ClusterId="", NodeId="$node").named("a cluster without a name"),
            _asks(ClusterId="another", NodeId=-2).named("another cluster and a negative node"),
            _asks(ClusterId="$cluster").named("no node"),
            _asks(NodeId="$node").named("no cluster"),
            _asks(ClusterId=None, NodeId=-1).named("neither"),
            _asks(ClusterId="another", NodeId=1, ClientSoftwareName="").named("another cluster, and no software"),
        ),
    ),
    Conversation(
        name="a version that is too new",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(0,),
        steps=(
            _raw("ApiVersions", "00127fff", "version 32767 is answered in version 0", "00"),
            Step(api="ApiVersions", name="the connection goes on"),
        ),
    ),
    Conversation(
        name="a negative version",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(0,),
        steps=(_raw("ApiVersions", "0012ffff", "version -1"),),
    ),
    Conversation(
        name="another API in a version that is too new",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(0,),
        steps=(_raw("Metadata", "00037fff", "Metadata version 32767"),),
    ),
    Conversation(
        name="an API key that does not exist",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(0,),
        steps=(_raw("Metadata", "03e70000", "key 999"),),
    ),
    Conversation(
        name="an API that only controllers serve",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(0,),
        steps=(_raw("Metadata", "00340000", "Vote (52)"),),
    ),
    Conversation(
        name="frames that end too early or too late",
        alone=NO_CLIENT_SENDS,
        api="ApiVersions",
        versions=(0,),
        steps=(
            Step(api="ApiVersions", raw=b"", name="an empty frame", connection="empty"),
            Step(api="ApiVersions", raw=bytes.fromhex("0012"), name="half a header", connection="half"),
            Step(api="Metadata", raw=bytes.fromhex("0003000100000001ffff0000"), name="half a body", connection="body"),
        ),
    ),
)
