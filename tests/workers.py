"""Each pytest worker on a Redis database and a prefix of its own. Loaded before the settings are (`-p`, in pyproject).

A database number keeps one worker's `cache.clear()` from the others; the prefix, which is made from the secret key,
keeps their bells apart, since Redis hands a bell to all who listen whatever their number.
"""

import os

worker, redis = os.environ.get("PYTEST_XDIST_WORKER", ""), os.environ.get("REDIS_URL", "")
if worker and redis:
    base, _, number = redis.rpartition("/")
    # The journeys have the number after the first: see `tests.journeys.site`.
    os.environ["REDIS_URL"] = f"{base}/{(int(number) + 2 + int(worker.removeprefix('gw'))) % 16}"
    os.environ["SECRET_KEY"] = f"only-for-tests-{worker}-" + "0123456789abcdefghij" * 3
