from django.db import migrations, models
from django.db.models import F
import datetime as dt


def usual_time(apps, schema_editor):
    """What was reported before had two days."""
    apps.get_model("moderation", "Report").objects.filter(due_at=None).update(due_at=F("at") + dt.timedelta(days=2))


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(
                choices=[
                    ("illegal", "Illegal content"),
                    ("intimate", "An intimate picture of somebody"),
                    ("worry", "A worry about a child or a colleague"),
                    ("personal", "My personal data"),
                    ("defamation", "It harms my good name and is not true"),
                    ("copyright", "Copyright"),
                    ("harassment", "Harassment"),
                    ("spam", "Spam or selling"),
                    ("rules", "Breaks our rules"),
                    ("other", "Something else"),
                ],
                max_length=20,
                verbose_name="what is wrong",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="due_at",
            field=models.DateTimeField(help_text="When staff must have decided", null=True),
        ),
        migrations.RunPython(usual_time, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="report",
            name="due_at",
            field=models.DateTimeField(help_text="When staff must have decided"),
        ),
    ]
