#!/usr/bin/env bash
# run.sh all | quick | NAME…   measures, and writes Markdown, JSON and charts to target/results.
# run.sh jmh [ARGUMENTS]       passes the arguments on to JMH.
# JAVA_OPTIONS sets properties, e.g. -Dbenchmarks.systems=P2P_MAP,BARE_JGROUPS -Dbenchmarks.rounds=3
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if [[ -z "${SKIP_BUILD:-}" ]]; then
  mvn -B -ntp -q -f ../pom.xml package dependency:build-classpath -DskipTests -pl benchmarks -am \
    -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
fi
classpath=target/classes:$(cat target/classpath)

if [[ ${1:-} == jmh ]]; then
  shift
  exec "$java" ${JAVA_OPTIONS:-} -cp "$classpath" org.openjdk.jmh.Main "$@"
fi
exec "$java" ${JAVA_OPTIONS:-} -cp "$classpath" io.p2pmap.benchmarks.Main "${@:-quick}"
