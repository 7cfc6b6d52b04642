#!/bin/sh
# A job for a CI system, on the command line of the package and without a running gateway:
# fails the build while a product is listed under a name that is on no shelf.
# The CI system's secrets are DJANGO_ADMIN_MCP_API_USERNAME and DJANGO_ADMIN_MCP_API_PASSWORD,
# and DJANGO_ADMIN_MCP_API_ADMIN_SITE is the URL of the admin.
set -eu
name=${1:?the product to look for}
mcp=${MCP:-npx --yes django-admin-mcp-api}

# The session lives in a folder of this job, and ends with it in Django too.
DJANGO_ADMIN_MCP_API_SESSION_DIR=$(mktemp -d)
export DJANGO_ADMIN_MCP_API_SESSION_DIR
trap '$mcp logout >&2; rm -rf "$DJANGO_ADMIN_MCP_API_SESSION_DIR"' EXIT
$mcp login >&2

total=$($mcp call list "{\"app_label\": \"catalog\", \"model_name\": \"product\", \"search\": \"$name\"}" |
  node -e 'let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () => console.log(JSON.parse(text).total))')
echo "$total products match \"$name\"."
[ "$total" -gt 0 ]
