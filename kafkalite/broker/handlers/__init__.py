"""One module per API, named after it; the router imports each one when its first request arrives."""
