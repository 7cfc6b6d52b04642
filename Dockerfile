# Build: docker build -t django-admin-mcp-api .
# Run:   docker run --read-only --stop-timeout 30 -p 8808:8808 \
#          -e DJANGO_ADMIN_MCP_API_ADMIN_SITE=https://shop.example/admin/ \
#          -e DJANGO_ADMIN_MCP_API_ALLOWED_HOSTS=mcp.shop.example django-admin-mcp-api

FROM node:20-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# The lock file leaves out platforms that the registry it was made with does not carry, which
# npm ci takes for a mistake; npm install follows it all the same.
RUN npm ci --ignore-scripts || npm install --no-save --ignore-scripts
COPY . .
RUN node scripts/build.mjs

FROM node:20-slim
LABEL io.modelcontextprotocol.server.name="io.github.django-admin-mcp-api/django-admin-mcp-api"
ENV NODE_ENV=production \
    DJANGO_ADMIN_MCP_API_HOST=0.0.0.0 \
    DJANGO_ADMIN_MCP_API_PORT=8808
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/dist ./dist
USER node
EXPOSE 8808
HEALTHCHECK --interval=15s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.DJANGO_ADMIN_MCP_API_PORT+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["serve"]
