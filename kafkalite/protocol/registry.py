"""Finding generated classes and header versions by number, importing each class only when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.api_keys import API_VERSIONS, FIRST_FLEXIBLE_VERSIONS, MODULES, NAMES
from kafkalite.protocol.internal_records.record_types import KEYS, METADATA_RECORDS, VALUES
from kafkalite.protocol.sliced_messages.modules import REQUESTS, RESPONSES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Any, ClassVar, Protocol, Self, TypeVar

    from kafkalite.model.buffers import Buffer

    class MessageClass(Protocol):
        """The interface of every generated message class."""

        NAME: ClassVar[str]
        LOWEST_VERSION: ClassVar[int]
        HIGHEST_VERSION: ClassVar[int]
        FIRST_FLEXIBLE_VERSION: ClassVar[int]

        def __init__(self, **fields: Any) -> None: ...

        @classmethod
        def read(cls, buffer: Buffer, position: int, version: int) -> tuple[Self, int]: ...

        def write(self, out: bytearray, version: int) -> None: ...

    T = TypeVar("T")
    Steps = Generator[None, None, T]
    Location = tuple[str, str]

#: API key -> Kafka's name of the API, for every API this code can decode.
API_NAMES = NAMES

_NEVER_FLEXIBLE = 32767

_classes: dict[tuple[str, str], type[Any]] = {}


def request_class(api_key: int) -> type[MessageClass]:
    """Return the class of an API's requests.

    Raises:
        KeyError: the API key is unknown.
    """
    return _load("messages", (f"{MODULES[api_key]}_request", f"{NAMES[api_key]}Request"))


def response_class(api_key: int) -> type[MessageClass]:
    """Return the class of an API's responses.

    Raises:
        KeyError: the API key is unknown.
    """
    return _load("messages", (f"{MODULES[api_key]}_response", f"{NAMES[api_key]}Response"))


def request_reader(api_key: int) -> Callable[[memoryview, int, int], Steps[tuple[Any, int]]] | None:
    """Return what reads an API's requests in slices; None if they are never large."""
    if api_key not in REQUESTS:
        return None
    return _import("sliced_messages", f"{MODULES[api_key]}_request").read_steps  # type: ignore[no-any-return]


def response_writer(api_key: int) -> Callable[[Any, bytearray, int], Steps[None]] | None:
    """Return what writes an API's responses in slices; None if they are never large."""
    if api_key not in RESPONSES:
        return None
    return _import("sliced_messages", f"{MODULES[api_key]}_response").write_steps  # type: ignore[no-any-return]


def request_header_version(api_key: int, version: int) -> int:
    """Return 2 for flexible versions, else 1; an unknown key counts as not flexible."""
    return 2 if version >= FIRST_FLEXIBLE_VERSIONS.get(api_key, _NEVER_FLEXIBLE) else 1


def response_header_version(api_key: int, version: int) -> int:
    """Return 1 for flexible versions, else 0.

    ApiVersions is always answered with 0, since the client does not yet know what the broker understands (KIP-511).
    """
    if api_key == API_VERSIONS:
        return 0
    return 1 if version >= FIRST_FLEXIBLE_VERSIONS.get(api_key, _NEVER_FLEXIBLE) else 0


def find_record_key_class(topic: str, record_type: int) -> type[MessageClass] | None:
    """Return the class of a coordinator record's key in an internal topic, or None if the type is not known."""
    location = KEYS.get((topic, record_type))
    return None if location is None else _load("internal_records", location)


def find_record_value_class(topic: str, record_type: int) -> type[MessageClass] | None:
    """Return the class of a coordinator record's value in an internal topic, or None if the type is not known."""
    location = VALUES.get((topic, record_type))
    return None if location is None else _load("internal_records", location)


def find_metadata_record_class(record_type: int) -> type[MessageClass] | None:
    """Return the class of a record of `__cluster_metadata`, or None if the type is not known."""
    location = METADATA_RECORDS.get(record_type)
    return None if location is None else _load("internal_records", location)


def _load(package: str, location: Location) -> type[Any]:
    found = _classes.get(location)
    if found is None:
        module, name = location
        found = _classes[location] = getattr(_import(package, module), name)
    return found


def _import(package: str, module: str) -> Any:
    return __import__(f"kafkalite.protocol.{package}.{module}", fromlist=("",))
