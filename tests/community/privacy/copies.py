"""How somebody comes by a copy of what is held about them."""

import io
import zipfile

from community.privacy.models import OwnCopy
from community.privacy.tasks import make_copy

URL = "/account/data/"
TAKE = "/account/data/copy/"


def prepared(client):
    """Whoever is signed in asks for a copy, and the worker has made it."""
    asked = client.post(URL)
    assert asked.status_code == 302, asked
    make_copy.call(OwnCopy.objects.latest("asked_at").pk)


def own_copy(client):
    """The zip, downloaded."""
    prepared(client)
    answer = client.get(TAKE)
    assert answer.status_code == 200, answer
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))
