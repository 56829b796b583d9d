"""A position has one open draft. No release before this one writes drafts, so its servers never meet the rule."""

from django.db import migrations, models


class Migration(migrations.Migration):
    unused_since = "0.1.0"

    dependencies = [("councils", "0004_writing")]

    operations = [
        migrations.AddConstraint(
            model_name="positionversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned"])),
                fields=("position",),
                name="one_open_draft_per_position",
            ),
        ),
    ]
