"""Logs of a running broker for people: adapters around the core, which never imports them."""
