"""The command line: one module per command. ``serve`` stays free of everything that the others import."""
