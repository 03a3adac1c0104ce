# The emulator as a server that keeps what it has under /data, over HTTPS, with tokens.
FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[server]"

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels "vmss-sdk[server]" \
    && rm -rf /wheels \
    && useradd --system --uid 10001 --home-dir /data vmss \
    && install --directory --owner vmss --mode 0700 /data
USER vmss
ENV VMSS_HOME=/data/home
VOLUME ["/data"]
EXPOSE 8677
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-c", "import ssl, urllib.request; urllib.request.urlopen('https://localhost:8677/_emulator/health', timeout=4, context=ssl._create_unverified_context())"]
ENTRYPOINT ["vmss", "emulator", "start"]
CMD ["--host", "0.0.0.0", "--tls", "--name", "vmss", "--state", "/data/server.state", "--log-format", "json"]
