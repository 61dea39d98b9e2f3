# Kring in a container: docker build -t kring . && docker run --env-file .env -v kring:/data kring
# compose.yaml has it for one club, and for many.
FROM python:3.11-slim-bookworm AS build

WORKDIR /opt/kring
RUN python -m venv --without-pip .venv
COPY requirements-postgres.lock .
# The same versions and hashes as everywhere; nothing is compiled, so nothing is needed for that.
RUN python -m pip --disable-pip-version-check --python .venv/bin/python install --quiet --no-cache-dir \
    --require-hashes --no-deps --only-binary :all: -r requirements-postgres.lock
COPY bot bot
COPY handlers handlers
COPY migrations migrations
RUN .venv/bin/python -m compileall -q bot handlers migrations

FROM python:3.11-slim-bookworm

# For names in emoji, Chinese, Japanese and Korean on the pictures. Debian keeps only its latest version of a package.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin kring

COPY --from=build /opt/kring /opt/kring

# All that is kept is in /data, where Kring works: kring.db, the back-ups, an .env if there is one.
USER 10001
WORKDIR /data
VOLUME /data
ENV PATH=/opt/kring/.venv/bin:$PATH \
    PYTHONPATH=/opt/kring \
    PYTHONUNBUFFERED=1 \
    LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
