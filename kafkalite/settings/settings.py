"""The merged properties of one broker: values as text and typed, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.settings import definitions
from kafkalite.settings.defaults import DATA_IN_MEMORY, DEFAULT_PROFILE, PROFILES
from kafkalite.settings.listeners import Listener, check_advertised, parse_listeners, parse_protocol_map
from kafkalite.settings.values import ConfigError, parse_bool, parse_double, parse_integer, parse_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kafkalite.settings.image_variables import StartTopic

SOURCE_KAFKALITE_DEFAULT = "default of kafkalite"
SOURCE_KAFKA_DEFAULT = "default of Kafka"


class Settings:
    """Broker properties under Kafka's names.

    Attributes:
        explicit: property -> (value, source) of all properties that are set, unknown ones included. The source is for
            people: "--port", "KAFKA_LOG_SEGMENT_BYTES", "server.properties".
        profile: name of the set of defaults ("dev", "kafka", "ci").
        unknown: names in ``explicit`` that Kafka 4.4 does not have, sorted.
        cluster_id: (id, its source) for a new data directory; None = a random one.
        start_topics: topics to create at the start if they do not exist.
    """

    __slots__ = ("_defaults", "cluster_id", "explicit", "profile", "start_topics", "unknown")

    def __init__(self, explicit: Mapping[str, tuple[str, str]], profile: str = DEFAULT_PROFILE) -> None:
        self.explicit = dict(explicit)
        self.profile = profile
        self.unknown = sorted(name for name in self.explicit if not definitions.is_known(name))
        self._defaults = PROFILES[profile]
        self.cluster_id: tuple[str, str] | None = None
        self.start_topics: Sequence[StartTopic] = ()

    def values(self) -> dict[str, str]:
        """Return all properties without Kafka's default, unknown ones included.

        Properties that Kafka does not have are among them only if they were set: clients do not know them.
        """
        own = definitions.OWN_PROPERTIES
        chosen = {name: value for name, (value, _) in self._defaults.items() if name not in own}
        chosen |= {name: value for name, (value, _) in self.explicit.items()}
        return chosen

    def find(self, name: str) -> str | None:
        """Return the effective value as text; None if Kafka's default is null.

        Raises:
            KeyError: the property is unknown.
        """
        entry = self.explicit.get(name) or self._defaults.get(name)
        return entry[0] if entry is not None else definitions.default_of(name)

    def get(self, name: str) -> str:
        """Return the effective value as text.

        Raises:
            ConfigError: there is none.
            KeyError: the property is unknown.
        """
        value = self.find(name)
        if value is None:
            raise ConfigError(f"{name}: a value is needed and none is set")
        return value

    def source_of(self, name: str) -> str:
        """Return the source of the value of ``name``: a flag, a variable, a file, or the owner of its default."""
        if name in self.explicit:
            return self.explicit[name][1]
        is_ours = name in self._defaults or name in definitions.OWN_PROPERTIES
        return SOURCE_KAFKALITE_DEFAULT if is_ours else SOURCE_KAFKA_DEFAULT

    def default_of(self, name: str) -> str | None:
        """Return the default of ``name`` (ours, else Kafka's); None = null."""
        entry = self._defaults.get(name)
        return entry[0] if entry is not None else definitions.default_of(name)

    def get_int(self, name: str) -> int:
        """Return an integer property of any width.

        Raises:
            ConfigError: there is no value.
        """
        return parse_integer(self.get(name), "long")

    get_long = get_int

    def find_int(self, name: str) -> int | None:
        """Return an integer property, or None if its value is null."""
        value = self.find(name)
        return None if value is None else parse_integer(value, "long")

    def get_double(self, name: str) -> float:
        """Return a floating-point property; only the log cleaner has some."""
        return parse_double(self.get(name))

    def get_bool(self, name: str) -> bool:
        """Return a boolean property."""
        return parse_bool(self.get(name))

    def get_list(self, name: str) -> list[str]:
        """Return the items of a list property; empty if it is empty or null."""
        return parse_list(self.find(name) or "")

    @property
    def listener_protocols(self) -> dict[str, str]:
        """Listener name -> security protocol; the controller's listeners are PLAINTEXT until the map is set."""
        protocols = parse_protocol_map(self.get("listener.security.protocol.map"))
        if "listener.security.protocol.map" in self.explicit:
            return protocols
        return dict.fromkeys(self.controller_names, "PLAINTEXT") | protocols

    @property
    def controller_names(self) -> set[str]:
        """Names of listeners that are the controller's, in upper case; they are not for clients and not bound."""
        return {name.upper() for name in self.get_list("controller.listener.names")}

    @property
    def listeners(self) -> list[Listener]:
        """The endpoints to bind for clients, in the order of ``listeners``, without the controller's.

        Raises:
            ConfigError: one cannot be parsed, or none is left.
        """
        controller_names = self.controller_names
        parsed = self._parse_listeners("listeners", self.get("listeners"))
        listeners = [listener for listener in parsed if listener.name not in controller_names]
        if not listeners:
            raise ConfigError(f"listeners: there is no listener for clients (from {self.source_of('listeners')})")
        return listeners

    def _parse_listeners(self, name: str, text: str) -> list[Listener]:
        protocols = self.listener_protocols
        try:
            return parse_listeners(name, text, protocols)
        except ConfigError as problem:
            raise ConfigError(f"{problem} (from {self.source_of(name)})") from None

    def check_security(self) -> None:
        """Refuse access control, which this version does not have.

        A start without it would leave data open that its owner believes to be protected.
        ``kafkalite.settings.security`` refuses missing features of TLS and SASL.

        Raises:
            ConfigError: the properties request access control.
        """
        name = "authorizer.class.name"
        if self.find(name):
            raise ConfigError(
                f"{name}: this version has no authorizer, every client that reaches the port may do everything: "
                f"leave it out to start without access control (from {self.source_of(name)})"
            )
        name = "delegation.token.secret.key"
        if self.find(name):
            raise ConfigError(f"{name}: this version has no delegation tokens (from {self.source_of(name)})")

    @property
    def advertised_listeners(self) -> list[Listener]:
        """The advertised addresses; empty = each client gets the address that it connected to.

        Port 0 means the bound port, no host and ``[::]`` the host that the client connected to.

        Raises:
            ConfigError: as ``listeners``, and if clients could not use an address.
        """
        text = self.find("advertised.listeners")
        if not text:
            return []
        controller_names = self.controller_names
        parsed = self._parse_listeners("advertised.listeners", text)
        advertised = [listener for listener in parsed if listener.name not in controller_names]
        if not advertised:
            source = self.source_of("advertised.listeners")
            raise ConfigError(f"advertised.listeners: {text} names no listener for clients (from {source})")
        listeners = self.listeners
        try:
            check_advertised(advertised, listeners)
        except ConfigError as problem:
            raise ConfigError(f"{problem} (from {self.source_of('advertised.listeners')})") from None
        return advertised

    @property
    def data_directory(self) -> str | None:
        """The log directory; None = data in memory.

        Raises:
            ConfigError: several are named.
        """
        directories = self.get_list("log.dirs") or self.get_list("log.dir")
        if len(directories) != 1:
            source = self.source_of("log.dirs" if self.find("log.dirs") else "log.dir")
            raise ConfigError(
                f"log.dirs: kafkalite keeps one log directory, {len(directories)} are named (from {source})"
            )
        return None if directories[0] == DATA_IN_MEMORY else directories[0]

    @property
    def node_id(self) -> int:
        """This node's id (``node.id``, or ``broker.id`` where only that is set)."""
        name = "broker.id" if "broker.id" in self.explicit and "node.id" not in self.explicit else "node.id"
        return self.get_int(name)
