"""Large requests and responses, read and written in slices: a module beside each of `messages` that has arrays."""
