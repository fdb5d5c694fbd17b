"""The checks of ``kafkalite doctor``, each a function that returns findings."""
