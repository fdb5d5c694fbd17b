"""The version of this package, apart from its root, which offers more."""

__version__ = "0.1.0"
