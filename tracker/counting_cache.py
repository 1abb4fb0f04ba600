"""Django's cache in the database, with counting that is one step: for several servers, no Redis."""

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction


class CountingDatabaseCache(DatabaseCache):
    """Counts so that two at once are two; Django's own reads and writes in two steps."""

    def incr(self, key, delta=1, version=None):
        using = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=using):
            self._lock(connections[using], self.make_and_validate_key(key, version=version))
            return super().incr(key, delta, version)

    def _lock(self, connection, key):
        # On SQLite there is one writer at a time anyway (IMMEDIATE transactions).
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
