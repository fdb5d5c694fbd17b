"""Coordinators: event-sourced state machines over internal topics (consumer groups, transactions). Pure."""
