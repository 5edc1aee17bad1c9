"""Settings, addresses, command line and the private PostgreSQL."""
