import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


GUIDE = "Keeping children safe in education, part four"
CONTACTS = [  # nation, whom, when and what for, telephone, web address, where this was found
    ("uk", "Police and ambulance", "When somebody is in danger now.", "999", "", "gov.uk"),
    ("uk", "Police", "When it is not an emergency.", "101", "", "gov.uk"),
    ("uk", "NSPCC helpline", "For adults with a worry about a child.", "0808 800 5000", "", "nspcc.org.uk"),
    ("uk", "Childline", "For children and young people.", "0800 1111", "", "childline.org.uk"),
    (
        "uk",
        "Internet Watch Foundation",
        "Pictures or films of child abuse on the internet. Do not copy them: say where they are.",
        "",
        "https://report.iwf.org.uk/",
        "iwf.org.uk",
    ),
    (
        "uk",
        "Your own organisation’s safeguarding lead",
        "Always, at once. They know your local procedures.",
        "",
        "",
        GUIDE,
    ),
    (
        "england",
        "Children’s social care of the council where the child lives",
        "For a worry about a child.",
        "",
        "https://www.gov.uk/report-child-abuse-to-local-council",
        "gov.uk",
    ),
    (
        "england",
        "Designated officer (LADO) of the council where the person works",
        "For a worry about somebody who works with children, within one working day.",
        "",
        "",
        GUIDE,
    ),
    (
        "wales",
        "Designated officer for safeguarding of the local authority",
        "For a worry about somebody who works with children.",
        "",
        "",
        "Wales Safeguarding Procedures, section 5",
    ),
    (
        "scotland",
        "Social work department of the local council, or Police Scotland",
        "For a worry about a child or about somebody who works with children.",
        "101",
        "",
        "National guidance for child protection in Scotland",
    ),
    (
        "northern-ireland",
        "Gateway team of the Health and Social Care Trust",
        "For a worry about a child or about somebody who works with children.",
        "",
        "",
        "Co-operating to safeguard children and young people in Northern Ireland",
    ),
]


def whom_to_turn_to(apps, schema_editor):
    """A list to begin with. Staff check and change it on the desk."""
    names = ("nation", "name", "words", "phone", "link", "source")
    for row in CONTACTS:
        apps.get_model("moderation", "Contact").objects.create(**dict(zip(names, row, strict=True)))


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0005_measures_and_appeals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nation', models.CharField(choices=[('england', 'England'), ('scotland', 'Scotland'), ('wales', 'Wales'), ('northern-ireland', 'Northern Ireland'), ('uk', 'UK-wide')], default='uk', max_length=20, verbose_name='where')),
                ('name', models.CharField(max_length=120, verbose_name='whom to turn to')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='when, and what for')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('link', models.URLField(blank=True, verbose_name='web address')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='where this was found')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80, unique=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AlterField(
            model_name='case',
            name='kind',
            field=models.CharField(choices=[('illegal', 'Illegal content'), ('intimate', 'An intimate picture of somebody'), ('abuse', 'Child abuse material'), ('worry', 'A worry about a child or a colleague'), ('personal', 'My personal data'), ('defamation', 'It harms my good name and is not true'), ('copyright', 'Copyright'), ('harassment', 'Harassment'), ('spam', 'Spam or selling'), ('rules', 'Breaks our rules'), ('other', 'Something else')], default='other', max_length=20),
        ),
        migrations.AlterField(
            model_name='decision',
            name='case',
            field=models.ForeignKey(help_text='None of a hold', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='moderation.case'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('illegal', 'Illegal content'), ('intimate', 'An intimate picture of somebody'), ('abuse', 'Child abuse material'), ('worry', 'A worry about a child or a colleague'), ('personal', 'My personal data'), ('defamation', 'It harms my good name and is not true'), ('copyright', 'Copyright'), ('harassment', 'Harassment'), ('spam', 'Spam or selling'), ('rules', 'Breaks our rules'), ('other', 'Something else')], max_length=20, verbose_name='what is wrong'),
        ),
        migrations.AlterField(
            model_name='report',
            name='kind',
            field=models.CharField(choices=[('illegal', 'Illegal content'), ('intimate', 'An intimate picture of somebody'), ('abuse', 'Child abuse material'), ('worry', 'A worry about a child or a colleague'), ('personal', 'My personal data'), ('defamation', 'It harms my good name and is not true'), ('copyright', 'Copyright'), ('harassment', 'Harassment'), ('spam', 'Spam or selling'), ('rules', 'Breaks our rules'), ('other', 'Something else')], max_length=20, verbose_name='what is wrong'),
        ),
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('lead', 'Safeguarding lead'), ('deputy', 'Deputy safeguarding lead')], max_length=10, unique=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SealedCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(help_text='When staff must have decided')),
                ('warned_at', models.DateTimeField(editable=False, null=True)),
                ('subject', models.CharField(blank=True, db_index=True, max_length=80)),
                ('kind', models.CharField(choices=[('illegal', 'Illegal content'), ('intimate', 'An intimate picture of somebody'), ('abuse', 'Child abuse material'), ('worry', 'A worry about a child or a colleague'), ('personal', 'My personal data'), ('defamation', 'It harms my good name and is not true'), ('copyright', 'Copyright'), ('harassment', 'Harassment'), ('spam', 'Spam or selling'), ('rules', 'Breaks our rules'), ('other', 'Something else')], max_length=20)),
                ('closed_at', models.DateTimeField(db_index=True, null=True)),
                ('given_back_at', models.DateTimeField(null=True)),
                ('hidden_before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moderation.decision')),
                ('writer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(max_length=120, verbose_name='referred to')),
                ('on', models.DateField(verbose_name='on')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='their reference')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='moderation.sealedcase')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SealedLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('case', 'Opened the case'), ('words', 'Read what was told'), ('text', 'Read the text of what was reported')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='moderation.sealedcase')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SealedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('illegal', 'Illegal content'), ('intimate', 'An intimate picture of somebody'), ('abuse', 'Child abuse material'), ('worry', 'A worry about a child or a colleague'), ('personal', 'My personal data'), ('defamation', 'It harms my good name and is not true'), ('copyright', 'Copyright'), ('harassment', 'Harassment'), ('spam', 'Spam or selling'), ('rules', 'Breaks our rules'), ('other', 'Something else')], max_length=20)),
                ('words', models.TextField(blank=True, max_length=5000, verbose_name='in your own words')),
                ('evidence', models.TextField(blank=True, help_text="The thing's text as it was when reported")),
                ('kept_from', models.CharField(blank=True, choices=[('lead', 'Safeguarding lead'), ('deputy', 'Deputy safeguarding lead')], max_length=10)),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='where it is')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='your name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='your e-mail address')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='moderation.sealedcase')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='sealedcase',
            constraint=models.UniqueConstraint(models.F('subject'), condition=models.Q(('closed_at', None), models.Q(('subject', ''), _negated=True)), name='one_sealed_case_each'),
        ),
        migrations.RunPython(whom_to_turn_to, migrations.RunPython.noop),
    ]
