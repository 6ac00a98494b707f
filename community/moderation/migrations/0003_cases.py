import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def gather(apps, schema_editor):
    """Reports that one decision answered were a case, so are those about one thing that wait, so is a decision alone."""
    Case, Report, Decision = (apps.get_model("moderation", name) for name in ("Case", "Report", "Decision"))
    for decision in Decision.objects.filter(case=None).order_by("pk"):
        reports = list(Report.objects.filter(decision=decision).order_by("due_at", "pk"))
        decision.case = Case.objects.create(
            subject=decision.subject,
            kind=reports[0].kind if reports else "other",
            at=min([decision.at, *(report.at for report in reports)]),
            due_at=reports[0].due_at if reports else decision.at,
            closed_at=decision.at,
        )
        decision.save(update_fields=["case"])
        Report.objects.filter(decision=decision).update(case=decision.case)
    for report in Report.objects.filter(case=None).order_by("due_at", "pk"):
        facts = {"kind": report.kind, "at": report.at, "due_at": report.due_at}
        report.case = Case.objects.get_or_create(subject=report.subject, closed_at=None, defaults=facts)[0]
        report.save(update_fields=["case"])
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the tables cannot be altered after this


KINDS = [
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
]
KEY = {"on_delete": django.db.models.deletion.PROTECT}
STAFF = {**KEY, "related_name": "+", "to": settings.AUTH_USER_MODEL}
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_clocks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", ID),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(help_text="When staff must have decided")),
                ("warned_at", models.DateTimeField(editable=False, null=True)),
                ("subject", models.CharField(db_index=True, max_length=80)),
                ("kind", models.CharField(choices=KINDS, default="other", max_length=20)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(db_index=True, null=True)),
                ("claimed_by", models.ForeignKey(null=True, **STAFF)),
            ],
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                models.F("subject"), condition=models.Q(("closed_at", None)), name="one_open_case_each"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("due_at"), models.F("id"), condition=models.Q(("closed_at", None)), name="open_cases_by_time"
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", ID),
                ("subject", models.CharField(db_index=True, max_length=80)),
                ("words", models.TextField(max_length=2000, verbose_name="note")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(null=True, help_text="Empty: the site itself", **STAFF)),
            ],
            options={"ordering": ["at", "pk"]},
        ),
        migrations.AlterModelOptions(name="report", options={"ordering": ["at", "pk"]}),
        migrations.AddField(
            "decision", "case", models.ForeignKey(null=True, related_name="decisions", to="moderation.case", **KEY)
        ),
        migrations.AddField(
            "report", "case", models.ForeignKey(null=True, related_name="reports", to="moderation.case", **KEY)
        ),
        migrations.RunPython(gather, migrations.RunPython.noop),
        migrations.AlterField(
            "decision", "case", models.ForeignKey(related_name="decisions", to="moderation.case", **KEY)
        ),
        migrations.AlterField("report", "case", models.ForeignKey(related_name="reports", to="moderation.case", **KEY)),
    ]
