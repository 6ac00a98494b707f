"""Members, the organisations they belong to, the dated ties between them, and how people come to be here."""

from community.members.models.joining import Application, Invitation
from community.members.models.organisations import GRACE, Nation, Organisation, organisation_in_force
from community.members.models.people import Affiliation, Member, affiliation_in_force

__all__ = [
    "GRACE",
    "Affiliation",
    "Application",
    "Invitation",
    "Member",
    "Nation",
    "Organisation",
    "affiliation_in_force",
    "organisation_in_force",
]
