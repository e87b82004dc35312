#!/usr/bin/env bash
# Three servers of a cluster on this machine, from the nats-server binary: to try one out, and as a model for three machines.
#
#   cluster.sh start DIR    start what does not run, and print the settings for the bots
#   cluster.sh stop DIR     stop all three
#   cluster.sh status DIR   say which run
#
# NATS_SERVER is the binary; without it nats-server of the PATH is taken, or built from this module. ENLACE is the bot's binary,
# where it is not on the PATH; CLUSTER_PORT the first of three ports, and of three more 2000 above (4222).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
port=${CLUSTER_PORT:-4222}

fail() {
  echo "cluster.sh: $*" >&2
  exit 1
}

[ $# -eq 2 ] || fail "write: cluster.sh start|stop|status DIR"
mkdir -p "$2"
dir=$(cd "$2" && pwd)
chmod 700 "$dir"

runs() { [ -s "$dir/node$1.pid" ] && kill -0 "$(cat "$dir/node$1.pid")" 2>/dev/null; }

# secret prints what is in a file, which it makes where it is missing.
secret() {
  [ -s "$dir/$1" ] || (umask 077 && head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$dir/$1")
  cat "$dir/$1"
}

binary() {
  if [ -n "${NATS_SERVER:-}" ]; then
    echo "$NATS_SERVER"
  elif command -v nats-server; then
    :
  else
    echo "building nats-server" >&2
    (cd "$here" && go build -o "$dir/nats-server" github.com/nats-io/nats-server/v2) && echo "$dir/nats-server"
  fi
}

# ready makes the directory of a server ready: one that an embedded engine has used would be emptied by a clustered server.
ready() {
  local bot=${ENLACE:-$(command -v enlace || true)}
  if [ -n "$bot" ]; then
    "$bot" state node "$1" || exit 1
    return
  fi
  if [ -e "$1/engine" ] || grep -qs embedded "$1/engine.mode"; then
    fail "$1 holds the state of an embedded engine, which a clustered server would delete: move it by enlace state backup and restore"
  fi
  mkdir -p "$1" && chmod 700 "$1" && echo cluster >"$1/engine.mode"
}

start() {
  local server token peers routes=""
  server=$(binary)
  token=$(secret token)
  peers=$(secret secret)
  for n in 1 2 3; do
    ready "$dir/node$n"
    routes+="\"nats://nodes:$peers@127.0.0.1:$((port + 2000 + n - 1))\", "
  done
  for n in 1 2 3; do
    runs $n && continue
    NODE_NAME="\"node$n\"" NODE_DIR="\"$dir/node$n\"" NODE_TOKEN="\"$token\"" NODE_SECRET="\"$peers\"" NODE_ROUTES="[$routes]" \
      NODE_LISTEN="\"127.0.0.1:$((port + n - 1))\"" NODE_PEERS="\"127.0.0.1:$((port + 2000 + n - 1))\"" \
      "$server" -c "$here/node.conf" -P "$dir/node$n.pid" -l "$dir/node$n.log" </dev/null >/dev/null 2>&1 &
  done
  for n in 1 2 3; do
    for _ in $(seq 200); do
      runs $n && (exec 3<>"/dev/tcp/127.0.0.1/$((port + n - 1))") 2>/dev/null && continue 2
      sleep 0.05
    done
    fail "node$n does not start: see $dir/node$n.log"
  done
  echo "ENLACE_STATE_URL=nats://127.0.0.1:$port,nats://127.0.0.1:$((port + 1)),nats://127.0.0.1:$((port + 2))"
  echo "ENLACE_STATE_CREDENTIALS_FILE=$dir/token"
  echo "ENLACE_STATE_REPLICAS=3"
}

stop() {
  for n in 1 2 3; do
    runs $n && kill "$(cat "$dir/node$n.pid")"
  done
  for n in 1 2 3; do
    for _ in $(seq 600); do
      runs $n || continue 2
      sleep 0.05
    done
    fail "node$n does not stop"
  done
}

status() {
  local all=0
  for n in 1 2 3; do
    if runs $n; then
      echo "node$n runs, process $(cat "$dir/node$n.pid")"
    else
      echo "node$n does not run"
      all=1
    fi
  done
  return $all
}

case $1 in
start | stop | status) "$1" ;;
*) fail "there is no $1: write start, stop or status" ;;
esac
