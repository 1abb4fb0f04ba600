"""The limit: the same answers by hand-written SQL over tables made for them, and a fast JSON dump.

No framework, no rights, no day but today: ``LIMIT_DATABASE`` names the database that was filled.
"""
