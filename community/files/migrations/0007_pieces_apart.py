"""Files that have not arrived whole lie in a folder of their own; what is on its way now stays where it is."""

import community.files.models.arriving
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('files', '0006_on_its_way'),
    ]

    operations = [
        migrations.AlterField(
            model_name='piece',
            name='blob',
            field=models.FileField(max_length=200, upload_to=community.files.models.arriving.piece_key),
        ),
    ]
