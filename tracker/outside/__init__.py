"""The only room that opens a connection to an address which somebody typed."""
