"""Members, the organisations they belong to, the dated ties between them, and how people come to be here."""

from community.members.models.distance import Distance
from community.members.models.joining import Application, Invitation
from community.members.models.organisations import GRACE, Nation, Organisation, organisation_in_force
from community.members.models.people import Affiliation, Member, affiliation_in_force
from community.members.models.provider import Provider
from community.members.models.texts import Acceptance, SiteText, Unread

__all__ = [
    "GRACE",
    "Acceptance",
    "Affiliation",
    "Application",
    "Distance",
    "Invitation",
    "Member",
    "Nation",
    "Organisation",
    "Provider",
    "SiteText",
    "Unread",
    "affiliation_in_force",
    "organisation_in_force",
]
