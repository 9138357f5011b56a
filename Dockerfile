# The image of Nutgraf: `docker build -t nutgraf .` and `docker run -p 8000:8000 nutgraf`.
# It runs with a read-only root, without any capability, without a tmpfs and without a network.

ARG PYTHON=3.13

# ------------------------------------------------------------------------------------------------------------- builder
FROM python:${PYTHON}-slim AS builder

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /build

# Two environments: /build/tools holds the build backends and is thrown away with this stage, /opt/nutgraf is what the
# image ships, without pip.
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /build/tools \
 && /build/tools/bin/pip install --quiet --require-hashes -r requirements-build.lock \
 && /build/tools/bin/pip wheel --quiet --require-hashes --no-build-isolation --use-pep517 --no-deps \
      -r requirements.lock -w /build/wheels \
 && python -m venv --without-pip /opt/nutgraf \
 && /build/tools/bin/pip --python /opt/nutgraf/bin/python install --quiet --no-index --no-deps --no-compile \
      /build/wheels/*.whl

# Dropped: the tests that libraries ship (they run nowhere here), and C sources and headers to build against them.
RUN cd /opt/nutgraf/lib/python*/site-packages \
 && find numpy nltk joblib -depth -type d \( -name tests -o -name test \) -exec rm -rf {} + \
 && find numpy lxml \( -name '*.h' -o -name '*.pxd' -o -name '*.pyx' -o -name '*.a' \) -delete

COPY pyproject.toml README.md LICENSE ./
COPY service service
# Compiled here, since a read-only root can never keep what Python compiles at an import. Hash-based and unchecked: these
# files never change, and no file time has to survive the copy.
RUN /build/tools/bin/pip wheel --quiet --no-index --no-deps --no-build-isolation -w /build/own . \
 && /build/tools/bin/pip --python /opt/nutgraf/bin/python install --quiet --no-index --no-deps --no-compile \
      /build/own/*.whl \
 && /opt/nutgraf/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/nutgraf

# --------------------------------------------------------------------------------------------------------------- image
FROM python:${PYTHON}-slim

LABEL org.opencontainers.image.title="Nutgraf" \
      org.opencontainers.image.description="POST an article, get its summary and highlights" \
      org.opencontainers.image.licenses="MIT"

# The slim image ships the standard library without bytecode: compiled once here, not at every start.
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash \
      -x '/(site-packages|test|tests|idlelib|ensurepip|tkinter|turtledemo|lib2to3|pydoc_data)/' \
      "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"

COPY --from=builder /opt/nutgraf /opt/nutgraf

# PATH                  the console script and its interpreter
# PYTHONUNBUFFERED      each log line leaves at once
# PYTHONDONTWRITEBYTECODE  the root may be read-only, and everything is compiled already
# TMPDIR                gunicorn's heartbeat files: /dev/shm is writable in every container, /tmp only with a tmpfs
# OPENBLAS_NUM_THREADS  one thread a worker: the workers are the parallelism
# NUTGRAF_HOST          a container has to listen on all its interfaces to be reached
ENV PATH=/opt/nutgraf/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TMPDIR=/dev/shm \
    OPENBLAS_NUM_THREADS=1 \
    NUTGRAF_HOST=0.0.0.0 \
    PORT=8000

# A number, so that Kubernetes' runAsNonRoot can check it; it owns no file.
USER 10001:10001
WORKDIR /
EXPOSE 8000
STOPSIGNAL SIGTERM

# http.client rather than urllib, which would ask a proxy named in the environment. -I and -S: a bare interpreter starts
# in a fifth of the time.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-I", "-S", "-c", "import http.client, os, sys; probe = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); probe.request('GET', '/livez'); sys.exit(probe.getresponse().status != 200)"]

ENTRYPOINT ["nutgraf"]
CMD ["serve"]
