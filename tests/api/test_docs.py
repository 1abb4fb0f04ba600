"""The page about the API is true: every address and every command on it answers."""

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.make import make_theme
from tracker.api.serializers.bodies import BodySerializer, DesignationSerializer
from tracker.api.serializers.resolutions import ProvisionSerializer

PAGE = (Path(__file__).resolve().parents[2] / "docs/api.md").read_text()
ADDRESSES = sorted({each for each in re.findall(r"`(/api/v1/[^`]*)`", PAGE) if "<" not in each})
BLOCKS = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).replace("\\\n", " ")
COMMANDS = [line for line in BLOCKS.splitlines() if line.startswith("curl")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_the_page_answers(viewer, address):
    asks = {"/api/v1/networks/channel/": {"from": "XAA", "to": "XAB", "purpose": "extradition"}}
    assert viewer.get(address, asks.get(address, {})).status_code == 200


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(administrator, command):
    make_theme("a-theme")
    words = shlex.split(command)
    address = next(urlsplit(word) for word in words if word.startswith("http"))
    path = f"{address.path}?{address.query}"
    sent = [after for word, after in zip(words, words[1:], strict=False) if word == "-d"]
    if "-G" in words:
        assert administrator.get(f"{path}{'&'.join(sent)}").status_code == 200
    elif sent or "-X" in words:
        method = words[words.index("-X") + 1].lower() if "-X" in words else "post"
        body = json.loads(sent[0]) if sent else None
        tag = administrator.tag(path.replace("/expand/", "/"))
        assert method == "post" or "If-Match: $ETAG" in words
        if "If-Match: $ETAG" not in words:
            tag = None
        response = getattr(administrator, method)(path, body, HTTP_IF_MATCH=tag)
        assert response.status_code in (200, 201, 204), response.json()
    else:
        assert administrator.get(path).status_code == 200


def test_the_page_names_every_inner_list_that_may_be_written():
    for serializer in (BodySerializer, DesignationSerializer, ProvisionSerializer):
        for source in (*serializer.parts, *serializer.relations):
            assert f"`{serializer().names[source]}`" in PAGE
