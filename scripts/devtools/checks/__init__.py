"""What ``scripts/check.py`` checks, one module per kind of rule."""
