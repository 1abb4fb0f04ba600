"""How a file is handed out: to be saved, never to be shown by a browser.

Whoever calls this has found the rows among those that the reader may see.
"""

from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from tracker.models import Evidence

#: Should a browser open it all the same, it runs nothing and belongs to no site.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "Accept-Ranges": "none",
}


def handed_out(evidence: Evidence) -> FileResponse:
    """The whole file under the name for display; raises ``Http404`` when there is none."""
    try:
        stream = evidence.file.open("rb") if evidence.file else None
    except FileNotFoundError:
        stream = None
    if stream is None:
        raise Http404
    return _saved(stream, evidence.file_name, evidence.file_type)


def prepared(path: Path, name: str, kind: str) -> FileResponse:
    """A file that a job has prepared; raises ``Http404`` when it was removed just now."""
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return _saved(stream, name, kind)


def _saved(stream, name, kind) -> FileResponse:
    return FileResponse(
        stream, as_attachment=True, filename=name, content_type=kind, headers=HEADERS
    )


def made(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file that was made for this answer."""
    named = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(data, content_type=kind, headers={**HEADERS, **named})
