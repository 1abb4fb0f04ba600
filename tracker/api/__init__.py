"""The REST door: the register under ``/api/v1/``, read with the lists' own filters."""
