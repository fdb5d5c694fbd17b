"""Who somebody is: SASL exchanges and names, without sockets, clock or randomness of their own."""
