#!/usr/bin/env python3
"""Ensemble's one command. `start` and `test` first install what they need, then do everything."""

import os
import sys

from community import bootstrap

if __name__ == "__main__":
    bootstrap.prepare(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
