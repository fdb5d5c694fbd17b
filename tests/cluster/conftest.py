"""A cluster per test; after the test its state must be what its records say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.conversation import Cluster


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A bootstrapped cluster of broker 1."""
    made = Cluster()
    yield made
    made.check_replay()
