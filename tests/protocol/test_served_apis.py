"""What is advertised and answered, by default and when a release is imitated."""

from __future__ import annotations

import json

import pytest

from kafkalite.protocol import api_keys, api_support
from kafkalite.protocol.served_apis import served_apis
from tests.protocol.message_samples import BY_NAME, SPECS

RELEASES = json.loads((SPECS / "releases.json").read_text(encoding="utf-8"))


def test_by_default_everything_served_is_advertised() -> None:
    served = served_apis()
    assert served.release is None
    assert served.advertised == served.served == api_support.SERVED
    assert served.serves(api_keys.PRODUCE, 0)
    assert served.serves(api_keys.PRODUCE, 13)
    assert not served.serves(api_keys.PRODUCE, 14)
    assert not served.serves(api_keys.PRODUCE, -1)
    assert not served.serves(9999, 0)
    assert served.features["metadata.version"] == (7, 33, 33)


def test_what_is_served_is_in_the_schemas() -> None:
    for api_key, (lowest, highest) in api_support.SERVED.items():
        versions = BY_NAME[f"{api_keys.NAMES[api_key]}Request"].versions
        assert versions.lowest <= lowest <= highest <= versions.highest


@pytest.mark.parametrize("release", api_support.RELEASES)
def test_a_release_narrows_to_what_it_advertised(release: str) -> None:
    served = served_apis(release)
    assert served.release == release
    for api_key, (lowest, highest) in served.advertised.items():
        name = api_keys.NAMES[api_key]
        first, _, last = RELEASES[release]["apis"][name].partition("-")
        own = api_support.SERVED[api_key]
        assert (lowest, highest) == (max(int(first), own[0]), min(int(last or first), own[1]))
    for api_key in api_support.SERVED:
        assert (api_key in served.advertised) == (api_keys.NAMES[api_key] in RELEASES[release]["apis"])
    assert set(served.features) == set(RELEASES[release]["features"])


@pytest.mark.parametrize("release", ["4.0", "4.1", "4.2", "4.3", "4.4"])
def test_kafka_4_advertises_old_produce_and_refuses_it(release: str) -> None:
    served = served_apis(release)
    assert served.advertised[api_keys.PRODUCE][0] == 0
    assert [served.serves(api_keys.PRODUCE, version) for version in (0, 2, 3)] == [False, False, True]
    assert not served.serves(api_keys.FETCH, 3)


def test_older_releases_serve_what_they_advertise() -> None:
    for release in ("2.8", "3.9"):
        served = served_apis(release)
        assert served.advertised == served.served
    assert served_apis("2.8").features == {}
    assert served_apis("2.8").advertised[api_keys.FETCH] == (0, 12)
    assert served_apis("3.9").advertised[api_keys.FETCH] == (0, 17)


def test_an_unknown_release_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Kafka 1\.0 cannot be imitated"):
        served_apis("1.0")


def test_tables_have_a_row_for_each_api() -> None:
    assert set(api_support.OPERATIONS) == set(api_support.KIPS) == set(api_support.SERVED)
    names = {api_keys.NAMES[key] for key in api_support.SERVED}
    assert {name for name, _, _ in api_support.DEVIATIONS} <= names
