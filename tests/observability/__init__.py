"""Tests of what a running server tells."""
