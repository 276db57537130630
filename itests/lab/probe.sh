# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The probe: a transport and nothing else. Sourced.

# Jars of the local repository that a transport needs, and what was built.
probe_classes() {
  local part jars=
  for part in slf4j-api-2 netty-common-4.2 netty-buffer-4.2 netty-resolver-4.2 netty-transport-4.2 netty-transport-native-unix-common-4.2 \
    netty-transport-classes-epoll-4.2 netty-transport-native-epoll-4.2 jna-5; do
    jars=$jars:$(find ~/.m2/repository -name "$part*.jar" ! -name '*sources*' ! -name "*$(probe_other_machine)*" | sort | tail -1)
  done
  for part in codec api testkit; do jars=$jars:$ROOT/bundles/$part/target/classes; done
  for part in datagram udp epoll; do
    jars=$jars:$ROOT/bundles/transport-$part/target/classes:$ROOT/bundles/transport-$part/target/test-classes
  done
  echo "${jars#:}"
}

probe_other_machine() { if [ "$(uname -m)" = x86_64 ]; then echo aarch_64; else echo x86_64; fi; }

# probe HOST LOG TRANSPORT ARGUMENT...: starts it; PROBE_PREFIX is a command that runs it, PROBE_JAVA are options of Java.
probe() {
  local class=io.leasehold.transport.$3.${3^}Probe
  # shellcheck disable=SC2086 # words are meant
  spawn "$1" "$2" ${PROBE_PREFIX:-} java ${PROBE_JAVA:-} -XX:+UseSerialGC -cp "$(probe_classes)" "$class" "${@:4}"
  # shellcheck disable=SC2034 # for whoever sources this
  SPAWNED_PROBE=$SPAWNED
}
