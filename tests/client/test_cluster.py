"""The cluster, over the wire."""

from __future__ import annotations

import pathlib

import pytest

from kafkalite.client.admin import CLIENT_METRICS, GROUP_CONFIG, SET, alter_configs
from kafkalite.client.client import Client
from kafkalite.client.cluster import (
    describe_cluster,
    describe_features,
    describe_log_directories,
    find_quorum_leader,
    find_release,
    list_config_resources,
)
from kafkalite.client.config import client_config
from kafkalite.protocol.releases import ADVERTISED
from tests.embedded_server import NOW_MS
from tests.threaded_server import bootstrap_of, threaded_server


def test_one_node(tmp_path: pathlib.Path) -> None:
    path = str(tmp_path / "data")
    with threaded_server(data=path) as server, Client(client_config(bootstrap_of(server))) as client:
        found = describe_cluster(client)
        assert [(one.id, str(one.address), one.is_fenced) for one in found.brokers] == [
            (1, bootstrap_of(server), False)
        ]
        assert found.cluster_id == server.broker.cluster_id
        leader = find_quorum_leader(client)
        assert leader is not None
        assert leader.id == 1
        assert leader.time_ms is not None
        assert leader.time_ms > NOW_MS
        features = {one.name: one for one in describe_features(client)}
        assert features["metadata.version"].level <= features["metadata.version"].max_supported
        [directory] = describe_log_directories(client)
        assert (directory.broker, directory.path, directory.error_code) == (1, path, 0)
        assert directory.total_bytes is not None


def test_names_of_resources_with_properties() -> None:
    with threaded_server() as server, Client(client_config(bootstrap_of(server))) as client:
        assert list_config_resources(client, CLIENT_METRICS) == []
        alter_configs(client, CLIENT_METRICS, "m", {"interval.ms": (SET, "1000")})
        alter_configs(client, GROUP_CONFIG, "g", {"consumer.session.timeout.ms": (SET, "50000")})
        assert list_config_resources(client, CLIENT_METRICS) == ["m"]
        assert list_config_resources(client, GROUP_CONFIG) == ["g"]


def test_brokers_that_know_less(monkeypatch: pytest.MonkeyPatch) -> None:
    with threaded_server() as server, Client(client_config(bootstrap_of(server))) as client:
        whole = describe_cluster(client)
        ranges = client.connection(None).ranges
        for api_key in (60, 55):  # DescribeCluster, DescribeQuorum
            del ranges[api_key]
        assert describe_cluster(client) == whole
        assert find_quorum_leader(client) is None


@pytest.mark.parametrize("release", list(ADVERTISED))
def test_releases_by_their_versions(release: str) -> None:
    assert find_release(ADVERTISED[release]) == release


def test_versions_between_and_before_releases() -> None:
    versions = dict(ADVERTISED["3.9"])
    versions[1] = (0, versions[1][1] - 1)
    assert find_release(versions) == "2.8"
    assert find_release({18: (0, 0)}) is None
    assert find_release({}) is None
