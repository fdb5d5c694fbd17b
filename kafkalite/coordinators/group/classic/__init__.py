"""Groups of the classic protocol, in which a member of the group assigns the partitions. Source: ClassicGroup."""
