"""Rooms with a rule know up to which number they have forgotten everything, so that nobody counts it as unread."""

from django.db import migrations, models
from django.db.models import Min


def count_from_the_first(apps, schema_editor):
    rooms = apps.get_model("chat", "Room").objects.filter(keep_days__isnull=False)
    for room in rooms.annotate(first=Min("messages__number")):
        room.forgotten = room.last if room.first is None else room.first - 1
        room.save(update_fields=["forgotten"])


class Migration(migrations.Migration):
    dependencies = [("chat", "0007_kept_in_a_page")]

    operations = [
        migrations.AddField("room", "forgotten", models.PositiveBigIntegerField(default=0, editable=False)),
        migrations.RunPython(count_from_the_first, migrations.RunPython.noop),
    ]
