"""The coordinators of groups and transactions over the partitions of their internal topics."""
