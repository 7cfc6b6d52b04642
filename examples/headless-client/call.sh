#!/bin/sh
# Logs in once and calls a tool, with curl alone.
#   GATEWAY=http://127.0.0.1:8808 ADMIN_USER=ana ADMIN_PASSWORD=… ./call.sh oak
set -eu
: "${GATEWAY:?where serve runs}" "${ADMIN_USER:?}" "${ADMIN_PASSWORD:?}"
search=${1:-}

jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

json() { printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'; }

# Data comes on stdin: an argument would show the password in the process list.
post() {
  curl --silent --show-error --fail-with-body --cookie "$1" --cookie-jar "$jar" \
    --header 'Content-Type: application/json' --header "X-CSRFToken: $token" \
    --data @- "$GATEWAY$2"
}

# Any random token will do for the login: Django compares the cookie with the header.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
answer=$(printf '{"username": "%s", "password": "%s"}' "$(json "$ADMIN_USER")" "$(json "$ADMIN_PASSWORD")" |
  post "csrftoken=$token" /api/v1/login/) || { echo "$answer" >&2; exit 1; }

# After the login Django has given a new one.
token=$(awk '$6 == "csrftoken" { print $7 }' "$jar")
printf '{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "admin_list",
  "arguments": {"app_label": "catalog", "model_name": "product", "search": "%s"}}}' "$(json "$search")" |
  post "$jar" /mcp/
echo
printf '{}' | post "$jar" /api/v1/logout/ >/dev/null
