"""Who and what is there when the stories begin. Runs inside the site's own process; prints where things are."""

import datetime as dt
import json
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone

from community import live
from community.files.models import StoredFile
from community.members.models import Acceptance, Member, SiteText
from community.moderation.models import (
    Act,
    Appeal,
    BarredFile,
    DataRequest,
    Exhibit,
    Keeper,
    LegalHold,
    Notice,
    Profile,
    Ruling,
    SealedCase,
    Worry,
)
from community.moderation.models.links import address
from community.privacy.models import Erasing
from groups.approval.models import Passed, Waiting
from groups.approval.why import Why
from groups.documents.models import Collection, Comment, Document, FormatRequest, Proposal
from groups.models import Role
from groups.threads.models import Summary, Thread
from realtime.chat.models import Message, MessageFile, Room
from tests import make as rows
from tests.journeys.cast_cases import told_in_full
from tests.journeys.deeds import picture

DAY = dt.timedelta(days=1)
PASSWORD = "three green bassoons"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GROUPS = {
    "Workforce": "amber",
    "Diversity, equity and inclusion": "plum",
    "Instrumental, vocal and curriculum": "teal",
    "Data and impact": "violet",
}
PEOPLE = ["workforce-chair", "brass-peri", "strings-peri", "cello-peri"]
BODY = """A first term on **whole-class brass**, with what we learned:

- breath before sound
- one note, many rhythms

| Week | Aim |
|---|---|
| 1 | A steady pulse |
| 2 | Two notes |

> Start with the pulse.

See [the guidance](https://example.org/guidance) and `notes.txt`. What has worked for you, @strings-peri?
"""


def make():
    """The cast with passwords, four groups, and one of everything to look at."""
    service = rows.organisation("Saltmarsh Music Service")
    cast = {name: person(name, of=service) for name in [*PEOPLE, "outsider"]}
    staff = cast["duty-moderator"] = person("duty-moderator", of=service, is_staff=True)
    TOTP.activate(staff, SECRET)
    groups = [rows.group(name, hue=hue) for name, hue in GROUPS.items()]
    for group in groups:
        for name in PEOPLE:
            rows.place(group, cast[name], Role.LEAD if name == "workforce-chair" else Role.MEMBER)
    rows.place(groups[0], person("leaver", of=service))
    change_rules(staff, person("not-yet", of=service))
    print(json.dumps(fill(groups[-1], cast) | kinds(cast)))


def change_rules(staff, not_yet):
    """All but one have accepted the new rules."""
    draft = SiteText.write("rules", SiteText.in_force("rules").body.replace("be kind", "be kind, always"), staff)
    draft.publish(staff, "A word more on kindness.", timezone.now() - DAY / 2)
    SiteText.write("terms", f"{SiteText.in_force('terms').body}\n\nGuests read and answer.", staff)
    for each in Member.objects.exclude(pk=not_yet.pk):
        Acceptance.keep(each, ["rules-2"])


def person(name, **facts):
    """Somebody who has been here for a while: who is new writes less often than a hurried test."""
    found = rows.person(name, joined_at=timezone.now() - 30 * DAY, **facts)
    found.set_password(PASSWORD)
    found.save()
    EmailAddress.objects.create(user=found, email=found.email, verified=True, primary=True)
    return found


def fill(group, cast):
    """What the pages show. Returns their addresses by name."""
    lead, member, other, staff = (cast[name] for name in [*PEOPLE[:3], "duty-moderator"])
    thread = rows.thread(group, member, "Whole-class brass in the first term", body=BODY, kind="question")
    voice = other.affiliations.get()
    replies = [
        thread.reply(voice, f"Reply {number}. " + "We tried this with two classes. " * 8) for number in range(12)
    ]
    document = rows.document(group, lead, summary="For visiting teachers.", content=pdf(lead))
    scheme = rows.document(group, lead, "Scheme of work", content=pdf(lead))
    review = scheme.ask_review(lead, [member, other], timezone.localdate() + 3 * DAY, "Is it short enough?")
    scheme.answer_review(member, review.pk, "approve", "Just right.")
    draft = rows.document(group, lead, "Letter to families", content=pdf(lead))
    document.tag([rows.tag("brass", group)])
    said = {"title": "Risk assessment", "summary": "For trips.", "kind": "template", "rights": "own"}
    proposed = Proposal.make(group, other, pdf(other), **said)
    wish = FormatRequest.ask(document, other, "Large print, 18 point")
    page = rows.page(group, lead, BODY)
    long_gone = rows.document(group, lead, "An old rota")
    long_gone.remove(lead)
    Document.objects.filter(pk=long_gone.pk).update(removed_at=timezone.now() - 100 * DAY)
    comment = Comment.say(page, member, "Which hall, and **when**?", passage="one note, many rhythms")
    Comment.say(page, lead, "The small one.", answered=comment)
    Comment.say(page, other, "Spelling", passage="Two notes").resolve(lead)
    mine = Comment.say(page, lead, "I shall ask.")
    pack = Collection(group=group)
    pack.describe(lead, "Start here", "For new people")
    for each in (document, scheme):
        pack.add(lead, each, "Read this first")
    room = Room.of(group)
    said = [
        room.say(each, f"Is it on **Friday**? {n}", f"k{n}", voice_of(each)) for n, each in enumerate([member, other])
    ]
    said[0].attach([MessageFile(stored=png(member), alt="A hall", is_declared=True)])
    taken_up = Message.take_up(
        room, [said[0].pk], partial(Thread(group=group, title="Which Friday?").start, voice, "Who knows?")
    )
    report = replies[3].report(lead, kind="other", words="Please look at this.")
    said[1].report(lead, kind="other", words="And this.")
    said[1].hide(staff, "It names a pupil.", "3.2")
    appeal = Appeal.lodge(said[1].hidden, other, "There are two of that name in every class.")
    Keeper.name("lead", staff)
    LegalHold.place(member.subject, staff, "A claim was announced.", timezone.localdate() + 30 * DAY)
    gone = Member.objects.create(name="Former member", handle="former-0a1b", email="gone@invalid", is_active=False)
    LegalHold.place(gone.subject, staff, "A claim was announced.", timezone.localdate() + 30 * DAY)
    on = {"step": "things threads.post.author", "waits_since": timezone.now()}
    Erasing.objects.create(member=gone, by=staff, way="remove", was={"name": "", "handle": "", "titles": []}, **on)
    DataRequest.ask(member, "correct", "My old name stands in two discussions.")
    told = SealedCase.take(Worry("worry", "I heard something.", member), replies[7])
    sent = QueryDict(mutable=True)
    sent.update({"body": "We begin with **one note**."})
    waits = Waiting.take(group, other, f"reply:threads.thread-{thread.pk}", sent, Why.FIRST)
    warned = replies[6].decide(staff, Ruling(Act.WARN, "It was not kind.", "2.1"))
    barred = BarredFile.objects.create(sha256="3fa9c1" + 58 * "0", why="removed", decision=warned)
    return {
        "group": group.get_absolute_url(),
        "a file that is not taken again": barred.get_absolute_url(),
        "thread": thread.get_absolute_url(),
        "taken up": taken_up.thread.get_absolute_url(),
        "take up": f"{group.get_absolute_url()}live/take-up/?m={said[0].pk}",
        **{name: f"{group.get_absolute_url()}threads/{thread.pk}/{name}/" for name in ("tidy", "merge", "move")},
        "mark": f"{replies[5].deeds_url}mark/",
        "summary": f"{group.get_absolute_url()}threads/{thread.pk}/summary/",
        "tags of a thread": f"{group.get_absolute_url()}threads/{thread.pk}/tags/",
        "document": document.get_absolute_url(),
        **{f"{name} of a document": f"{document.get_absolute_url()}{name}/" for name in ("tags", "activity", "owner")},
        "sent and not shown yet": waits.get_absolute_url(),
        "passing it to staff": f"{waits.get_absolute_url()}pass/",
        "passed to staff": Passed.copy(waits).get_absolute_url(),
        "proposal": proposed.get_absolute_url(),
        "replace": f"{document.get_absolute_url()}supersede/",
        "asking for a format": f"{document.get_absolute_url()}format/",
        "answer about a format": f"{document.get_absolute_url()}format/{wish.pk}/",
        "page": page.get_absolute_url(),
        "comment to edit": f"{mine.deeds_url}edit/",
        "page to edit": f"{page.get_absolute_url()}page/",
        "collection": pack.get_absolute_url(),
        "collection to change": f"{pack.get_absolute_url()}edit/",
        "adding to a collection": f"{document.get_absolute_url()}collect/",
        "in review": scheme.get_absolute_url(),
        "answer to a review": f"{scheme.get_absolute_url()}review/{review.pk}/",
        "asking for a review": f"{draft.get_absolute_url()}review/",
        "receipt": report.get_absolute_url(),
        "worry": f"/report/{live.stream_of(replies[4])}/?kind=worry",
        "receipt of a worry": told.get_absolute_url(),
        "sealed case": told.case.get_absolute_url(),
        "case": f"/desk/{live.stream_of(replies[3])}/",
        "deciding": f"/desk/{live.stream_of(replies[3])}/decide/?act=hide&rule=3.2",
        "spam": f"/desk/spam/?case={report.case_id}",
        "hearing": f"/desk/appeals/{appeal.pk}/",
        "appeal": address(warned, other),
        "defamation": Notice.take("defamation", "It is not true.").more_url,
        "illegal": Notice.take("illegal", "It sells what it may not.").more_url,
        "report": f"/report/{live.stream_of(replies[4])}/",
        "decision": said[1].hidden.get_absolute_url(),
        "post": replies[-1].get_absolute_url(),
        **told_in_full(group, png(lead), (lead, member, other, staff)),
        **reported_of(group, document, mine, (lead, other, staff)),
        **rooms_of(group, lead, member, other),
    }


def reported_of(group, document, comment, people):
    """A profile, a group and a version, and a report from outside that a decision answered. Their addresses by name."""
    lead, other, staff = people
    profile, version = Profile.with_key(other.pk), document.part("1")
    profile.report(lead, kind="rules", words="An advert.", shown=[Exhibit(title="seen.png", stored=png(lead))])
    document.report(other, kind="copyright", words="It is ours.", shown=[version])
    notice = Notice.take("other", "It is about my child.", shown=[Exhibit(title="seen.png", stored=png(lead))])
    notice.open_case(staff, comment)
    comment.decide(staff, Ruling(Act.NOTHING, "It names nobody."))
    return {
        "reporting a profile": f"/report/{profile.subject}/",
        "reporting a group": f"/report/{group.front_subject}/",
        "reporting a version": f"/report/{document.subject}/?version=1",
        "case of a profile": f"/desk/{profile.subject}/",
        "case of a version": f"/desk/{document.subject}/",
        "a report from outside": notice.get_absolute_url(),
        "answered from outside": notice.status_url,
    }


def rooms_of(group, lead, member, other):
    """For a topic, for a meeting to come, in the archive, a question. Returns their addresses by name."""
    topic = Room.add(lead, group, {"name": "Spreadsheets", "purpose": "Cells that do not add up", "keep_days": 400})
    for n, (each, to) in enumerate([(member, None), (other, 1), (lead, 2)]):
        topic.say(each, f"Cell K{n} is locked. Is it for you?", f"t{n}", voice_of(each), to)
    later = {"opens_at": timezone.now() + DAY, "closes_at": timezone.now() + 2 * DAY}
    meeting = Room.add(lead, group, {"name": "Return drop-in", **later})
    Room.add(lead, group, {"name": "Conference day 1"}).archive(lead)
    asked = Room.between(group, "leads", other)
    asked.say(other, "May I ask you something?", "q1", voice_of(other))
    return {
        "topic": topic.get_absolute_url(),
        "replies": f"{topic.get_absolute_url()}?replies=1",
        "arrange": f"{topic.get_absolute_url()}settings/",
        "side room": meeting.get_absolute_url(),
        "close a room": f"{meeting.get_absolute_url()}close/",
        "asked": asked.get_absolute_url(),
    }


def kinds(cast):
    """A group of the lead's own, with what only some kinds of discussions have. Returns their addresses by name."""
    lead, reader = (
        cast["workforce-chair"],
        person("singing-lead", of=cast["workforce-chair"].affiliations.get().organisation),
    )
    group = rows.group("Singing", hue="sea", allows_masked=True)
    rows.place(group, lead, Role.LEAD)
    rows.place(group, reader)
    asking = rows.thread(group, lead, "Read this before Friday", kind="announcement", asks=True)
    consultation = rows.thread(group, lead, "Our response", kind="consultation", closes_at=timezone.now() + 5 * DAY)
    section = consultation.add_section("Singing: daily or regularly?", "The draft says: *daily*.")
    comment = section.comment(voice_of(reader), "Daily.")
    comment.edit(reader, "Daily, in **primary**.", comment.edition)
    for number, words in enumerate(["Most say *daily*.", "Most say *daily*.\n\nSome say *regularly*."]):
        Summary.write(consultation, lead, words, number)
    nameless = rows.thread(group, reader, "May I ask this?", kind="question").nameless()
    masked = nameless.reply(voice_of(reader), "And this?", to=nameless.posts.get(number=1))
    nameless.accept(reader, masked)
    waiting = rows.thread(group, lead, "The four places", is_waiting=True, opens_at=timezone.now() + DAY)
    address = f"{group.get_absolute_url()}threads/"
    return {
        "announcement": asking.get_absolute_url(),
        "acknowledgements": f"{address}{asking.pk}/acknowledgements/",
        "consultation": consultation.get_absolute_url(),
        "section": section.get_absolute_url(),
        "new section": f"{address}{consultation.pk}/sections/",
        "life": f"{address}{waiting.pk}/life/",
        "history": f"{address}{consultation.pk}/posts/{comment.number}/history/",
        "versions": f"{address}{consultation.pk}/summary/history/",
        "moments": f"{address}{nameless.pk}/moments/",
        "writer": f"{address}{nameless.pk}/posts/{masked.number}/writer/",
        "waiting": waiting.get_absolute_url(),
        "answered": nameless.get_absolute_url(),
    }


def voice_of(member):
    return member.affiliations.get()


def png(owner):
    return StoredFile.objects.keep(SimpleUploadedFile("hall.png", picture()), owner)


def pdf(owner):
    content = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return StoredFile.objects.keep(SimpleUploadedFile("loan.pdf", content), owner)
