"""The metadata state machine."""
