# One image for pages, live, worker and commands. Nothing in it is secret.
FROM python:3.11-slim-bookworm AS packages
COPY requirements/production.txt /tmp/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/production.txt

FROM python:3.11-slim-bookworm
# postgresql-client: pg_dump and pg_restore for backups.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 1000 ensemble && install -d -o ensemble /data
COPY --from=packages /opt/venv /opt/venv
COPY . /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 ENSEMBLE_PREPARED=1 ENSEMBLE_DATA=/data ENSEMBLE_STATIC=/srv/static
RUN ENSEMBLE_DATA=/tmp/build python manage.py collectstatic --noinput && rm -rf /tmp/build
USER ensemble
VOLUME /data
CMD ["gunicorn", "community.wsgi:application", "--bind=0.0.0.0:8000", "--workers=2", "--threads=8"]
