"""Nouns without behaviour: identifiers, offsets and the bounds of the system."""
