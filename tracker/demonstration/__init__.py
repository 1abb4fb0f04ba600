"""The demonstration register: fictional States and what might be said about them."""
