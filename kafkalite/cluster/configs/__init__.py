"""Configurations of topics, brokers, groups and client metrics: tables, values, how they are altered and described."""
