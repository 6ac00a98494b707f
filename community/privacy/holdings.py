"""What is held about a person: every key of every table that points to one, and what it is there for.

A new key belongs into one of the two lists below; a test counts them. So nothing that is held can be forgotten when a
person asks for it (UK GDPR, Articles 13 to 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.files.models import StoredFile
from community.members.models import Member, Organisation, SiteText
from community.moderation.models import Exhibit, Hold, Moderatable
from community.moderation.models.acts import UNTOLD
from community.moderation.models.moderatable import is_moderated, moderated

# "app.model.field": what to call it, for the person themselves and for staff alike. The rows that point to the person
# are given, each with all that is in it.
GIVEN = {
    "members.distance.member": _("People muted or blocked"),
    "members.affiliation.member": _("Organisations"),
    "members.acceptance.member": _("Texts of this site that were accepted"),
    "account.emailaddress.user": _("E-mail addresses"),
    "socialaccount.socialaccount.user": _("Sign-in at work"),
    "mfa.authenticator.user": _("Second steps and passkeys"),
    "usersessions.usersession.user": _("Devices that are signed in"),
    "groups.membership.member": _("Groups"),
    "groups.joinrequest.member": _("Requests to join"),
    "groups.removal.member": _("Removals from a group, of the person or their documents"),
    "threads.thread.author": _("Discussions begun"),
    "threads.post.author": _("Posts in discussions"),
    "threads.mask.member": _("Posts without a name"),
    "threads.revision.by": _("Earlier words of what was changed"),
    "threads.summary.author": _("Summaries of discussions"),
    "threads.quotation.author": _("Messages taken up in discussions"),
    "threads.acknowledgement.member": _("Posts confirmed as read"),
    "threads.readmark.member": _("How far discussions were read"),
    "threads.caughtup.member": _("When all was marked as read"),
    "approval.waiting.author": _("Posts that wait for approval, or were declined"),
    "documents.document.author": _("Documents looked after"),
    "documents.version.author": _("Versions of documents"),
    "documents.comment.author": _("Comments on documents"),
    "documents.seenupto.member": _("Versions of documents seen last"),
    "documents.reviewer.member": _("Reviews that were asked for"),
    "documents.proposal.member": _("Documents proposed"),
    "documents.formatrequest.member": _("Other formats that were asked for"),
    "documents.look.member": _("Documents opened"),
    "files.storedfile.owner": _("Files uploaded"),
    "files.arriving.member": _("Files that have not arrived whole yet"),
    "chat.message.author": _("Messages in rooms"),
    "chat.readmark.member": _("How far rooms were read"),
    "chat.room.asker": _("Rooms begun with leads, staff or others"),
    "chat.room.partner": _("Rooms begun by others"),
    "drafts.draft.member": _("Drafts"),
    "responses.reaction.member": _("Reactions"),
    "responses.bookmark.member": _("Things saved for later"),
    "watching.watch.member": _("Things followed"),
    "tags.mute.member": _("Nations muted"),
    "notifications.notification.member": _("Notifications"),
    "notifications.mailing.member": _("Choices about e-mail"),
    "home.feedaddress.member": _("Feeds"),
    "moderation.trustee.member": _("Office as a trustee"),
    "moderation.report.reporter": _("Reports made"),
    "moderation.decision.author": _("Decisions of staff"),
    "moderation.measure.member": _("What stood because of them"),
    "moderation.appeal.by": _("Appeals"),
    "moderation.datarequest.member": _("Requests about personal data"),
}
SEALED = "sealed: UK GDPR, Articles 17 (3) and 23; Data Protection Act 2018, Schedule 2, paragraph 2"
ACT = "an act upon what somebody else made: it is about them"
# Which are not, and why.
NOT_GIVEN = {
    "community.entry.actor": ACT,
    "members.sitetext.written_by": ACT,
    "members.sitetext.published_by": ACT,
    "members.invitation.by": ACT,
    "members.invitation.accepted_by": "says how you came in, with the address of whoever was asked",
    "members.distance.other": "the other's own affair: whoever is muted is not told",
    "members.application.answered_by": ACT,
    "groups.joinrequest.answered_by": ACT,
    "groups.invite.by": ACT,
    "groups.removal.by": ACT,
    "moderation.decision.by": ACT,
    "moderation.case.claimed_by": ACT,
    "moderation.note.by": ACT,
    "moderation.legalhold.placed_by": ACT,
    "moderation.legalhold.lifted_by": ACT,
    "moderation.appeal.heard_by": ACT,
    "moderation.notice.answered_by": ACT,
    "moderation.datarequest.answered_by": ACT,
    "moderation.shift.member": "an office, which staff give each other",
    "moderation.profile.member": "says only that your profile was reported once",
    "moderation.keeper.member": "an office, which whoever runs the server gives",
    "moderation.sealedreport.kept_from": SEALED,
    "moderation.sealedreport.reporter": SEALED,
    "moderation.sealedlook.by": SEALED,
    "moderation.referral.by": SEALED,
    "privacy.owncopy.member": "the copy itself",
    "privacy.erasing.member": "stands while they are erased: nobody can ask for it in their name",
    "privacy.erasing.by": ACT,
    "search.record.author": "made out of what you wrote, which is given",
    "threads.moment.by": ACT,
    "threads.thread.last_author": "stands with the post, which is given",
    "threads.post.deleted_by": ACT,
    "threads.post.accepted_by": ACT,
    "threads.move.by": ACT,
    "threads.formergroup.by": ACT,
    "approval.waiting.declined_by": ACT,
    "approval.passed.author": "evidence of a case, as in a report: what you sent is given",
    "approval.passed.sent_by": "evidence of a case, as in a report: what you sent is given",
    "documents.review.asked_by": ACT,
    "documents.formatrequest.answered_by": ACT,
    "documents.proposal.answered_by": ACT,
    "documents.document.removed_by": ACT,
    "documents.comment.resolved_by": ACT,
    "documents.document.held_by": "stands with the document for as long as it is held",
    "chat.message.pinned_by": ACT,
}
# Not in a copy that staff make: nobody but their person reads the first three, the others would say who stayed unnamed
# or show what waits in groups whose leads alone see it.
THEIRS_ALONE = {
    "drafts.draft.member",
    "members.distance.member",
    "responses.bookmark.member",
    "moderation.report.reporter",
    "threads.mask.member",
    "approval.waiting.author",
}
# Rows that one is not given oneself: what staff put down for colleagues, which also says that somebody reported it.
LEFT_OUT = {"moderation.decision.author": models.Q(act__in=UNTOLD)}
# Where a row only says whose something is, that is given instead.
INSTEAD = {"threads.mask.member": "post"}
# What stands in a table of its own and belongs to the row.
ALONG = {"documents.version.author": "page"}
# Whom a row is about, which says nothing without them.
WHOM = {"members.distance.member": "other"}
# Fields that are secrets, or made out of others that are given.
UNSAID = {"password", "token_hash", "key", "session_key", "data", "html", "renderer", "look", "edition", "client_key"}
UNSAID |= {"blob", "sha256", "tab", "text", "evidence", "thanks", "passed"}


class Row(NamedTuple):
    """One thing that is held: what it is called by, and what is in it."""

    name: str
    facts: dict[str, Any]


class Section(NamedTuple):
    """All of one kind."""

    key: str
    title: str
    rows: list[Row]


def sections(member: Member, staff: Member | None = None) -> Iterator[Section]:
    """All that is held about the member, kind by kind; first the account itself. Empty kinds are left out.

    For `staff`, as far as they may see it themselves.
    """
    yield Section("members.member", str(_("The account")), [_row(member)])
    for key, title in GIVEN.items():
        if staff and key in THEIRS_ALONE:
            continue
        if found := [_row(each, key) for each in pointing(key, member, staff)]:
            yield Section(key, str(title), found)


def pointers() -> Iterator[str]:
    """Every key that points to a person, by name."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Member:
                yield f"{model._meta.label_lower}.{field.name}"


def is_hidden(row: models.Model) -> bool:
    """Staff have hidden it, or what it is a part of: then its words and files are not handed out again."""
    return any(each.is_hidden for each in moderated(row))


def is_evidence_alone(stored: StoredFile) -> bool:
    """Nothing but a report holds it any more, and its owner did not send it with that."""
    holders = list(stored.holders())
    if not holders or not all(isinstance(each, Exhibit) for each in holders):
        return False
    return not Exhibit.objects.filter(stored=stored, part="", report__reporter=stored.owner).exists()


def is_withheld(row: models.Model) -> bool:
    """It is sealed, or part of what is: then nothing at all is said of it."""
    rows = row.holders() if isinstance(row, StoredFile) else [row]
    return any(each.is_withheld for found in rows for each in moderated(found))


def is_shown_to(staff: Member, stored: StoredFile) -> bool:
    """Whether staff may see what the file belongs to, with its writer's name. One of a draft, or that waits, is not."""
    things = [thing for holder in stored.holders() for thing in moderated(holder)]
    is_named = not any(author.is_nameless for thing in things if (author := getattr(thing, "author", None)))
    return bool(things) and is_named and all(thing.is_visible_to(staff) for thing in things)


def _leads_to_moderated(field: models.Field[Any, Any]) -> bool:
    return is_moderated(field.related_model)


def pointing(key: str, member: Member, staff: Member | None = None) -> Iterator[models.Model]:
    """The rows of a kind that are the member's; for `staff`, those of them that they may see."""
    label, _dot, name = key.rpartition(".")
    model = apps.get_model(label)
    related = [field.name for field in model._meta.concrete_fields if _leads_to_moderated(field) and not field.null]
    rows: Any = model._base_manager.all()
    if staff and issubclass(model, Moderatable):
        rows = model._default_manager.visible_to(staff)  # type: ignore[attr-defined]
    rows = rows.filter(**{name: member}).select_related(*related).order_by("pk")
    rows = rows.exclude(LEFT_OUT[key]) if key in LEFT_OUT and not staff else rows
    is_some_held = Hold.objects.exists()
    for row in rows.iterator(chunk_size=500):
        if is_some_held and is_withheld(row):
            continue
        if staff and isinstance(row, StoredFile) and not is_shown_to(staff, row):
            continue
        if staff and not all(each is row or each.is_visible_to(staff) for each in moderated(row)):
            continue
        yield getattr(row, INSTEAD[key]) if key in INSTEAD else row


def _row(row: models.Model, key: str = "") -> Row:
    keeps_silent = is_hidden(row)
    more = getattr(row, ALONG[key], None) if key in ALONG else None
    facts = _facts(row, keeps_silent) | (_facts(more, keeps_silent) if more else {})
    if key in WHOM:
        facts[WHOM[key]] = f"@{getattr(row, WHOM[key]).handle}"
    return Row(f"{row._meta.model_name}-{row.pk}", facts)


def _facts(row: models.Model, keeps_silent: bool) -> dict[str, Any]:
    facts = {}
    for field in row._meta.concrete_fields:
        if field.related_model is SiteText:
            facts[field.name] = getattr(row, field.name).name
        if field.name in UNSAID or field.primary_key or field.related_model is Member:
            continue
        value = field.value_from_object(row)
        if value in (None, "", [], {}):
            continue
        if isinstance(field, models.ForeignKey):
            is_named = field.related_model is Organisation
            value = getattr(row, field.name).name if is_named else f"{field.related_model._meta.model_name}-{value}"
        elif keeps_silent and isinstance(field, models.TextField):
            value = str(_("(hidden by staff: you were sent the reasons)"))
        facts[field.name] = value
    return facts
