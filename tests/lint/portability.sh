#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# portability.sh ROOT: docs/portability.md names every source that includes a header of POSIX.
set -eu
cd "$1"

posix='#include <(unistd|fcntl|poll|netdb|termios|pwd|csignal|signal|sys/[a-z]+|netinet/[a-z]+|arpa/inet)(\.h)?>'
status=0
for file in $(grep -rlE "$posix" core gp pcsc virtualcard sessions interpreter 2>/dev/null | sort); do
  grep -qF "\`$file\`" docs/portability.md || {
    echo "$file:1: includes a header of POSIX; docs/portability.md does not name it" >&2
    status=1
  }
done
exit $status
