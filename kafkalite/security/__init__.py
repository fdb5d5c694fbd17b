"""Authentication: SASL exchanges and the names of principals, without sockets, clock or randomness."""
