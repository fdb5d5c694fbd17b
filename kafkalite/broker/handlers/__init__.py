"""One module per API family; the router imports each one when its first request arrives."""
