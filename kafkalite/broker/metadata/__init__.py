"""The metadata log and what follows it: logs of partitions, configurations, addresses, new topics."""
