"""A PostgreSQL and a Redis of our own, to be stopped at any moment."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.realtime.servers import free_port, is_up, wait_until


class Redis:
    """Forgets everything when it ends."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(lambda: is_up(self.port))

    def stop(self):
        self.process.kill()
        self.process.wait()


class Postgres:
    """A cluster of its own, killed as by a power cut."""

    def __init__(self, folder: Path):
        self.bin = binaries()
        self.folder, self.port = folder, free_port()
        self.how = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if os.getuid() == 0:  # it refuses to run as root
            self.how |= {"user": "postgres", "group": "postgres"}
            for place in (folder, *folder.parents):
                if place.stat().st_uid == 0 and str(place).startswith("/tmp/"):
                    place.chmod(0o755)
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "-D", str(folder / "data"), "-U", "root", "-A", "trust", "-E", "UTF8")
        self.start()
        self.url = f"postgres://root@127.0.0.1:{self.port}/postgres"

    def start(self):
        command = [self.bin / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder]
        self.process = subprocess.Popen(command, cwd=self.folder, **self.how)
        wait_until(lambda: self._run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), check=False) == 0, 30)

    def stop(self):
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop", check=False)
        self.process.wait(20)

    def _run(self, name, *arguments, check=True):
        return subprocess.run([self.bin / name, *arguments], cwd=self.folder, check=check, **self.how).returncode


def binaries() -> Path | None:
    """Where PostgreSQL's server is installed, if it is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(path) for path in [shutil.which("initdb")] if path
    ]
    return found[-1].parent if found else None
