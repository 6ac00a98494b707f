"""What is ranked are the latest that hold a word, and the latest that have it in their title: an index for each way."""

from django.db import migrations, models

TITLES = "CREATE INDEX search_titles ON search_record USING gin (ts_filter(words, '{a}'))"


def on_postgresql(statement):
    def running(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return running


class Migration(migrations.Migration):
    dependencies = [("search", "0004_kept_within")]
    operations = [
        migrations.AddIndex("record", models.Index(fields=["-at", "-id"], name="search_latest")),
        migrations.AddIndex(
            "record",
            models.Index(fields=["group", "-at", "-id"], name="search_latest_of_group"),
        ),
        migrations.RunPython(on_postgresql(TITLES), on_postgresql("DROP INDEX search_titles")),
    ]
