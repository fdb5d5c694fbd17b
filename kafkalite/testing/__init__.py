"""Test tools for users of kafkalite and for implementers of its interfaces."""
