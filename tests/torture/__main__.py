"""By hand, for as long as you like."""

import argparse
import os

import django

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--seconds", type=float, default=60)
parser.add_argument("--writers", type=int, default=4)
parser.add_argument("--readers", type=int, default=12)
parser.add_argument("--postgres", action="store_true", help="on PostgreSQL and Redis in two processes, not on SQLite")


def main() -> None:
    """Print what happened, or fail."""
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    django.setup()
    from tests.torture.run import torture

    print(torture(given.seconds, given.writers, given.readers, postgres=given.postgres))


main()
