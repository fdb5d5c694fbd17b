"""Regular expressions of clients, matched in a time that grows with the length of the text alone."""
