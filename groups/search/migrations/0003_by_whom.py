"""Who is shown as the author, and what is part of a whole: columns that may be empty, so that SQLite adds them in
place and its triggers stay. What was indexed before is brought up to date from the rooms' own tables, where they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NAMED = "(SELECT id FROM members_member WHERE handle <> '-')"
ROOMS = {"threads.post": "threads_post", "documents.document": "documents_document", "chat.message": "chat_message"}


def fill(apps, schema_editor):
    there = schema_editor.connection.introspection.table_names()
    for model, table in ROOMS.items():
        if table in there:
            own = f"(SELECT author_id FROM {table} WHERE id = thing_id)"
            schema_editor.execute(
                f"UPDATE search_record SET author_id = {own} WHERE thing_model = '{model}' AND {own} IN {NAMED}"
            )
    if "threads_post" in there:
        part = "(SELECT 1 FROM threads_post WHERE id = thing_id AND number > 1)"
        schema_editor.execute(
            f"UPDATE search_record SET is_part = TRUE WHERE thing_model = 'threads.post' AND EXISTS {part}"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_full_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="record",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="record", name="is_part", field=models.BooleanField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
