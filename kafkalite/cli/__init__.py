"""The command line: one module per command. ``serve`` imports nothing that only the others need."""
