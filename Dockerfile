# One image for all roles; what it runs is chosen by the command: run, web, worker or maintenance.
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements/run.lock requirements/
RUN python -m venv /opt/folkmoot \
 && /opt/folkmoot/bin/pip install --quiet --no-cache-dir --no-compile --require-hashes -r requirements/run.lock
COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY workers workers
COPY models models
RUN /opt/folkmoot/bin/pip install --quiet --no-cache-dir --no-compile --no-deps --no-build-isolation . \
 # The libraries' own tests and what only building needs: a third of the weight.
 && /opt/folkmoot/bin/pip uninstall --quiet --yes hatchling editables pip \
 && find /opt/folkmoot -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -rf {} +

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data folkmoot && mkdir -m 700 /data && chown folkmoot /data
COPY --from=build /opt/folkmoot /opt/folkmoot
ENV PATH=/opt/folkmoot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    FOLKMOOT_DATA_DIR=/data \
    FOLKMOOT_HOST=0.0.0.0
USER folkmoot
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('FOLKMOOT_PORT', 8000)}/healthz\", timeout=4)"]
CMD ["folkmoot", "run"]
