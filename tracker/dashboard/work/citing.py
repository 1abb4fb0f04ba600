"""Citing evidence, on the page of a draft report and on that of a draft assessment."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker import actions
from tracker.dashboard.addresses import address
from tracker.dashboard.work.forms import CiteForm
from tracker.models import Citation, Evidence
from tracker.permissions import may
from tracker.rights import Act

#: How many pieces of evidence are offered at once; words narrow them.
OFFERED = 50


class CitingMixin:
    """Acts and context of a page whose ``row`` cites evidence; ``citing`` names its relation."""

    citing: str

    def citations(self) -> list[Citation]:
        """What the row cites, as far as the reader may see it."""
        return list(
            Citation.objects.visible_to(self.viewer)
            .filter(
                **{self.citing: self.row}, evidence__in=Evidence.objects.visible_to(self.viewer)
            )
            .select_related("evidence")
            .order_by("pk")
        )

    def offered(self) -> list[Evidence]:
        """Evidence of this body that could be cited besides, narrowed by the words asked for."""
        words = self.request.GET.get("q", "").replace("\0", "")[:200].strip()
        found = Evidence.objects.visible_to(self.viewer).filter(body=self.row.commitment.body)
        if words:
            found = found.filter(title__icontains=words)
        return list(found.exclude(**{f"citations__{self.citing}": self.row})[:OFFERED])

    def citing_context(self, refused, *, editable: bool) -> dict:
        """Citations and, for those who may change them, what could be cited besides."""
        cite = refused if isinstance(refused, CiteForm) else CiteForm()
        new = address("new-evidence", **{self.citing: self.row.key})
        more = {"offered": self.offered(), "cite_form": cite, "new_evidence": new}
        more = more if editable else {}
        history = may(self.viewer, Act.READ_HISTORY, self.row.commitment.body)
        return {"citations": self.citations(), "may_read_history": history, **more}

    def cite(self, form):
        """Cite a piece of evidence that the reader sees."""
        visible = Evidence.objects.visible_to(self.viewer)
        evidence = visible.filter(key=form.cleaned_data["evidence"].replace("\0", "")).first()
        if evidence is None:
            raise ValidationError({"evidence": _("No such evidence is held.")})
        actions.cite(
            evidence,
            by=self.viewer,
            pinpoint=form.cleaned_data["pinpoint"],
            **{self.citing: self.row},
        )
        return self.request.path

    def uncite(self, form):
        """Take one citation out."""
        key = form.cleaned_data["citation"]
        for citation in self.citations():
            if citation.key == key:
                actions.uncite(citation, by=self.viewer)
        return self.request.path
