"""Pages of the library in a real browser: two write at once and nothing is lost; a passage is talked about."""

import pytest
from playwright.sync_api import expect

from groups.documents.models import Document
from groups.models import Role
from tests import make
from tests.groups.documents.door import at
from tests.journeys.test_sharing_in_browser import browser, seat, site  # noqa: F401 - fixtures

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PLAN = "# The aim\n\nOne lesson a week.\n\nIn the hall, on Mondays.\n\nBring mutes."
SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector(".read-out"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const start = walker.currentNode.data.indexOf(words);
    if (start < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, start, walker.currentNode, start + words.length);
    return true;
  }
  return false;
}"""


def body_of(page):
    return Document.objects.get(pk=page.pk).current.page.body


def write(desk, old, new):
    box = desk.locator("#id_body")
    box.fill(box.input_value().replace(old, new))
    desk.get_by_role("button", name="Save version").click()


def test_two_change_a_page_at_once_and_where_both_meant_the_same_words_one_decides(browser, site, group, lead):  # noqa: F811
    colleague = make.person("Ottoline Quayle")
    make.place(group, colleague, Role.CO_LEAD)
    page = make.page(group, lead, PLAN)
    desk, other = seat(browser, site, lead), seat(browser, site, colleague)
    for each in (desk, other):
        each.goto(at("edit_page", page))
    write(other, "Bring mutes.", "Bring mutes and oil.")
    expect(other.get_by_text("Bring mutes and oil.")).to_be_visible()
    write(desk, "One lesson a week.", "Two lessons a week.")
    expect(desk.get_by_text("Two lessons a week.")).to_be_visible()
    expect(desk.get_by_text("Bring mutes and oil.")).to_be_visible()

    for each in (desk, other):
        each.goto(at("edit_page", page))
    write(other, "on Mondays", "on Fridays")
    expect(other.get_by_text("In the hall, on Fridays.")).to_be_visible()
    write(desk, "on Mondays", "on Sundays")
    expect(desk.get_by_role("alert")).to_contain_text("Not saved yet: somebody changed the same place")
    assert "on Sundays" in desk.get_by_label("What you wrote").input_value()
    box = desk.locator("#id_body")
    both = box.input_value()
    assert "on Fridays" in both and "on Sundays" in both and "Two lessons" in both
    desk.get_by_role("button", name="Save version").click()
    expect(desk.get_by_role("link", name="Two texts still stand side by side.")).to_be_visible()
    box.fill("# The aim\n\nTwo lessons a week.\n\nIn the hall, on Fridays and Sundays.\n\nBring mutes and oil.")
    desk.get_by_role("button", name="Save version").click()
    expect(desk.get_by_text("In the hall, on Fridays and Sundays.")).to_be_visible()
    assert body_of(page).endswith("on Fridays and Sundays.\n\nBring mutes and oil.")
    assert page.versions.count() == 5, "nothing that was saved is gone"


def test_a_passage_is_selected_and_talked_about_until_it_changes(browser, site, group, lead, member):  # noqa: F811
    page = make.page(group, lead, PLAN)
    reader, desk = seat(browser, site, member), seat(browser, site, lead)
    desk.goto(page.get_absolute_url())
    reader.goto(page.get_absolute_url())
    reader.evaluate("() => customElements.whenDefined('passage-comment').then(() => true)")
    assert reader.evaluate(SELECT, "In the hall")
    reader.get_by_role("button", name="Comment on this").click()
    expect(reader.locator("[name=passage]")).to_have_value("In the hall")
    reader.locator("#id_body").fill("Which hall is that?")
    reader.get_by_role("button", name="Comment", exact=True).click()
    expect(reader.locator("#comments")).to_contain_text("Which hall is that?")

    said = desk.locator("#comments > li")
    expect(said).to_contain_text("Which hall is that?")  # without being asked for
    expect(said).to_contain_text("In the hall")
    page.save_page(lead, 1, PLAN.replace("In the hall", "In the gym"))
    expect(reader.get_by_text("In the gym, on Mondays.")).to_be_visible()
    expect(reader.locator("#comments > li")).to_contain_text("ersion 1")
