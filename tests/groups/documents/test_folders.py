"""Folders of the library, and the filters of its list."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.models import Entry
from groups.documents.models import Document, Folder
from tests import make
from tests.groups.documents.door import send_edit, send_new


@pytest.fixture
def tree(group, lead):
    """Templates / Letters, and Minutes, each with a document of its name."""
    templates = Folder.add(lead, group, "Templates")
    folders = {"Templates": templates, "Letters": Folder.add(lead, group, "Letters", templates)}
    folders["Minutes"] = Folder.add(lead, group, "Minutes")
    for name, folder in folders.items():
        make.document(group, lead, f"In {name}", folder=folder)
    make.document(group, lead, "Loose", nation="wales", kind="agenda")
    return folders


@pytest.fixture
def shelf(group):
    return reverse("documents:list", args=[group.slug])


def arrange(client, group, **said):
    return client.post(reverse("documents:folders", args=[group.slug]), {"parent": "", **said})


def at(folder):
    return reverse("documents:folder", args=[folder.group.slug, folder.pk])


def titles(client, address):
    return {document.title for document in client.get(address).context["page"].rows}


def as_(member):
    client = Client()
    client.force_login(member)
    return client


def test_a_folder_shows_what_stands_in_it_and_below_and_the_flat_list_shows_all(tree, shelf, member):
    client = as_(member)
    assert titles(client, shelf) == {"In Templates", "In Letters", "In Minutes", "Loose"}
    assert titles(client, tree["Templates"].get_absolute_url()) == {"In Templates", "In Letters"}
    assert titles(client, tree["Letters"].get_absolute_url()) == {"In Letters"}
    page = client.get(shelf).content.decode()
    assert page.index("Minutes</bdi>") < page.index("Templates</bdi>") < page.index("Letters</bdi>")


def test_leads_add_rename_and_take_away_folders_and_nothing_is_lost(leading, group, tree):
    assert arrange(leading, group, name="Old letters", parent=tree["Letters"].pk).status_code == 302
    assert leading.post(at(tree["Letters"]), {"name": "Mail"}).status_code == 302
    assert [folder.path for folder in Folder.tree_of(group)] == [
        "Minutes",
        "Templates",
        "Templates / Mail",
        "Templates / Mail / Old letters",
    ]
    assert leading.post(at(tree["Letters"]), {"off": "1"}).status_code == 302
    assert [folder.path for folder in Folder.tree_of(group)][-1] == "Templates / Old letters"
    assert Document.objects.get(title="In Letters").folder == tree["Templates"]
    assert set(Entry.objects.values_list("act", flat=True)) >= {"add-folder", "rename-folder", "remove-folder"}


def test_two_folders_of_one_name_stand_in_different_places(leading, group, tree):
    assert arrange(leading, group, name="minutes").status_code == 403
    assert leading.post(at(tree["Minutes"]), {"name": "TEMPLATES"}).status_code == 403
    assert leading.post(at(tree["Minutes"]), {"name": "MINUTES"}).status_code == 302
    assert arrange(leading, group, name="Minutes", parent=tree["Templates"].pk).status_code == 302


def test_folders_stand_at_most_four_deep(leading, group, lead):
    inside = None
    for _level in range(4):
        inside = Folder.add(lead, group, "Box", inside)
    assert arrange(leading, group, name="Box", parent=inside.pk).status_code == 403
    assert arrange(leading, group, name="Box", parent=inside.parent_id).status_code == 403
    assert arrange(leading, group, name="Bag", parent=inside.parent_id).status_code == 302


def test_members_see_folders_and_arrange_none(tree, group, member, outsider):
    client = as_(member)
    assert arrange(client, group, name="Mine").status_code == 403
    assert client.post(at(tree["Minutes"]), {"off": "1"}).status_code == 403
    assert as_(outsider).get(at(tree["Minutes"])).status_code == 404
    assert Folder.objects.count() == 3


def test_a_document_is_put_into_a_folder_of_its_own_group_only(leading, group, tree, lead):
    other = make.group("Curriculum")
    foreign = Folder.add(lead, other, "Elsewhere")
    assert send_new(leading, group, folder=foreign.pk).status_code == 422
    assert arrange(leading, group, name="Inside", parent=foreign.pk).status_code == 422
    assert leading.get(f"/groups/{group.slug}/documents/folders/{foreign.pk}/").status_code == 404
    assert send_new(leading, group, folder=tree["Letters"].pk).status_code == 302
    document = Document.objects.latest("pk")
    assert document.folder == tree["Letters"]
    assert send_edit(leading, document, folder=tree["Minutes"].pk).status_code == 302
    document.refresh_from_db()
    assert document.folder == tree["Minutes"]


def test_filters_combine_and_are_kept_from_page_to_page(leading, group, lead, tree, shelf):
    for number in range(25):
        make.document(group, lead, f"Agenda {number}", kind="agenda", folder=tree["Letters"], nation="wales")
    assert titles(leading, f"{shelf}?kind=agenda&nation=wales") > {"Agenda 24"}
    address = f"{shelf}?folder={tree['Templates'].pk}&kind=agenda&nation=wales&sort=title"
    older = leading.get(address).context["page"].older
    assert titles(leading, shelf + older) == {"Agenda 5", "Agenda 6", "Agenda 7", "Agenda 8", "Agenda 9"}
    assert titles(leading, f"{shelf}?nation=scotland") == set()
    for nonsense in ("?folder=x", "?folder=999999", "?nation=mars", "?show=all"):
        assert len(titles(leading, shelf + nonsense)) == 20


def test_what_is_current_and_what_is_due_for_review(leading, group, lead, shelf):
    today = timezone.localdate()
    passed = make.document(group, lead, "Passed", review_on=today - dt.timedelta(days=1))
    make.document(group, lead, "Soon", review_on=today + dt.timedelta(days=29))
    make.document(group, lead, "Later", review_on=today + dt.timedelta(days=31))
    newer = make.document(group, lead, "Newer")
    assert titles(leading, f"{shelf}?show=due") == {"Passed", "Soon"}
    passed.supersede_with(lead, newer)
    assert titles(leading, f"{shelf}?show=due") == {"Soon"}
    assert titles(leading, f"{shelf}?show=current") == {"Soon", "Later", "Newer"}


def test_a_hidden_document_is_in_no_folder_for_anybody(leading, tree, staff, shelf):
    Document.objects.get(title="In Letters").hide(staff, "To be looked at")
    assert titles(leading, tree["Letters"].get_absolute_url()) == set()
    assert len(titles(leading, shelf)) == 4


def test_many_folders_and_documents_cost_no_more_questions(leading, group, lead, tree, shelf):
    def asked():
        leading.get(shelf)  # which filters make sense is found out once for each state of the library
        with CaptureQueriesContext(connection) as found:
            leading.get(f"{shelf}?folder={tree['Templates'].pk}")
        return len(found)

    few = asked()
    for number in range(10):
        inside = Folder.add(lead, group, f"Box {number}", tree["Templates"])
        make.document(group, lead, f"Boxed {number}", folder=inside)
    assert asked() == few
