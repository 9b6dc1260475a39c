"""Which version another one changes. Pure."""

from .models import Amendment, Subcontract, SubcontractVersion


def before(version: SubcontractVersion) -> SubcontractVersion | None:
    """Return the version that this one answers or changes; none for the very first."""
    answered = [one for one in _negotiated_with(version) if one.number < version.number]
    if answered:
        return answered[-1]
    return base_of(version.amendment) if version.amendment else None


def base_of(amendment: Amendment) -> SubcontractVersion:
    """Return the version that was in force when an amendment was proposed, which it changes."""
    subcontract = amendment.subcontract
    bound = [one for one in subcontract.amendments if one.state == "agreed" and one.number < amendment.number]
    if bound:
        return on_the_table(bound[-1])
    return _of_the_agreement(subcontract)[-1]


def on_the_table(amendment: Amendment) -> SubcontractVersion:
    """Return the version of an amendment that is on the table, or the one that was last."""
    versions = amendment.subcontract.versions
    return next(version for version in versions if version.number == amendment.version_number)


def agreed(subcontract: Subcontract) -> list[SubcontractVersion]:
    """Return the versions that were or are in force, in order: the agreement's, then each amendment's."""
    if subcontract.state not in ("agreed", "completed", "closed"):
        return []
    bound = [on_the_table(one) for one in subcontract.amendments if one.state == "agreed"]
    return [_of_the_agreement(subcontract)[-1], *bound]


def _of_the_agreement(subcontract: Subcontract) -> list[SubcontractVersion]:
    return [version for version in subcontract.versions if version.amendment_id is None]


def _negotiated_with(version: SubcontractVersion) -> list[SubcontractVersion]:
    """Return the versions of the same negotiation, in order."""
    return [one for one in version.subcontract.versions if one.amendment_id == version.amendment_id]
