"""How a file is handed out: to be saved, never to be shown by a browser.

Whoever calls this has found the rows among those that the reader may see.
"""

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
    return FileResponse(
        stream,
        as_attachment=True,
        filename=evidence.file_name,
        content_type=evidence.file_type,
        headers=HEADERS,
    )


def made(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file that was made for this answer."""
    named = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(data, content_type=kind, headers={**HEADERS, **named})
