"""Unchanged Kafka clients against a running broker: one list of scenarios, one small adapter per client."""
