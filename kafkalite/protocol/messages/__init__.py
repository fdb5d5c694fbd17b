"""Generated request and response classes, one module per message; `kafkalite.protocol.registry` finds them lazily."""
