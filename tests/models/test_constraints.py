"""Every constraint of the database, and a row that violates it, written past all checks."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests import make
from tracker.actions import save
from tracker.models import Body, DatedTally, SearchEntry, Tally
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime.date(2016, 1, 1), datetime.date(2020, 1, 1)
NONSENSE = "nonsense"


def change():
    return save(Body(code="CHANGED", kind="state", name="Changed"), by=None)


def twin(made, **same):
    """A second row like ``made``, except for what makes a row's own key."""
    copy = type(made)(
        **{
            field.attname: getattr(made, field.attname)
            for field in made._meta.concrete_fields
            if not field.primary_key
        }
    )
    for name, value in same.items():
        setattr(copy, name, value)
    return copy


def with_(maker, **wrong):
    """A case: a good row from ``maker``, and the fields that make it violate."""
    return lambda: (maker(), wrong)


def second(maker, **own):
    """A case: a twin of a good row, with ``own`` keys so that only one constraint is hit."""

    def build():
        return twin(maker(), **own), None

    return build


def itself(maker, field):
    """A case: a row that refers to itself."""

    def build():
        row = maker()
        return row, {f"{field}_id": row.pk}

    return build


def family():
    return make.make_addressee(kind="states")


def one_body():
    return make.make_addressee(kind="body", body=make.make_body())


def letter():
    resolution = make.make_resolution()
    make.make_provision(resolution, "13")
    return make.make_provision(resolution, "13(e)")


def inner_region():
    return make.make_region("972", parent=make.make_region("971"), level=1)


def state_with_codes():
    return make.make_body(iso3="QQQ", m49="999")


def by_assessment():
    return make.make_citation(assessment=make.make_assessment())


def draft_assessment():
    return make.make_assessment(adopted_on=None)


def draft_report():
    return make.make_report(submitted_on=None)


def draft_citation():
    return make.make_citation(report=draft_report())


def known():
    return make.make_commitment().known.get()


def dated_tally():
    row = DatedTally(mark=EARLY, theme=10**9, region=0, eyes="all")
    models.Model.save_base(row, force_insert=True)
    return row


def job(**own):
    return make.make_job(key="k" * 32, **own)


def tally():
    return Tally.objects.first()


def four_eyes():
    drafter, adopter = make.make_user(Role.ASSESSOR), make.make_user(Role.REVIEWER)
    assessment = make.make_assessment(adopted_on=None, drafted_by=drafter, adopted_by=adopter)
    return assessment, {"adopted_by_id": drafter.pk}


def organization_of_itself():
    membership = make.make_membership()
    return membership, {"member_id": membership.organization_id}


CASES = {
    "job_kind": with_(make.make_job, kind=NONSENSE[:10]),
    "job_state": with_(make.make_job, state=NONSENSE[:12]),
    "user_role_known": with_(make.make_user, role=NONSENSE),
    "region_level_known": with_(inner_region, level=9),
    "region_has_parent_unless_world": with_(make.make_region, level=2),
    "body_code_form": with_(make.make_body, code="no spaces"),
    "body_kind_known": with_(make.make_body, kind=NONSENSE),
    "body_precisions_known": with_(make.make_body, founded_precision="hour"),
    "body_dissolved_after_founded": with_(make.make_body, founded_on=LATE, dissolved_on=EARLY),
    "body_not_its_own_parent": itself(make.make_body, "parent"),
    "body_not_its_own_successor": itself(make.make_body, "succeeded_by"),
    "body_iso3_unique": second(state_with_codes, code="OTHER", m49="998"),
    "body_m49_unique": second(state_with_codes, code="OTHER", iso3="QQZ"),
    "body_name_once": second(make.make_body_name),
    "body_name_language_known": with_(make.make_body_name, language="xx"),
    "body_name_form_known": with_(make.make_body_name, form=NONSENSE[:8]),
    "body_name_ends_after_start": with_(make.make_body_name, from_on=LATE, until_on=EARLY),
    "membership_role_known": with_(make.make_membership, role=NONSENSE),
    "membership_precisions_known": with_(make.make_membership, until_precision="hour"),
    "membership_ends_after_start": with_(make.make_membership, from_on=LATE, until_on=EARLY),
    "membership_not_of_itself": organization_of_itself,
    "membership_one_open": second(make.make_membership, key="other"),
    "designation_kind_known": with_(make.make_designation, kind=NONSENSE),
    "designation_classification_known": with_(make.make_designation, classification=NONSENSE),
    "designation_ends_after_start": with_(make.make_designation, from_on=LATE, until_on=EARLY),
    "designation_one_open": second(make.make_designation, key="other"),
    "designation_competence_once": second(make.make_competence),
    "designation_competence_known": with_(make.make_competence, function=NONSENSE),
    "theme_unbis_id_form": with_(make.make_theme, unbis_id="12"),
    "theme_not_its_own_parent": itself(make.make_theme, "parent"),
    "resolution_number_once": second(make.make_resolution, key="other"),
    "resolution_procedure_known": with_(make.make_resolution, procedure=NONSENSE),
    "resolution_adopted_in_its_year": with_(make.make_resolution, adopted_on=LATE),
    "resolution_written_without_meeting": with_(
        make.make_resolution, procedure="written", meeting="7831"
    ),
    "resolution_link_once": second(make.make_resolution_link),
    "resolution_link_kind_known": with_(make.make_resolution_link, kind=NONSENSE),
    "resolution_link_not_to_itself": lambda: (
        (link := make.make_resolution_link()),
        {"target_id": link.origin_id},
    ),
    "document_kind_known": with_(make.make_document, kind=NONSENSE),
    "document_language_known": with_(make.make_document, language="xx"),
    "document_symbol_once": second(lambda: make.make_document(symbol="X/1"), slug="other"),
    "provision_number_once": second(make.make_provision, key="other", path="0099", eid="other"),
    "provision_place_once": second(make.make_provision, key="other", number="99", eid="other"),
    "provision_eid_once": second(make.make_provision, key="other", number="99", path="0099"),
    "provision_force_known": with_(make.make_provision, force=NONSENSE),
    "provision_component_form": with_(make.make_provision, component="part_1"),
    "provision_path_form": with_(make.make_provision, path="13e"),
    "provision_depth_fits_parent": with_(letter, depth=1),
    "provision_not_its_own_parent": itself(letter, "parent"),
    "provision_lifecycle_known": with_(
        make.make_provision, lifecycle=NONSENSE, lifecycle_from=LATE
    ),
    "provision_lifecycle_dated": with_(make.make_provision, lifecycle="expired"),
    "addressee_role_known": with_(make.make_addressee, role=NONSENSE),
    "addressee_kind_known": with_(make.make_addressee, kind=NONSENSE),
    "addressee_names_body_or_family": with_(make.make_addressee, kind="body"),
    "addressee_family_once": second(family, role="supporting"),
    "addressee_body_once": second(one_body, role="supporting"),
    "deadline_label_once": second(make.make_deadline),
    "deadline_kind_known": with_(make.make_deadline, kind=NONSENSE),
    "deadline_fixed_has_date": with_(make.make_deadline, fixed_on=LATE),
    "deadline_relative_has_offset": with_(make.make_deadline, offset_months=None),
    "deadline_repeats_by_months": with_(make.make_deadline, every_months=0),
    "deadline_ends_only_when_recurring": with_(make.make_deadline, last_on=LATE),
    "deadline_event_only_when_counted_from_it": with_(make.make_deadline, event="A visit"),
    "provision_link_once": second(make.make_provision_link),
    "provision_link_kind_known": with_(make.make_provision_link, kind=NONSENSE),
    "provision_link_not_to_itself": lambda: (
        (link := make.make_provision_link()),
        {"target_id": link.origin_id},
    ),
    "evidence_kind_known": with_(make.make_evidence, kind=NONSENSE),
    "evidence_independence_known": with_(make.make_evidence, independence=NONSENSE),
    "evidence_language_known": with_(make.make_evidence, language="xx"),
    "evidence_classification_known": with_(make.make_evidence, classification=NONSENSE),
    "evidence_file_has_checksum": with_(make.make_evidence, file="some/file"),
    "evidence_valid_after_published": with_(
        make.make_evidence, published_on=LATE, valid_until=EARLY
    ),
    "citation_by_report_or_assessment": with_(draft_citation, report_id=None),
    "citation_once_a_report": second(make.make_citation, key="other"),
    "citation_once_an_assessment": second(by_assessment, key="other"),
    "report_position_known": with_(draft_report, position=NONSENSE),
    "report_classification_known": with_(make.make_report, classification=NONSENSE),
    "assessment_step_known": with_(draft_assessment, step=NONSENSE),
    "assessment_result_known": with_(draft_assessment, result=NONSENSE),
    "assessment_effect_known": with_(draft_assessment, effect=NONSENSE),
    "assessment_basis_known": with_(draft_assessment, basis=NONSENSE),
    "assessment_classification_known": with_(draft_assessment, classification=NONSENSE),
    "assessment_adopted_has_date": with_(draft_assessment, adopted_on=LATE),
    "assessment_four_eyes": four_eyes,
    "assessment_reason_outside_scale": with_(
        draft_assessment, result="not_applicable", rationale=""
    ),
    "assessment_does_not_follow_itself": itself(draft_assessment, "follows"),
    "assessment_one_under_way": lambda: (
        twin(make.make_assessment(adopted_on=None), key="other"),
        None,
    ),
    "known_once_a_day": second(known),
    "known_eyes_known": with_(known, eyes="none"),
    "known_ends_after_start": with_(known, until_on=datetime.date.min),
    "tally_once": second(tally),
    "dated_tally_once": second(dated_tally),
    "commitment_pair_once": second(make.make_commitment),
    "commitment_role_known": with_(make.make_commitment, role=NONSENSE),
    "commitment_ends_after_start": with_(make.make_commitment, starts_on=LATE, ends_on=EARLY),
    "delivery_once": second(make.make_delivery),
    "extension_once": second(make.make_extension),
    "extension_has_reason": with_(make.make_extension, why=""),
    "due_date_once": lambda: (twin(make.make_deadline().due_dates.get()), None),
    "unsaved_once": second(make.make_unsaved),
    "digest_once_a_week": second(make.make_digest),
    "token_ends_after_it_was_made": lambda: (
        token := make.make_token(),
        {"expires_at": token.created_at},
    ),
    "webhook_state_known": with_(make.make_webhook, state=NONSENSE),
    "webhook_why_known": with_(make.make_webhook, why=NONSENSE),
    "webhook_outcome_known": with_(make.make_attempt, outcome=NONSENSE),
    "answer_once": second(make.make_answer),
    "view_list_known": with_(make.make_view, list_name=NONSENSE),
    "view_visibility_known": with_(make.make_view, visibility=NONSENSE),
    "view_named": with_(make.make_view, name=""),
    "search_entry_once": lambda: (twin(SearchEntry.objects.first()), None),
    "change_door_known": second(change, sequence=10**9, hash="other", door=NONSENSE),
    "change_verb_known": second(change, sequence=10**9, hash="other", verb=NONSENSE),
}

#: Unique columns: a twin that keeps just this one value.
UNIQUE = {
    ("region", "code"): second(make.make_region, path="other"),
    ("region", "path"): second(make.make_region, code="970"),
    ("body", "code"): second(make.make_body),
    ("membership", "key"): second(make.make_membership, role="observer"),
    ("designation", "key"): second(make.make_designation, office="Other"),
    ("theme", "slug"): second(make.make_theme, path="other/"),
    ("theme", "path"): second(make.make_theme, slug="other"),
    ("resolution", "key"): second(make.make_resolution, number=9999),
    ("document", "slug"): second(make.make_document),
    ("provision", "key"): second(make.make_provision, number="99", path="0099", eid="other"),
    ("evidence", "key"): second(make.make_evidence),
    ("citation", "key"): lambda: (
        twin(
            make.make_citation(),
            evidence_id=make.make_evidence().pk,
            report_id=make.make_report().pk,
        ),
        None,
    ),
    ("report", "key"): second(make.make_report),
    ("assessment", "key"): second(make.make_assessment),
    ("user", "username"): second(make.make_user),
    ("token", "key"): second(make.make_token, digest="other"),
    ("token", "digest"): second(make.make_token, key="other"),
    ("webhook", "key"): second(make.make_webhook),
    ("webhookturn", "webhook"): lambda: (twin(make.make_webhook().turn), None),
    ("claim", "assessment"): second(make.make_claim),
    ("visit", "by"): second(make.make_visit),
    ("preference", "by"): second(make.make_preference),
    ("savedview", "slug"): second(make.make_view),
    ("keptkeys", "slug"): second(make.make_kept_keys),
    ("job", "key"): second(job),
    ("change", "sequence"): second(change, hash="other"),
    ("change", "hash"): second(change, sequence=10**9),
}


def declared_constraints():
    return {
        constraint.name
        for model in apps.get_app_config("tracker").get_models()
        for constraint in model._meta.constraints
    }


def unique_columns():
    return {
        (model._meta.model_name, field.name)
        for model in apps.get_app_config("tracker").get_models()
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    }


def test_every_constraint_has_a_case():
    assert declared_constraints() == set(CASES)
    assert unique_columns() == set(UNIQUE)


def write(row, wrong):
    with transaction.atomic():
        if wrong is None:
            models.Model.save_base(row, force_insert=True)
        else:
            type(row)._base_manager.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_what_a_constraint_forbids(name):
    row, wrong = CASES[name]()
    with pytest.raises(IntegrityError) as refusal:
        write(row, wrong)
    if isinstance(constraint_named(name), models.CheckConstraint):
        assert name in str(refusal.value)


def constraint_named(name):
    return next(
        constraint
        for model in apps.get_app_config("tracker").get_models()
        for constraint in model._meta.constraints
        if constraint.name == name
    )


@pytest.mark.parametrize("column", UNIQUE, ids="{0[0]}.{0[1]}".format)
def test_the_database_refuses_a_second_row_with_the_same_key(column):
    row, _wrong = UNIQUE[column]()
    with pytest.raises(IntegrityError, match=column[1]):
        write(row, None)
