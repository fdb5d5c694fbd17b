"""Requests meet state: the router, the handlers, and what they wait on."""
