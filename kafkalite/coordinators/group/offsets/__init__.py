"""Committed offsets: stored, fetched, deleted, expired, pending with a transaction. Source: OffsetMetadataManager."""
