"""Rows → bytes: what leaves the tracker as a file. No requests, no scoping of its own."""
