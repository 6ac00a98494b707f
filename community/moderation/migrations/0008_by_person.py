import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import community.moderation.models.sealed


def who_had_the_part(apps, schema_editor):
    """The person who had the part when it was told, as far as the ledger or the office itself says."""
    Report, Keeper, Member = (apps.get_model(*name) for name in (
        ("moderation", "SealedReport"), ("moderation", "Keeper"), ("members", "Member")
    ))
    entries = apps.get_model("community", "Entry").objects.order_by("-number")
    for report in Report.objects.exclude(kept_part=""):
        now = Keeper.objects.filter(part=report.kept_part, since__lte=report.at).first()
        named = entries.filter(act=f"name-safeguarding-{report.kept_part}", at__lte=report.at).first()
        pk = named.subject.rpartition("-")[2] if named and named.subject.startswith("member-") else ""
        report.kept_from = now.member if now else Member.objects.filter(pk=pk).first() if pk else None
        report.save(update_fields=["kept_from"])
    _settle(schema_editor)


def who_wrote_it(apps, schema_editor):
    """One so far."""
    for case in apps.get_model("moderation", "SealedCase").objects.exclude(writer=None):
        case.writers.add(case.writer)
    _settle(schema_editor)


def _settle(schema_editor):
    """PostgreSQL alters no table while it has yet to look at rows that point elsewhere."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0001_initial'),
        ('members', '0004_distance'),
        ('moderation', '0007_trustee'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(
            model_name='sealedreport',
            old_name='kept_from',
            new_name='kept_part',
        ),
        migrations.AddField(
            model_name='sealedreport',
            name='kept_from',
            field=models.ForeignKey(help_text='Whom it concerns', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='sealedcase',
            name='id',
            field=models.BigIntegerField(default=community.moderation.models.sealed.any_number, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AddField(
            model_name='sealedcase',
            name='writers',
            field=models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(who_had_the_part, migrations.RunPython.noop),
        migrations.RunPython(who_wrote_it, migrations.RunPython.noop),
        migrations.RemoveField(model_name='sealedcase', name='writer'),
        migrations.RemoveField(model_name='sealedreport', name='kept_part'),
    ]
