"""The storage of partitions: named append-only files, under an interface that does not depend on Kafka's records.

Its users append, read, seal, replace and remove; an implementation is responsible for the bytes. Each implementation
has to pass `kafkalite.testing.conformance.check_partition_store`.
"""
