"""`test`: everything a reviewer would check, in the order that fails fastest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import REMAINDER, ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community import bootstrap


class Command(BaseCommand):
    """Without arguments: style, templates, arrows, migrations, settings, types, then all tests, browser last."""

    help = "Run every check and every test; with arguments, only pytest with them (test tests/groups -k reply)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tests-only", action="store_true", help="skip static checks and looks")
        parser.add_argument("pytest", nargs=REMAINDER, help="arguments for pytest")

    def handle(self, *, tests_only: bool, pytest: list[str], **options: Any) -> None:
        """Run the steps; the first that fails ends it with its name."""
        if pytest:
            self._step("tests", [sys.executable, "-m", "pytest", *pytest], self._with_browser())
            return
        if not tests_only:
            for name, command, environment in self._checks():
                self._step(name, command, environment)
        python = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        environment = self._with_browser()
        # Real servers and browsers on a busy machine fail now and then: again, and the summary names what needed it.
        again = ["-r", "fER", "--reruns"]
        self._step("tests", [*python, *again, "1", "-n", "2", "-m", "not journey and not slow"], environment)
        journeys = [*python, *again, "2", "-m", "journey"]
        looks = ["--ignore", "tests/journeys/test_pages.py"] if tests_only else []
        self._step("journeys", [*journeys, *looks], environment)
        self._step("torture", [*python, "-m", "slow"], environment)

    def _checks(self) -> list[tuple[str, list[str], dict[str, str]]]:
        manage = [sys.executable, "manage.py"]
        templates = [str(path) for path in (settings.BASE_DIR / "templates").rglob("*.html")]
        return [
            ("style", [sys.executable, "-m", "ruff", "check", "."], {}),
            ("format", [sys.executable, "-m", "ruff", "format", "--check", "."], {}),
            ("templates", ["djade", "--check", "--target-version", "5.2", *templates], {}),
            ("arrows", ["lint-imports", "--no-cache"], {}),
            ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
            ("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], _as_in_production()),
            ("types", [sys.executable, "-m", "mypy", "community", "groups", "realtime"], {}),
        ]

    def _with_browser(self) -> dict[str, str]:
        path = bootstrap.browser()
        if path is None:
            raise CommandError(
                "The tests need a browser and none could be installed. Install Chromium, or set ENSEMBLE_BROWSER."
            )
        return {"ENSEMBLE_BROWSER": path}

    def _step(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"── {name}"), ending="\n")
        self.stdout.flush()
        began = time.monotonic()
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        code = subprocess.call(command, cwd=settings.BASE_DIR, env={**os.environ, "PATH": path, **environment})
        if code != 0:
            raise CommandError(f"{name} failed", returncode=code)
        self.stdout.write(f"   {name} passed in {time.monotonic() - began:.0f} s")


def _as_in_production() -> dict[str, str]:
    return {
        "ENSEMBLE_PRODUCTION": "1",
        "SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghij" * 3,
        "ENSEMBLE_URL": "https://ensemble.example.org",
        "DATABASE_URL": "postgres://ensemble@127.0.0.1/ensemble",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
    }
