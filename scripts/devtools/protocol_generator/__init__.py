"""Parts of `generate_protocol.py`: from the facts in `protocol_specs/` to Python modules."""
