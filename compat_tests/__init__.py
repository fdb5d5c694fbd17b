"""Black-box tests: a broker as its own process, spoken to through the socket only."""
