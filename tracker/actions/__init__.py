"""The only way to write a noun: right → check → write → Change, in one transaction.

Every function takes ``by=`` (the person, or None for a command) and mostly ``reason=``.
"""

from tracker.actions.assessments import (
    adopt,
    comment,
    draft_assessment,
    return_to_draft,
    review,
    save_assessment,
    send,
    withdraw,
)
from tracker.actions.checking import check
from tracker.actions.commitments import expand_commitments
from tracker.actions.designations import confirm_designation, reveal_contact
from tracker.actions.errors import Conflict, Held, Refused, SameFile
from tracker.actions.evidence import cite, delete_evidence, save_evidence, uncite
from tracker.actions.imports import choose_columns, drop_table, keep_table, note_applied, note_trial
from tracker.actions.jobs import (
    ask_job,
    ask_job_again,
    cancel_waiting,
    claim_job,
    end_job,
    forget_file,
    forget_jobs,
    put_back_job,
)
from tracker.actions.provenance import provenance
from tracker.actions.register import create_many, delete, save, save_each
from tracker.actions.reports import (
    copy_last_report,
    discard_report,
    draft_report,
    save_report,
    save_reports,
    submit_report,
)
from tracker.actions.timing import extend, record_delivery, take_back
from tracker.actions.together import together
from tracker.actions.tokens import issue_token, revoke_token, token_of
from tracker.actions.undo import undo, undo_batch
from tracker.actions.views import delete_view, keep_keys, save_view
from tracker.actions.webhooks import (
    ask_again,
    ask_test,
    change_webhook,
    delete_webhook,
    make_webhook,
    pause_webhook,
    renew_secret,
    resume_webhook,
)
from tracker.actions.work import (
    claim,
    drop_unsaved,
    keep_unsaved,
    mark_seen,
    note_digest,
    release,
    save_preference,
)

__all__ = [
    "Conflict",
    "Held",
    "Refused",
    "SameFile",
    "adopt",
    "ask_again",
    "ask_job",
    "ask_job_again",
    "ask_test",
    "cancel_waiting",
    "change_webhook",
    "check",
    "choose_columns",
    "cite",
    "claim",
    "claim_job",
    "comment",
    "confirm_designation",
    "copy_last_report",
    "create_many",
    "delete",
    "delete_evidence",
    "delete_view",
    "delete_webhook",
    "discard_report",
    "draft_assessment",
    "draft_report",
    "drop_table",
    "drop_unsaved",
    "end_job",
    "expand_commitments",
    "extend",
    "forget_file",
    "forget_jobs",
    "issue_token",
    "keep_keys",
    "keep_table",
    "keep_unsaved",
    "make_webhook",
    "mark_seen",
    "note_applied",
    "note_digest",
    "note_trial",
    "pause_webhook",
    "provenance",
    "put_back_job",
    "record_delivery",
    "release",
    "renew_secret",
    "resume_webhook",
    "return_to_draft",
    "reveal_contact",
    "review",
    "revoke_token",
    "save",
    "save_assessment",
    "save_evidence",
    "save_preference",
    "save_each",
    "save_report",
    "save_reports",
    "save_view",
    "send",
    "submit_report",
    "take_back",
    "together",
    "token_of",
    "uncite",
    "undo",
    "undo_batch",
    "withdraw",
]
