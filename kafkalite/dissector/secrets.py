"""Marks the fields that hold passwords, keys, or what comes close, so that no rendering shows them.

Source: org.apache.kafka.metadata.util.RecordRedactor; ConfigDef.Type.PASSWORD.
"""

from __future__ import annotations

from kafkalite.cluster.configs.broker import find_definition
from kafkalite.dissector.field import Field

SECRET_FIELDS = {
    "SaslAuthenticateRequest": ("AuthBytes",),
    "SaslAuthenticateResponse": ("AuthBytes",),
    "AlterUserScramCredentialsRequest": ("Salt", "SaltedPassword"),
    "UserScramCredentialRecord": ("Salt", "StoredKey", "ServerKey"),
    "CreateDelegationTokenResponse": ("Hmac",),
    "RenewDelegationTokenRequest": ("Hmac",),
    "ExpireDelegationTokenRequest": ("Hmac",),
    "DescribeDelegationTokenResponse": ("Hmac",),
}
"""Message -> names of its secret fields, at any depth."""

CONFIG_MESSAGES = ("AlterConfigsRequest", "IncrementalAlterConfigsRequest", "ConfigRecord")
"""Messages in which the value beside the name of a configuration is a secret where the configuration is one."""


def mark_secrets(root: Field, message: str) -> None:
    """Set ``is_secret`` on the fields of one message's tree that are secrets."""
    names = SECRET_FIELDS.get(message, ())
    if names:
        for field in root.walk():
            field.is_secret = field.name in names
    if message in CONFIG_MESSAGES:
        for field in root.walk():
            _mark_config(field)


def _mark_config(parent: Field) -> None:
    name = next((child.value for child in parent.children if child.name == "Name"), None)
    definition = find_definition(name) if isinstance(name, str) else None
    if definition is not None and definition.is_sensitive:
        for child in parent.children:
            child.is_secret = child.name == "Value"
