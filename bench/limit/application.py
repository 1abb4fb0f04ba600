"""The limit behind a bare WSGI callable."""

from urllib.parse import parse_qs

import orjson

from bench.limit import answers
from bench.limit.files import exported
from bench.limit.writes import change

QUESTIONS = {
    "/list": answers.listed,
    "/any": answers.any_of,
    "/matrix": answers.matrix,
    "/profile": answers.profile,
    "/overdue": answers.overdue,
    "/search": answers.search,
}


def application(environ, start_response):
    """Answer one question, hand out a file, or change one card."""
    asked = parse_qs(environ["QUERY_STRING"])
    if environ["PATH_INFO"] == "/export":
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return exported(asked["format"][0])
    if environ["REQUEST_METHOD"] == "PATCH":
        return _changed(environ, start_response)
    return _sent(start_response, "200 OK", QUESTIONS[environ["PATH_INFO"]](asked))


def _changed(environ, start_response):
    sent = orjson.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    card, version = int(environ["PATH_INFO"].rpartition("/")[2]), int(environ["HTTP_IF_MATCH"])
    done = change(card, version, sent["result"])
    return _sent(start_response, "200 OK" if done else "412 Precondition Failed", {"id": card})


def _sent(start_response, status, answer):
    body = orjson.dumps(answer)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]
