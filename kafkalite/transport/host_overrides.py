"""The limits of ``max.connections.per.ip.overrides`` by address: host names are resolved outside of the loop.

The limits of addresses apply at once, those of names from the answer of the name server on; until then a name that had
a limit before keeps its addresses, with its new limit.

Source: kafka.network.SocketServer (reconfigure), ConnectionQuotas.updateMaxConnectionsPerIpOverride.

Deviation: every address of a name has its limit, not only the first; a name without an address is logged, while Kafka
does not start, or keeps its previous overrides.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.cluster.configs.connection_overrides import OVERRIDES_PROPERTY
from kafkalite.model.limits import HOST_NAME_MAX_CHARS
from kafkalite.system.data_path import shown_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kafkalite.broker.host_lookups import HostLookups
    from kafkalite.system.work_queue import SlicedWork, WorkQueue

_log = getLogger("kafkalite.transport")


class HostOverrides:
    """The current overrides.

    Args:
        hosts: resolves names.
        work: runs the lookups as a piece of work.
        changed: called when `by_address` changes after `follow` or `begin` returned.

    Attributes:
        by_address: address -> limit; replaced, never changed.
    """

    __slots__ = ("_addresses", "_changed", "_hosts", "_limits", "_lookups", "_work", "by_address")

    def __init__(self, hosts: HostLookups, work: WorkQueue, changed: Callable[[], object]) -> None:
        self._hosts = hosts
        self._work = work
        self._changed = changed
        self._limits: dict[str, int] = {}
        self._addresses: dict[str, list[str]] = {}
        self._lookups: SlicedWork[dict[str, list[str]]] | None = None
        self.by_address: dict[str, int] = {}

    def begin(self, limits: Mapping[str, int]) -> None:
        """Resolve the overrides of the start, before any client is served, and wait for the name server.

        Args:
            limits: host name or address -> limit.
        """
        self._limits = dict(limits)
        self._take({host: self._hosts.resolve(host) for host in limits})

    def follow(self, limits: Mapping[str, int]) -> None:
        """Start resolving changed overrides, replacing pending lookups; do nothing for equal ones."""
        if limits == self._limits:
            return
        self._limits = dict(limits)
        if self._lookups is not None:
            self._lookups.abandon()
        # Addresses need no name server, so that their limits apply before the reply to the change.
        self._addresses = {
            host: self._hosts.find_at_once(host) or self._addresses.get(host, []) for host in self._limits
        }
        self._join()
        lookups = self._lookups = self._work.begin(self._hosts.find_addresses(self._limits))
        lookups.then(lambda: self._resolved(lookups))

    def _resolved(self, lookups: SlicedWork[dict[str, list[str]]]) -> None:
        self._lookups = None
        try:
            addresses = lookups.result()
        except Exception:
            _log.exception("the hosts of %s could not be resolved; addresses have their limits", OVERRIDES_PROPERTY)
            return
        before = self.by_address
        self._take(addresses)
        if self.by_address != before:
            self._changed()

    def _take(self, addresses: dict[str, list[str]]) -> None:
        self._addresses = addresses
        self._join()
        unknown = [host for host in self._limits if not addresses.get(host)]
        if unknown:
            _log.warning(
                "%s has no effect for hosts without an address: %s; set it again once they have one",
                OVERRIDES_PROPERTY,
                shown_names([repr(host[:HOST_NAME_MAX_CHARS]) for host in unknown]),
            )

    def _join(self) -> None:
        self.by_address = {
            address: limit for host, limit in self._limits.items() for address in self._addresses.get(host, ())
        }
