"""The group coordinator: members, assignments and committed offsets of groups. Source: GroupCoordinatorShard."""
