"""Which versions are advertised and which are answered, for this server or imitating one release of Kafka."""

from __future__ import annotations

from kafkalite.protocol.api_support import FEATURES, RELEASES, SERVED


class ServedApis:
    """API ranges and features as told to clients, and the versions that are really answered."""

    __slots__ = ("advertised", "features", "release", "served")

    def __init__(
        self,
        release: str | None,
        advertised: dict[int, tuple[int, int]],
        served: dict[int, tuple[int, int]],
        features: dict[str, tuple[int, int, int]],
    ) -> None:
        """Args: see `served_apis`; `release` is None when no release is imitated."""
        self.release = release
        #: API key -> (lowest, highest) version in the answer to ApiVersions
        self.advertised = advertised
        #: API key -> (lowest, highest) version answered; others close the connection
        self.served = served
        #: feature -> (lowest supported, highest supported, finalized) level
        self.features = features

    def serves(self, api_key: int, version: int) -> bool:
        """Return whether requests of this API and version are answered."""
        lowest, highest = self.served.get(api_key, (0, -1))
        return lowest <= version <= highest


def served_apis(release: str | None = None) -> ServedApis:
    """Return everything that is served, or what of it a release of Kafka ("2.8", "3.9", "4.0" ...) would offer.

    Imitating a release only narrows: what is not built is not advertised. Kafka 4 advertises Produce from version 0
    while it refuses 0 to 2, because old librdkafka reads its range as a list of compression codecs (KAFKA-18659).

    Raises:
        ValueError: the release is not known.
    """
    if release is None:
        return ServedApis(None, SERVED, SERVED, FEATURES)
    if release not in RELEASES:
        raise ValueError(f"Kafka {release} cannot be imitated; known are {', '.join(RELEASES)}")
    from kafkalite.protocol import releases

    advertised: dict[int, tuple[int, int]] = {}
    served: dict[int, tuple[int, int]] = {}
    for api_key, (lowest, highest) in releases.ADVERTISED[release].items():
        own_lowest, own_highest = SERVED.get(api_key, (0, -1))
        both = max(lowest, own_lowest), min(highest, own_highest)
        if both[0] > both[1]:
            continue
        advertised[api_key] = both
        _, last_refused = releases.REFUSED.get(release, {}).get(api_key, (0, -1))
        served[api_key] = max(both[0], last_refused + 1), both[1]
    return ServedApis(release, advertised, served, releases.FEATURES[release])
