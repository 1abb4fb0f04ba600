"""What is long: asked for at a door, done by a worker (``manage.py work``), told on its page."""
