"""Questions across the nouns: each takes querysets already scoped and returns plain rows."""
