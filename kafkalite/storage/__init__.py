"""The named append-only files of partitions, behind one seam that knows nothing of Kafka's records.

Everything above asks for append, read, seal, replace and remove; an implementation answers for the bytes. Each has to
pass `kafkalite.testing.conformance.check_partition_store`.
"""
