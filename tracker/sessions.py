"""Who is signed in: the session and the person, each read with a statement that is ready.

Every request asks for both, and both are read anew: a right that was taken is gone at once.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db import connections, router
from django.utils import timezone

SESSION = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > %s"
PERSON = "SELECT * FROM tracker_user WHERE id = %s"


class SessionStore(db.SessionStore):
    """Sessions in the database, as Django keeps them."""

    def _get_session_from_db(self):
        using = router.db_for_read(self.model)
        now = connections[using].ops.adapt_datetimefield_value(timezone.now())
        for session in self.model.objects.raw(SESSION, [self.session_key, now], using=using):
            return session
        self._session_key = None
        return None


class People(ModelBackend):
    """People with a password, as Django signs them in."""

    def get_user(self, user_id):
        for person in get_user_model().objects.raw(PERSON, [user_id]):
            return person if self.user_can_authenticate(person) else None
        return None
