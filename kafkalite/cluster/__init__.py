"""The cluster's metadata as a state machine: an immutable image, changed only by replaying metadata records."""
