"""Libraries of the development tools; their entry points are the scripts one folder up."""
