import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def what_stands(apps, schema_editor):
    """What was hidden and not restored since stands against its author."""
    Decision, Measure = (apps.get_model("moderation", name) for name in ("Decision", "Measure"))
    latest = {decision.subject: decision for decision in Decision.objects.exclude(act="nothing").order_by("at", "pk")}
    for decision in latest.values():
        if decision.act == "hide":
            Measure.objects.get_or_create(decision=decision, member=decision.author, act="hide")


THANKS = {  # what those who reported have been told so far
    "hide": "Thank you for telling us. We have hidden it and told its author why.",
    "restore": "Thank you for telling us. Staff looked at it again and decided that it can stay.",
    "nothing": "Thank you for telling us. Staff looked at it and found that it keeps to the rules, so it stays.",
}


def what_was_said(apps, schema_editor):
    """Letters are kept with the decision."""
    for act, words in THANKS.items():
        apps.get_model("moderation", "Decision").objects.filter(act=act, thanks="").update(thanks=words)


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0004_from_outside'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(help_text='When staff must have decided')),
                ('warned_at', models.DateTimeField(editable=False, null=True)),
                ('words', models.TextField(max_length=4000, verbose_name='why')),
                ('heard_at', models.DateTimeField(null=True)),
                ('is_upheld', models.BooleanField(null=True)),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
            ],
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('nothing', 'No action'), ('note', 'Noted'), ('edit', 'Asked to edit'), ('warn', 'Warned'), ('hide', 'Hidden'), ('remove', 'Removed'), ('lock', 'Discussion closed'), ('restrict', 'Not to write in the group'), ('silence', 'Not to write'), ('suspend', 'Suspended'), ('end', 'Account ended'), ('restore', 'Restored')], max_length=10)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ['-at', '-pk']},
        ),
        migrations.AddField(
            model_name='decision',
            name='evidence',
            field=models.TextField(blank=True, help_text="The thing's text as it was when decided"),
        ),
        migrations.AddField(
            model_name='decision',
            name='letter',
            field=models.TextField(blank=True, max_length=2000, verbose_name='to the author'),
        ),
        migrations.AddField(
            model_name='decision',
            name='thanks',
            field=models.TextField(blank=True, max_length=2000, verbose_name='to the reporters'),
        ),
        migrations.AddField(
            model_name='decision',
            name='undoes',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='moderation.decision'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='act',
            field=models.CharField(choices=[('nothing', 'No action'), ('note', 'Noted'), ('edit', 'Asked to edit'), ('warn', 'Warned'), ('hide', 'Hidden'), ('remove', 'Removed'), ('lock', 'Discussion closed'), ('restrict', 'Not to write in the group'), ('silence', 'Not to write'), ('suspend', 'Suspended'), ('end', 'Account ended'), ('restore', 'Restored')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='no_decision_without_reasons'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='moderation.decision'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='heard_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measure',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='measure', to='moderation.decision'),
        ),
        migrations.AddField(
            model_name='measure',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(models.F('decision'), models.F('by'), name='one_appeal_each'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('heard_at', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='no_appeal_heard_without_reasons'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('member'), condition=models.Q(('ended_at', None)), name='measures_in_force'),
        ),
        migrations.RunPython(what_was_said, migrations.RunPython.noop),
        migrations.RunPython(what_stands, migrations.RunPython.noop),
    ]
