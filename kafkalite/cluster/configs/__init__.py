"""Configurations of topics, brokers, groups and client metrics: tables, values, alteration and description."""
