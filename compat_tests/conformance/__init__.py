"""The conversations of ``kafkalite.conformance``, played with a broker as its users play them."""
