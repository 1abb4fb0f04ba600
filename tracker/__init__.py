"""The commitment tracker: what resolutions ask, of whom, by when, and what is known of it."""
