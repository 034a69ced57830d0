# The image of the daemon: `docker build -t reflexe .`, then `docker compose up` (compose.yaml).
# Everything it writes lives in the volume /app/var; the rest can be mounted read-only.
ARG PYTHON_IMAGE=docker.io/library/python:3.13-slim

FROM ${PYTHON_IMAGE} AS builder
WORKDIR /build
# Two environments: one with pip and the build backend, thrown away, and the one that ships.
RUN python3 -m venv tools && python3 -m venv --without-pip /opt/reflexe
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock requirements-build.lock ./
RUN tools/bin/pip install --require-hashes -r requirements-build.lock \
 && tools/bin/pip --python /opt/reflexe/bin/python install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY scheduler scheduler
# The wheel carries the shipped year; the image's own is below, where it can be mounted over.
COPY config.yaml compose.yaml ./
COPY templates templates
COPY audiences audiences
COPY deploy deploy
RUN tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
 && tools/bin/pip --python /opt/reflexe/bin/python install --no-deps --no-index dist/*.whl

FROM ${PYTHON_IMAGE}
# What a registry and `docker inspect` show; `--build-arg REVISION=$(git rev-parse HEAD)` names the commit.
ARG PYTHON_IMAGE
ARG VERSION=0.1.0
ARG REVISION=
LABEL org.opencontainers.image.title="Réflexe" \
      org.opencontainers.image.description="A daemon that runs a cyber-awareness campaign: calendar, e-mail, SMS, and every opt-out honoured." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${PYTHON_IMAGE}"
# A fixed uid, so that the owner of a mounted folder can be set before the first start.
RUN mkdir -p /app/var && chown 10001:10001 /app/var
COPY --from=builder /opt/reflexe /opt/reflexe
WORKDIR /app
COPY config.yaml ./
COPY templates templates
COPY audiences audiences
ENV PATH=/opt/reflexe/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /app/var
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["reflexe", "health"]
ENTRYPOINT ["reflexe"]
CMD ["run"]
