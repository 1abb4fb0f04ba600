"""Who may do what: plain yes or no, from the person and the record; no request."""

from tracker.vocabulary import Role


def may_read_register(user) -> bool:
    """Whether ``user`` may read the register at all: anybody signed in."""
    return user.is_authenticated and user.is_active


def may_edit_register(user) -> bool:
    """Whether ``user`` may change resolutions, provisions, bodies and what hangs on them."""
    return may_read_register(user) and (user.is_superuser or user.role == Role.ADMINISTRATOR)


def may_enter_admin(user) -> bool:
    """Whether the admin opens for ``user``: staff who edit, and auditors, who only read."""
    return (
        may_read_register(user)
        and user.is_staff
        and (may_edit_register(user) or user.role == Role.AUDITOR)
    )


def may_manage_people(user) -> bool:
    """Whether ``user`` may add people and give them roles."""
    return may_edit_register(user)
