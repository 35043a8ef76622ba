# The app alone; docker-compose.yml adds Neo4j.
# An exact tag; its digest could not be looked up where this was written.
FROM python:3.12.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY graph graph
COPY loaders loaders
COPY queries queries
COPY app app

# A mirror or certificate of your own: docker build --secret id=pip,src=pip.conf .
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    pip install --no-cache-dir -c constraints.txt setuptools \
    && pip install --no-cache-dir -c constraints.txt --no-build-isolation '.[sign-in]' \
    && rm -rf /build \
    && useradd --uid 10001 --create-home --home-dir /srv/joinedup joinedup

# The workspace: decisions and reviews live here, on a volume.
WORKDIR /srv/joinedup
USER 10001
VOLUME ["/srv/joinedup"]
EXPOSE 8501

# http.client and not urllib: a proxy of the machine has no business with loopback.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8501, timeout=4); c.request('GET', '/_stcore/health'); raise SystemExit(c.getresponse().status != 200)"]

# On every address of the container, once sign-in is set up, or JOINEDUP_WITHOUT_SIGN_IN=yes says
# that its port is published on loopback, as the compose file does.
CMD ["joinedup", "app", "--host", "0.0.0.0", "--port", "8501"]
