"""What members say of themselves is looked at for the words that staff watch for, too."""

import pytest

from community.moderation.models import WatchWord

pytestmark = pytest.mark.django_db
SAID = {"name": "Peri", "title": "", "pronouns": "", "nation": "", "language": "en-gb", "time_zone": "Europe/London"}


@pytest.fixture
def send(client, member, staff):
    def send(does, bio, words="Crypto"):
        word = WatchWord(words=words, does=does)
        if not WatchWord.objects.exists():
            word.full_clean()
            word.keep(staff)
        client.force_login(member)
        return client.post("/account/", {**SAID, "bio": bio})

    return send


@pytest.mark.parametrize("does", ["ask", "tell"])
def test_whoever_writes_one_is_asked_once(send, member, does):
    asked = send(does, "I teach crypto")
    assert (
        asked.status_code == 422 and "Is that how you want to say it?" in asked.text and "I teach crypto" in asked.text
    )
    assert send(does, "I teach crypto").status_code == 302
    assert send(does, "I teach crypto, and brass").status_code == 302, "it stood there before"
    member.refresh_from_db()
    assert member.bio == "I teach crypto, and brass"


def test_what_would_wait_is_not_taken_and_comes_back(send, member):
    refused = send("hold", "I sell crypto")
    assert refused.status_code == 422 and "here nothing can wait" in refused.text and "I sell crypto" in refused.text
    assert send("hold", "I teach brass").status_code == 302
