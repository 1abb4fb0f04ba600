import pytest

from tests.webhooks.receiver import receiving


@pytest.fixture
def receiver(settings):
    """A receiver and the way to it; its port may be called."""
    with receiving() as (server, way):
        settings.WEBHOOK_PORTS = [443, server.port]
        server.way = way
        yield server
