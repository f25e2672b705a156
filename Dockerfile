FROM python:3.12-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home baton
COPY --from=build /venv /venv
WORKDIR /app
COPY manifest.json pyproject.toml ./
COPY bot bot
COPY handlers handlers
COPY sandbox sandbox
COPY schedules schedules
COPY storage storage
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    LOG_FORMAT=json \
    DATABASE_URL=sqlite:////data/baton.db
USER baton
VOLUME /data
EXPOSE 3000
# Is it ready, not only alive: connected to Slack, with a database that answers.
HEALTHCHECK --interval=15s --timeout=4s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=3)"]
# Longer than the 10 s that listeners and the 12 s that posts may still take: `docker stop --time 30`.
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
