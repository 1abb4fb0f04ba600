"""Full-text search: the same words, hits and order on SQLite and PostgreSQL.

text → words without a database; index → which words of which record; sqlite and postgres → how
a database holds them; find → what a person may see of it.
"""
