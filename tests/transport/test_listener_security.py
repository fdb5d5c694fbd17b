"""SCRAM users come out of the metadata, as it is when they come."""

from __future__ import annotations

import hashlib

from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_user_scram_credentials_request import (
    AlterUserScramCredentialsRequest,
    ScramCredentialDeletion,
    ScramCredentialUpsertion,
)
from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest
from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest
from tests.embedded_server import EmbeddedServer, WireClient, run
from tests.security.scram_client import ScramClient

PROPERTIES = {
    "listeners": "PLAINTEXT://127.0.0.1:0,CLIENTS://127.0.0.1:0",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CLIENTS:SASL_PLAINTEXT",
    "listener.name.clients.sasl.enabled.mechanisms": "SCRAM-SHA-256,SCRAM-SHA-512",
    "connection.failed.authentication.delay.ms": "0",
}
NUMBERS = {"SCRAM-SHA-256": 1, "SCRAM-SHA-512": 2}
SALTED = {
    "SCRAM-SHA-256": hashlib.pbkdf2_hmac("sha256", b"secret", b"salt", 4096),
    "SCRAM-SHA-512": hashlib.pbkdf2_hmac("sha512", b"secret", b"salt", 4096),
}


async def alter(client: WireClient, **changes: list[ScramCredentialDeletion] | list[ScramCredentialUpsertion]) -> None:
    answer = await client.ask(AlterUserScramCredentialsRequest(**changes), 0)  # type: ignore[arg-type]
    assert [result.error_code for result in answer.results] == [errors.NONE]


async def log_in(room: EmbeddedServer, mechanism: str) -> int:
    client = await room.connect(room.server.endpoints[1][1:3])
    assert (await client.ask(SaslHandshakeRequest(mechanism=mechanism), 1)).error_code == errors.NONE
    scram = ScramClient(mechanism, "alice", "secret")
    answer = await client.ask(SaslAuthenticateRequest(auth_bytes=scram.first()), 2)
    if answer.error_code == errors.NONE:
        answer = await client.ask(SaslAuthenticateRequest(auth_bytes=scram.final(answer.auth_bytes)), 2)
        assert scram.is_answer(answer.auth_bytes)
    return int(answer.error_code)


def test_users_come_and_go_while_the_server_runs() -> None:
    async def scene() -> None:
        async with EmbeddedServer(properties=PROPERTIES) as room:
            admin = await room.connect()
            for mechanism, number in NUMBERS.items():
                assert await log_in(room, mechanism) == errors.SASL_AUTHENTICATION_FAILED
                upsertion = ScramCredentialUpsertion(
                    name="alice", mechanism=number, iterations=4096, salt=b"salt", salted_password=SALTED[mechanism]
                )
                await alter(admin, upsertions=[upsertion])
                assert await log_in(room, mechanism) == errors.NONE
                await alter(admin, deletions=[ScramCredentialDeletion(name="alice", mechanism=number)])
                assert await log_in(room, mechanism) == errors.SASL_AUTHENTICATION_FAILED

    run(scene())
