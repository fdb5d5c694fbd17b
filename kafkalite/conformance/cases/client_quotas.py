"""AlterClientQuotas and DescribeClientQuotas."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.conversation import Conversation, Step, Wait

EXACT, DEFAULT, SPECIFIED = 0, 1, 2
RATE = {"producer_byte_rate": 1024.0}

Parts = dict[str, str | None]


def _entity(parts: Parts) -> list[dict[str, Any]]:
    return [{"EntityType": type_, "EntityName": name} for type_, name in parts.items()]


def _entry(parts: Parts, values: dict[str, float] | None = None, removed: tuple[str, ...] = ()) -> dict[str, Any]:
    ops = [{"Key": key, "Value": value, "Remove": False} for key, value in (values or {}).items()]
    ops += [{"Key": key, "Value": 0.0, "Remove": True} for key in removed]
    return {"Entity": _entity(parts), "Ops": ops}


def _alter(*entries: dict[str, Any], name: str, validate_only: bool = False) -> Step:
    return Step(api="AlterClientQuotas", fields={"Entries": list(entries), "ValidateOnly": validate_only}, name=name)


def _describe(
    *components: tuple[str, int, str | None], name: str, strict: bool = True, until: Wait | None = None
) -> Step:
    asked = [{"EntityType": type_, "MatchType": kind, "Match": match} for type_, kind, match in components]
    fields = {"Components": asked, "Strict": strict}
    return Step(api="DescribeClientQuotas", fields=fields, name=name, until=until)


def _user(name: str = "$alice") -> tuple[str, int, str | None]:
    return ("user", EXACT, name)


def _value(of: float) -> Wait:
    return Wait("Entries/0/Values/0/Value", of)


ALL_KEYS = ("producer_byte_rate", "consumer_byte_rate", "request_percentage", "controller_mutation_rate")

FOR_ALL = "quotas of the default user and of this machine slow every client down"

CONVERSATIONS = (
    Conversation(
        name="quotas come and go",
        api="AlterClientQuotas",
        alone=FOR_ALL,
        names=("alice", "app"),
        steps=(
            _alter(_entry({"user": "$alice"}, RATE), name="only tried", validate_only=True),
            _alter(
                _entry({"user": "$alice"}, dict(zip(ALL_KEYS, (1024.0, 2048.0, 12.5, 0.25), strict=True))),
                _entry({"client-id": "$app"}, {"consumer_byte_rate": 5.0}),
                _entry({"user": "$alice", "client-id": "$app"}, {"request_percentage": 200.0}),
                _entry({"user": "$alice", "client-id": None}, {"producer_byte_rate": 7.0}),
                name="of several entities",
            ),
            _describe(("user", EXACT, "$alice"), ("client-id", DEFAULT, None), name="told", until=_value(7.0)),
            _describe(_user(), name="the user's own"),
            _describe(("client-id", EXACT, "$app"), name="the client's own"),
            _describe(_user(), strict=False, name="all of the user"),
            _alter(_entry({"user": "$alice"}, {"producer_byte_rate": 4096.0}, ("consumer_byte_rate",)), name="changed"),
            _alter(_entry({"user": "$alice"}, {"producer_byte_rate": 4096.0}), name="the same again"),
            _alter(_entry({"user": "$alice"}, removed=("consumer_byte_rate", "no such quota")), name="removed again"),
            _alter(
                _entry({"user": "$alice"}, removed=ALL_KEYS),
                _entry({"client-id": "$app"}, removed=ALL_KEYS),
                _entry({"user": "$alice", "client-id": "$app"}, removed=ALL_KEYS),
                _entry({"user": "$alice", "client-id": None}, removed=ALL_KEYS),
                name="all removed",
            ),
            _describe(_user(), strict=False, name="nothing is left", until=Wait("Entries", [])),
        ),
    ),
    Conversation(
        name="what is refused",
        api="AlterClientQuotas",
        alone=FOR_ALL,
        names=("alice", "app"),
        steps=(
            _alter(_entry({}, RATE), name="an empty entity"),
            _alter(_entry({"user": ""}, RATE), name="an empty name"),
            _alter(_entry({"topic": "x"}, RATE), _entry({"": "x"}, RATE), name="types that do not exist"),
            _alter(_entry({"user": "$alice", "ip": "127.0.0.1"}, RATE), name="an address and a user"),
            _alter(_entry({"ip": "127.0.0.1"}, RATE), name="a quota of clients for an address"),
            _alter(_entry({"user": "$alice"}, {"connection_creation_rate": 1.0}), name="a quota of addresses"),
            _alter(_entry({"ip": "no address.invalid"}, {"connection_creation_rate": 1.0}), name="no address"),
            _alter(_entry({"user": "$alice"}, {"no.such.quota": 1.0}), name="a quota that does not exist"),
            _alter(_entry({"user": "$alice"}, {"producer_byte_rate": 0.0}), name="zero"),
            _alter(_entry({"user": "$alice"}, {"producer_byte_rate": -1.0}), name="a negative number"),
            _alter(_entry({"user": "$alice"}, {"producer_byte_rate": 1.5}), name="a fraction"),
            _alter(_entry({"user": "$alice"}, {"producer_byte_rate": 1e19}), name="more than a long"),
            _alter(_entry({"ip": "127.0.0.1"}, {"connection_creation_rate": 3e9}), name="more than an int"),
            _alter(
                {
                    "Entity": _entity({"user": "$alice"}),
                    "Ops": [{"Key": "producer_byte_rate", "Value": value, "Remove": False} for value in (1.0, 2.0)],
                },
                name="the same quota twice",
            ),
            _alter(
                _entry({"user": "$alice"}, {"producer_byte_rate": 9.0, "nonsense": 1.0}),
                _entry({"client-id": "$app"}, {"producer_byte_rate": 9.0}),
                name="one wrong entity beside a right one",
            ),
            _describe(("client-id", EXACT, "$app"), name="the right one is told", until=_value(9.0)),
            _describe(_user(), name="the wrong one is not"),
            _alter(
                _entry({"client-id": "$app"}, {"producer_byte_rate": 10.0}),
                _entry({"client-id": "$app"}, {"producer_byte_rate": 11.0}),
                name="the same entity twice",
            ),
            _describe(("client-id", EXACT, "$app"), name="the first counts", until=_value(10.0)),
            _alter(_entry({"user": "$alice"}), name="no quotas"),
            _alter(name="no entities"),
            _alter(_entry({"client-id": "$app"}, removed=ALL_KEYS), name="removed in the end"),
        ),
    ),
    Conversation(
        name="addresses",
        api="AlterClientQuotas",
        alone=FOR_ALL,
        versions=(1,),
        steps=(
            _alter(
                _entry({"ip": "192.0.2.77"}, {"connection_creation_rate": 5.0}),
                _entry({"ip": "2001:db8::77"}, {"connection_creation_rate": 6.0}),
                _entry({"ip": "localhost"}, {"connection_creation_rate": 7.0}),
                name="two addresses and a name",
            ),
            _describe(("ip", EXACT, "192.0.2.77"), name="told", until=_value(5.0)),
            _describe(("ip", SPECIFIED, None), name="any address"),
            _alter(
                *(
                    _entry({"ip": ip}, removed=("connection_creation_rate",))
                    for ip in ("192.0.2.77", "2001:db8::77", "localhost")
                ),
                name="removed in the end",
            ),
        ),
    ),
    Conversation(
        name="filters",
        api="DescribeClientQuotas",
        alone=FOR_ALL,
        names=("alice", "app"),
        steps=(
            _alter(
                _entry({"user": "$alice"}, RATE),
                _entry({"user": None}, {"producer_byte_rate": 2.0}),
                _entry({"user": None, "client-id": "$app"}, {"producer_byte_rate": 3.0}),
                name="a user, the default user, and the default user with a client id",
            ),
            _describe(("user", DEFAULT, None), ("client-id", EXACT, "$app"), name="both", until=_value(3.0)),
            _describe(("user", DEFAULT, None), name="the default"),
            _describe(("user", DEFAULT, None), strict=False, name="the default, whatever else"),
            _describe(("user", SPECIFIED, None), name="any user"),
            _describe(("user", SPECIFIED, None), strict=False, name="any user, whatever else"),
            _describe(("user", SPECIFIED, None), ("client-id", SPECIFIED, None), name="any user with any client id"),
            _describe(name="nothing, strictly"),
            _describe(strict=False, name="everything"),
            _describe(("user", EXACT, "nobody"), name="a user without"),
            _describe(("user", EXACT, None), name="exactly null"),
            _describe(("user", DEFAULT, "x"), name="a default with a name"),
            _describe(("user", SPECIFIED, "x"), name="any with a name"),
            _describe(("user", 3, None), name="a kind of match that does not exist"),
            _describe(("user", SPECIFIED, None), ("user", DEFAULT, None), name="the same type twice"),
            _describe(("", EXACT, "x"), name="an empty type"),
            _describe(("topic", EXACT, "x"), name="a type that does not exist"),
            _describe(("ip", SPECIFIED, None), ("user", SPECIFIED, None), name="an address and a user"),
            _alter(
                _entry({"user": "$alice"}, removed=ALL_KEYS),
                _entry({"user": None}, removed=ALL_KEYS),
                _entry({"user": None, "client-id": "$app"}, removed=ALL_KEYS),
                name="removed in the end",
            ),
            _describe(strict=False, name="nothing is left", until=Wait("Entries", [])),
        ),
    ),
)
