"""The checks of ``scripts/check.py``, one module per kind of rule."""
