"""Whatever there is of a document, at every door: who may read it reads it, and nobody else learns a word."""

import datetime as dt
import uuid
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.files.models import Rendition
from groups.documents.models import Collection, Comment, Document
from groups.models import Role
from groups.threads.models import Thread
from tests import make
from tests.community.files.conftest import picture
from tests.groups.documents.door import at, pdf

SECRETS = ("Quillon plan", "quintolet", "xylorimba", "flexatone", "serpent")  # title, text, comment, page, file
READERS = ("member", "observer", "lead", "owner", "staff")
OTHERS = ("outsider", "elsewhere", "removed", "suspended", "nobody")


@pytest.fixture
def group(db):
    return make.group("Inner circle", visibility="hidden", joining="invite")


@pytest.fixture
def library(group, lead, owner, member):
    """A drawn file in two versions, a picture and a page, with comments, in a collection, cited and citing."""
    made = make.document(
        group, owner, "Quillon plan", content=make.stored(owner, "plan.pdf", b"%PDF-1.7 serpent %%EOF")
    )
    make.contents(made, "Bring a quintolet.")
    made.add_version(owner, make.stored(owner, "plan.docx", b"serpent"))
    file = made.current.file
    file.kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file.save()
    make.contents(made, "Bring a quintolet and a chair.")
    Rendition.objects.create(stored=file, blob=ContentFile(b"%PDF-1.7 serpent", "drawn.pdf"), size=16)
    Comment.say(made, member, "Where is the xylorimba?", passage="Bring a quintolet")
    hall = make.stored(owner, "hall.png", picture())
    hall.kind, hall.width, hall.height = "image/png", 40, 20
    hall.save()
    make.document(group, owner, "Quillon plan of the hall", content=hall)
    cited = Thread(group=group, title="Quillon plan talked over").start(member.affiliations.get(), "Words")
    make.page(group, owner, f"Bring a flexatone, see {cited.thread.get_absolute_url()}.", "Quillon plan as a page")
    pack = Collection.objects.create(group=group, name="Start here")
    for each in Document.objects.all():
        pack.add(lead, each)
    return made


@pytest.fixture
def owner(group):
    return placed("owner", group)


def placed(name, group, role=Role.MEMBER):
    found = make.person(name)
    make.place(group, found, role)
    return found


def person(name, group, request):
    """Somebody of that name, with their place; None is signed out."""
    if name == "nobody":
        return None
    if name == "elsewhere":
        return placed(name, make.group("Another group"))
    if name in ("removed", "suspended"):
        found = placed(name, group)
        group.remove(found) if name == "removed" else found.suspend(timezone.now() + dt.timedelta(days=1))
        return found
    return request.getfixturevalue(name)


def doors(group):
    """Every address at which something of the library is read."""
    yield reverse("documents:list", args=[group.slug])
    yield reverse("documents:list", args=[group.slug]) + "?sort=opened"
    yield reverse("documents:library_zip", args=[group.slug])
    yield reverse("documents:collection", args=[group.slug, Collection.objects.get().pk])
    yield reverse("documents:collection_zip", args=[group.slug, Collection.objects.get().pk])
    for document in Document.objects.order_by("pk"):
        page = document.get_absolute_url()
        yield from (page, f"{page}?page=1", f"{page}?found=quintolet", f"{page}?comment=1")
        for version in document.versions.all():
            read = version.get_absolute_url()
            yield from (read, f"{read}?page=1", f"{read}?found=quintolet", f"{read}?part=1")
            yield from (version.content_url, f"{version.content_url}?show")
            if version.rendition:
                yield f"{read}exact/"
            if version.number > 1:
                yield f"{read}changes/"
    yield from (each.get_absolute_url() for each in Thread.objects.all())


def said(answer):
    """All that an answer tells: its body, its heads, where it leads."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(answer.headers)


def entered(found):
    client = Client()
    if found:
        client.force_login(found)
    return client


@pytest.mark.parametrize("name", READERS)
def test_who_may_read_it_finds_all_of_it_open(library, group, request, name):
    client = entered(person(name, group, request))
    everything = ""
    for door in doors(group):
        answer = client.get(door)
        assert answer.status_code == 200, door
        everything += said(answer)
    assert all(secret in everything for secret in SECRETS)
    assert "Quillon plan" in said(client.get(reverse("search:results"), {"q": "quintolet"}))


@pytest.mark.parametrize("name", OTHERS)
def test_who_may_not_learns_not_a_word_at_any_of_them(library, group, request, name):
    client = entered(person(name, group, request))
    for door in doors(group):
        answer = client.get(door)
        assert answer.status_code in {302, 403, 404}, door
        told = said(answer).replace(door, "").replace(quote(door), "")
        assert not any(secret in told for secret in SECRETS), door
    for door in ("/", "/discussions/", reverse("search:results") + "?q=bring"):
        assert not any(secret in said(client.get(door)) for secret in SECRETS), door


def test_what_is_confidential_is_closed_to_staff_as_well(library, group, staff, member):
    group.is_confidential = True
    group.save()
    for door in doors(group):
        assert entered(staff).get(door).status_code == 404, door
        assert entered(member).get(door).status_code == 200, door


@pytest.mark.parametrize("name", READERS)
def test_what_is_hidden_gives_no_more_than_the_reason_and_what_is_removed_nothing(
    library, group, request, staff, lead, name
):
    client, owner = entered(person(name, group, request)), library.author
    versions = list(library.versions.all())
    files = [door for each in versions for door in (each.content_url, f"{each.get_absolute_url()}exact/")]
    read = [each.get_absolute_url() for each in versions]
    library.hide(staff, "A reason", "3.2")
    for door in [*read, *(f"{each}?found=quintolet" for each in read), *files]:
        may_look = name == "staff" and door in {each.content_url for each in versions}
        assert client.get(door).status_code == (200 if may_look else 404), door
    for door in (library.get_absolute_url(), f"{library.get_absolute_url()}?page=1", *list(doors(group))[:5]):
        told = said(client.get(door))
        assert not any(secret in told for secret in ("quintolet", "xylorimba", "serpent")), door
    library.restore(staff, "Well")
    library.refresh_from_db()
    library.remove(owner if name == "owner" else lead)
    for door in [library.get_absolute_url(), *read, *files]:
        assert client.get(door).status_code == 404, door
    assert "quintolet" not in said(client.get(reverse("documents:library_zip", args=[group.slug])))


def test_a_proposed_file_is_read_by_who_sent_it_and_who_decides_alone(group, lead, member, observer, outsider, staff):
    sent = {"title": "Quillon plan", "kind": "paper", "rights": "own", "language": "en"}
    entered(member).post(
        reverse("documents:propose", args=[group.slug]), {**sent, "file": pdf(), "key": str(uuid.uuid4())}
    )
    proposal = group.proposals.get()
    door = reverse("documents:proposed_file", args=[group.slug, proposal.pk])
    for reader, status in ((member, 200), (lead, 200), (staff, 200), (observer, 404), (outsider, 404), (None, 302)):
        assert entered(reader).get(door).status_code == status, reader


def test_activity_and_the_bin_are_for_who_looks_after_it(library, group, lead, owner, member, outsider, staff):
    entered(member).get(library.get_absolute_url())
    library_of = reverse("documents:bin", args=[group.slug])
    for reader, activity, in_bin in (
        (lead, 200, 200),
        (staff, 403, 200),
        (owner, 200, 403),
        (member, 403, 403),
        (outsider, 404, 404),
    ):
        client = entered(reader)
        assert client.get(at("activity", library)).status_code == activity, reader
        assert client.get(library_of).status_code == in_bin, reader
