"""Settings, addresses and the entry point of servers."""
