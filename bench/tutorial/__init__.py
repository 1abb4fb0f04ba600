"""The same register as a tutorial of Django REST Framework would have it."""
