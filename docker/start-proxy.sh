#!/bin/sh
# Caddy wants the hash of a password and .env has the password: the hash is made at each start and kept nowhere.
set -eu
N8N_BASIC_AUTH_HASH=$(printf '%s\n' "$N8N_BASIC_AUTH_PASSWORD" | caddy hash-password)
N8N_SITE=${N8N_SITE%/}
API_SITE=${API_SITE%/}
export N8N_BASIC_AUTH_HASH N8N_SITE API_SITE
exec caddy run --config "$(dirname "$0")/Caddyfile" --adapter caddyfile
