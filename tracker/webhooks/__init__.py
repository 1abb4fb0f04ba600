"""Telling the addresses of webhooks what has changed: what is sent, signed, and sent again."""
