# newslint in a container: docker run --rm -v "$PWD:/site" newslint [PATH]...
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY lint lint
COPY rules rules
RUN python -m venv /opt/newslint
RUN /opt/newslint/bin/python -m pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.12-slim
# --changed-since asks git; the mounted folder belongs to another user.
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
RUN git config --system --add safe.directory '*'
COPY --from=build /opt/newslint /opt/newslint
ENV PATH=/opt/newslint/bin:$PATH PYTHONUTF8=1 XDG_CACHE_HOME=/tmp/cache
USER 1000:1000
WORKDIR /site
ENTRYPOINT ["newslint"]
