"""Exit 0 if the process on this machine's port says it is well: for container health checks."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

host = urlsplit(os.environ["ENSEMBLE_URL"]).netloc
request = urllib.request.Request(
    f"http://127.0.0.1:{sys.argv[1]}/health/", headers={"Host": host, "X-Forwarded-Proto": "https"}
)
urllib.request.urlopen(request, timeout=5)  # noqa: S310 - our own address
