"""Many files in a real browser: dropped, sent one by one over a bad line, asked about, left out."""

import base64

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from groups.documents.models import Document, Folder
from tests import make
from tests.community.files.conftest import picture
from tests.groups.documents.door import PDF
from tests.journeys.test_sharing_in_browser import browser, seat, site  # noqa: F401 - fixtures

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KINDS = {"pdf": "application/pdf", "png": "image/png"}
DROP = """([selector, files]) => {
  const carrier = new DataTransfer();
  for (const [name, type, bytes] of files) {
    carrier.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name, { type }));
  }
  const target = document.querySelector(selector);
  for (const type of ["dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(type, { dataTransfer: carrier, bubbles: true, cancelable: true }));
  }
}"""


def drop(page: Page, selector: str, **files: bytes) -> None:
    named = [(name.replace("_", "."), KINDS[name[-3:]], base64.b64encode(it).decode()) for name, it in files.items()]
    page.evaluate("() => customElements.whenDefined('drop-files').then(() => true)")  # once the page stands
    page.evaluate(DROP, [selector, named])


def describe(page: Page) -> None:
    page.get_by_label("Kind").select_option("template")
    page.get_by_label("Our own work").check()


def test_files_dropped_on_a_folder_go_one_by_one_and_a_broken_line_is_tried_again(browser, site, group, lead):  # noqa: F811
    folder = Folder.add(lead, group, "Forms")
    desk = seat(browser, site, lead)
    desk.goto(reverse("documents:list", args=[group.slug]))
    files = {"one_pdf": PDF, "two_pdf": PDF + b"\n", "a_png": picture(), "b_png": picture(size=(9, 9))}
    drop(desk, f"[data-folder='{folder.pk}']", **files)
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_text("one.pdf")).to_be_visible()
    broken: list[str] = []

    def once(route):
        if route.request.method == "POST" and not broken:
            broken.append(route.request.url)
            return route.abort("connectionreset")
        return route.continue_()

    desk.route("**/documents/many/**", once)
    dialog.get_by_role("button", name="Share the files").click()
    expect(dialog.get_by_role("alert")).to_contain_text(
        "Kind"
    )  # it broke and came again: the form says what is missing
    describe(desk)
    dialog.get_by_role("button", name="Share the files").click()
    expect(dialog.get_by_text("2 of 4 shared.")).to_be_visible()
    expect(dialog.get_by_role("link", name="one", exact=True)).to_be_visible()
    dialog.get_by_label("For all 2 files:").check()
    dialog.get_by_role("button", name="Leave it out: b.png").click()
    dialog.get_by_role("button", name="Share the files").click()
    expect(dialog.get_by_text("3 of 3 shared.")).to_be_visible()
    assert sorted(Document.objects.filter(folder=folder).values_list("title", flat=True)) == ["a", "one", "two"]
    assert broken


def test_a_file_dropped_on_a_document_is_its_next_version(browser, site, group, lead):  # noqa: F811
    document = make.document(group, lead)
    desk = seat(browser, site, lead)
    desk.goto(reverse("documents:list", args=[group.slug]))
    drop(desk, f"#{document.subject}", new_pdf=PDF)
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("What changed").fill("Put right")
    dialog.get_by_role("button", name="Share version").click()
    expect(desk.get_by_role("link", name="new.pdf")).to_be_visible()
    drop(desk, "h1", other_pdf=PDF)
    expect(desk.get_by_role("dialog")).to_contain_text("version 2")
    document.refresh_from_db()
    assert document.version_count == 2


def test_without_scripts_several_files_go_as_one_form(browser, site, group, lead):  # noqa: F811
    desk = seat(browser, site, lead, java_script_enabled=False)
    desk.goto(reverse("documents:many", args=[group.slug]))
    describe(desk)
    files = [{"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF} for name in ("one", "two")]
    desk.get_by_label("Files").set_input_files(files)
    desk.get_by_role("button", name="Share the files").click()
    expect(desk.get_by_role("link", name="two")).to_be_visible()
    assert Document.objects.count() == 2


def test_on_a_telephone_a_row_leaves_the_name_and_the_questions_their_room(browser, site, group, lead):  # noqa: F811
    desk = seat(browser, site, lead, viewport={"width": 360, "height": 800})
    desk.goto(reverse("documents:many", args=[group.slug]))
    describe(desk)
    desk.get_by_label("Files").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture()})
    row = desk.locator("li.upload")
    expect(row.get_by_role("button", name="Leave it out")).to_be_visible()
    assert row.locator("bdi").bounding_box()["x"] < 60
    desk.get_by_role("button", name="Share the files").click()
    expect(row.get_by_role("button", name="Send it again")).to_be_visible()
    for part in (row.locator("bdi"), row.locator("label"), row.get_by_role("button", name="Send it again")):
        assert part.bounding_box()["x"] < 80, "the buttons stand below the rest, not before it"
