"""Letters out: written with the deed, delivered once by the task, over real SMTP."""

import logging

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from community import mail
from community.mail.models import Letter
from tests.letterbox import deliver


@pytest.mark.django_db(transaction=True)
def test_a_letter_arrives_as_text_and_as_html_and_is_then_forgotten(server):
    mail.send("flute@northmoor.example", "login_code", {"code": "123456"})
    deliver()
    deliver()
    (got,) = server.got
    assert got["To"] == "flute@northmoor.example"
    assert got["Subject"] == "123456 is your code for Ensemble"
    assert got["Auto-Submitted"] == "auto-generated"
    assert "123456" in got.get_body(["plain"]).get_content()
    assert "123456" in got.get_body(["html"]).get_content()
    kept = Letter.objects.get()
    assert kept.sent_at
    assert "123456" not in kept.text + kept.html


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_is_tried_again(settings, unused_tcp_port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_tcp_port
    mail.send("flute@northmoor.example", "login_code", {"code": "123456"})
    deliver()
    assert Letter.objects.get().sent_at is None
    assert "123456" in Letter.objects.get().text


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_refused_stands_in_no_log_and_in_no_queue(server, caplog):
    server.refused = {"flute@northmoor.example"}
    mail.send("flute@northmoor.example", "login_code", {"code": "123456"})
    deliver()
    [console] = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    written = "\n".join(console.format(record) for record in caplog.records)
    assert "mail.models.deliver failed, try 1: smtplib.SMTPRecipientsRefused" in written
    assert "in deliver" in written, "it says where"
    assert "northmoor" not in written
    assert "northmoor" not in DBTaskResult.objects.get().traceback


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_writes_to_nobody(server):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mail.send("flute@northmoor.example", "login_code", {"code": "123456"})
        _ = 1 / 0
    deliver()
    assert server.got == []


def test_what_people_are_called_changes_no_header_and_no_markup(db):
    class Reason:
        reason = '<script>alert(1)</script> & "you"'

    mail.send("flute@northmoor.example", "declined", {"application": Reason})
    letter = Letter.objects.get()
    assert Reason.reason in letter.text
    assert "<script>alert" not in letter.html
    mail.send("flute@northmoor.example", "login_code", {"code": "1\nBcc: evil@example.org"})
    assert "\n" not in Letter.objects.last().subject
