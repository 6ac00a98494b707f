"""What can be moderated, and what becomes of it: report → case → decision, with what stands because of it → appeal."""

from community.moderation import checks as checks
from community.moderation.models.acts import Act
from community.moderation.models.appeal import Appeal
from community.moderation.models.bar import BarredFile
from community.moderation.models.barred import is_barred as is_barred
from community.moderation.models.case import DESK, Case, Note
from community.moderation.models.data_request import DataRequest
from community.moderation.models.decision import Decision, Measure, Ruling
from community.moderation.models.duty import Duty
from community.moderation.models.exhibit import Exhibit
from community.moderation.models.hold import Hold
from community.moderation.models.holiday import Holiday
from community.moderation.models.illegal import IllegalKind
from community.moderation.models.keeper import Contact, Keeper, Trustee
from community.moderation.models.legal_hold import LegalHold, kept_for_law
from community.moderation.models.moderatable import Moderatable
from community.moderation.models.notice import Notice
from community.moderation.models.period import Period
from community.moderation.models.profile import Profile
from community.moderation.models.question import in_question as in_question
from community.moderation.models.report import Report
from community.moderation.models.rota import Shift
from community.moderation.models.sealed import SealedCase, Worry
from community.moderation.models.sealed_rows import Referral, SealedLook, SealedReport
from community.moderation.models.target import Target
from community.moderation.models.watch import WatchWord, tell_of

__all__ = [
    "DESK",
    "Act",
    "Appeal",
    "BarredFile",
    "Case",
    "Contact",
    "DataRequest",
    "Decision",
    "Duty",
    "Exhibit",
    "Hold",
    "Holiday",
    "IllegalKind",
    "Keeper",
    "LegalHold",
    "Measure",
    "Moderatable",
    "Note",
    "Notice",
    "Period",
    "Profile",
    "Referral",
    "Report",
    "Ruling",
    "SealedCase",
    "SealedLook",
    "SealedReport",
    "Shift",
    "Target",
    "Trustee",
    "WatchWord",
    "Worry",
    "kept_for_law",
    "tell_of",
]
