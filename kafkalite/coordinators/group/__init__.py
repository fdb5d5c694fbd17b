"""The group coordinator: who consumes what together, and how far it got. Source: GroupCoordinatorShard."""
