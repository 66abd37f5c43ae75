# Needs no network and no writable file system once built: only /data is written, and that only for SQLite.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production \
    PORT=3000 \
    DATABASE_URL=sqlite:/data/upgrades.db \
    NODE_COMPILE_CACHE=/app/compiled \
    MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
RUN mkdir /data compiled && chown node:node /data compiled
USER node
# Compiles everything once, so that no start has to. Without settings it ends with 78.
RUN node --disable-sigusr1 --max-semi-space-size=4 --heap-growing-percent=25 src/main.ts check || [ $? -eq 78 ]
VOLUME /data
EXPOSE 3000
# Stops within 5 s: what is being sent is finished and recorded.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without a signal that would open a debugger; the others keep its memory small (docs/performance.md).
ENTRYPOINT ["node", "--disable-sigusr1", "--max-semi-space-size=4", "--heap-growing-percent=25", "src/main.ts"]
CMD ["all"]
