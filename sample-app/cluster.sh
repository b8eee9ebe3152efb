#!/usr/bin/env bash
# Starts the sample application several times on this machine, as one cluster, and stops it on Ctrl-C.
set -u

usage() {
  cat <<'EOF'
Usage: cluster.sh [-p PORT] [N]

Starts N nodes (3) of the sample application, node-1 to node-N, and builds it first if need be. Prints their
addresses as soon as all are ready and in sync; Ctrl-C stops them.

  -p PORT  HTTP port of node-1 (8080); the others take the next ones
  -h       this text

JAVA_HOME says which Java to use, JAVA_OPTS holds further options for it.
EOF
}

first_port=8080
count=3
start_limit_seconds=180
stop_limit_seconds=15

sample=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 1
root=$(dirname "$sample")
jar=$sample/target/sample-app.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
pids=()

fail() {
  echo "cluster.sh: $*" >&2
  exit 1
}

require() {
  command -v "$1" >/dev/null || fail "$1 is needed, but not found"
}

read_options() {
  while getopts p:h option; do
    case $option in
      p) first_port=$OPTARG ;;
      h) usage; exit 0 ;;
      *) usage >&2; exit 2 ;;
    esac
  done
  shift $((OPTIND - 1))
  count=${1:-$count}
  if [ $# -gt 1 ] || ! is_from_to "$count" 1 50 || ! is_from_to "$first_port" 1 $((65535 - count + 1)); then
    usage >&2
    exit 2
  fi
}

is_from_to() {
  case $1 in
    '' | *[!0-9]* | ??????*) return 1 ;;
  esac
  [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]
}

# --- what a node is -------------------------------------------------------------------------------

http_port() {
  echo $((first_port + $1 - 1))
}

url() {
  echo "http://127.0.0.1:$(http_port "$1")"
}

log() {
  echo "$work/node-$1.log"
}

# A name of its own keeps the cluster apart from another one on this machine.
arguments() {
  echo "--server.port=$(http_port "$1") --p2pmap.node-name=node-$1" \
    "--p2pmap.cluster-name=flag-console-$first_port --p2pmap.port-range=$((count + 10))"
}

is_running() {
  kill -0 "${pids[$1 - 1]}" 2>/dev/null
}

# --- before the start -----------------------------------------------------------------------------

check_ports() {
  for i in $(seq "$count"); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$(http_port "$i")") 2>/dev/null; then
      fail "port $(http_port "$i") is in use; choose another first port with -p"
    fi
  done
}

# The jar itself carries a constant time, so that equal sources give equal jars.
is_outdated() {
  [ ! -f "$jar" ] || [ ! -f "$jar.original" ] || [ -n "$(
    find "$root/pom.xml" "$root"/p2p-map-*/pom.xml "$root"/p2p-map-*/src/main \
      "$sample/pom.xml" "$sample/src/main" -type f -newer "$jar.original"
  )" ]
}

build() {
  require mvn
  echo "Building the sample application ..."
  (cd "$root" && mvn -q -DskipTests package -pl sample-app -am) || fail "the build failed"
}

# --- start, wait, watch, stop ---------------------------------------------------------------------

start() {
  mkdir -p "$work" && cd "$work" || exit 1
  cp "$jar" app.jar || exit 1 # a build must not change the jar under a running node
  for i in $(seq "$count"); do
    # These options let many small processes start quickly on few processors.
    # shellcheck disable=SC2046,SC2086
    "$java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${JAVA_OPTS:-} \
      -jar app.jar $(arguments "$i") >"$(log "$i")" 2>&1 </dev/null &
    pids+=($!)
  done
}

get() {
  curl -sf --noproxy '*' --max-time 5 "$1"
}

occurrences() {
  grep -o "$1" | wc -l
}

# Ready, and every map equals that of every other node.
is_in_sync() {
  local node maps ready equal
  get "$(url "$1")/actuator/health/readiness" >/dev/null || return 1
  node=$(get "$(url "$1")/actuator/p2pmap") || return 1
  maps=$(occurrences '"state":' <<<"$node")
  ready=$(occurrences '"state":"READY"' <<<"$node")
  equal=$(occurrences '"agreement":"IN_SYNC"' <<<"$node")
  [ "$ready" -eq "$maps" ] && [ "$equal" -eq $((maps * (count - 1))) ]
}

await_in_sync() {
  local i=1
  while [ "$i" -le "$count" ]; do
    check_all_running
    if is_in_sync "$i"; then
      i=$((i + 1))
    elif [ "$SECONDS" -ge "$start_limit_seconds" ]; then
      explain "$i" "is not ready and in sync after $start_limit_seconds s"
    else
      sleep 0.2
    fi
  done
}

check_all_running() {
  for j in $(seq "$count"); do
    if ! is_running "$j"; then
      wait "${pids[$j - 1]}"
      explain "$j" "ended with exit code $?"
    fi
  done
}

explain() {
  echo "The log of node-$1 ends with:" >&2
  tail -n 25 "$(log "$1")" >&2
  fail "node-$1 $2; its whole log is $(log "$1")"
}

announce() {
  for i in $(seq "$count"); do
    echo "  node-$i  $(url "$i")  pid ${pids[$i - 1]}"
  done
  echo "Logs: $work"
  echo "One more node, in another terminal:"
  command_of $((count + 1))
  echo "$count nodes are ready and in sync. Ctrl-C stops them."
}

command_of() {
  echo "  $java -jar $work/app.jar $(arguments "$1")"
}

# The others hold the same, so one that ends, or is killed to see what happens, stops nothing.
watch() {
  local left=$count
  while [ "$left" -gt 0 ]; do
    for i in $(seq "$count"); do
      if [ -n "${pids[$i - 1]}" ] && ! is_running "$i"; then
        wait "${pids[$i - 1]}"
        echo "node-$i ended with exit code $?, see $(log "$i"). To start it again, in another terminal:"
        command_of "$i"
        pids[$i - 1]=
        left=$((left - 1))
      fi
    done
    sleep 0.5
  done
}

any_running() {
  for pid in ${pids[@]+"${pids[@]}"}; do
    if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
      return 0
    fi
  done
  return 1
}

signal_all() {
  for pid in ${pids[@]+"${pids[@]}"}; do
    if [ -n "$pid" ]; then
      kill "$1" "$pid" 2>/dev/null
    fi
  done
}

stop() {
  trap - EXIT
  trap '' INT TERM HUP
  if any_running; then
    echo "Stopping ..."
  fi
  signal_all -TERM
  local limit=$((SECONDS + stop_limit_seconds))
  while any_running && [ "$SECONDS" -lt "$limit" ]; do
    sleep 0.1
  done
  signal_all -KILL
  wait
  rm -f "$work/app.jar" # the logs stay
}

read_options "$@"
require "$java"
require curl
check_ports
if is_outdated; then
  build
fi
work=$sample/target/cluster/$first_port
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
echo "Starting $count nodes ..."
SECONDS=0
start
await_in_sync
announce
watch 2>/dev/null # where the shell would report, too, what became of a node
fail "no node is left"
