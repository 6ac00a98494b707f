"""Who and what is there when the stories begin. Runs inside the site's own process; prints where things are."""

import datetime as dt
import json
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community import live
from community.files.models import StoredFile
from groups.documents.models import Collection
from groups.models import Role
from groups.threads.models import Summary, Thread
from realtime.chat.models import Message, MessageFile, Room
from tests import make as rows
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
    print(json.dumps(fill(groups[-1], cast) | kinds(cast)))


def person(name, **facts):
    found = rows.person(name, **facts)
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
    return {
        "group": group.get_absolute_url(),
        "thread": thread.get_absolute_url(),
        "taken up": taken_up.thread.get_absolute_url(),
        "take up": f"{group.get_absolute_url()}live/take-up/?m={said[0].pk}",
        **{name: f"{group.get_absolute_url()}threads/{thread.pk}/{name}/" for name in ("tidy", "merge", "move")},
        "mark": f"{replies[5].deeds_url}mark/",
        "summary": f"{group.get_absolute_url()}threads/{thread.pk}/summary/",
        "tags of a thread": f"{group.get_absolute_url()}threads/{thread.pk}/tags/",
        "document": document.get_absolute_url(),
        "collection": pack.get_absolute_url(),
        "collection to change": f"{pack.get_absolute_url()}edit/",
        "adding to a collection": f"{document.get_absolute_url()}collect/",
        "in review": scheme.get_absolute_url(),
        "answer to a review": f"{scheme.get_absolute_url()}review/{review.pk}/",
        "asking for a review": f"{draft.get_absolute_url()}review/",
        "receipt": report.get_absolute_url(),
        "case": f"/desk/{live.stream_of(replies[3])}/",
        "report": f"/report/{live.stream_of(replies[4])}/",
        "decision": said[1].hidden.get_absolute_url(),
        "post": replies[-1].get_absolute_url(),
        **rooms_of(group, lead, member, other),
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
