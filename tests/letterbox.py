"""A mail server on this machine that keeps what it receives."""

import email
import email.policy

import pytest
from aiosmtpd.controller import Controller

from community import jobs


class Box:
    """What a mail server received."""

    def __init__(self):
        self.got = []
        self.refused = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return f"550 No such mailbox: {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def server(settings, unused_tcp_port):
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=unused_tcp_port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_tcp_port
    yield box
    controller.stop()


def deliver():
    """What the worker does."""
    jobs.Worker("test", interval=0, batch=True).run()
