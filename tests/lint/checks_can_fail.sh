#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# checks_can_fail.sh CMAKE COMPILER: every lint test passes a good sample and refuses each bad one, naming the file.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)
cmake=$1
compiler=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
checks=0

# fresh_sample: a small tree that every lint test accepts.
fresh_sample() {
  rm -rf "$work/tree" "$work/out"
  mkdir -p "$work/tree/core" "$work/tree/gp" "$work/tree/virtualcard" "$work/tree/interpreter"
  cp "$lint/../../.clang-format" "$work/tree/"
  {
    echo '// SPDX-License-Identifier: Apache-2.0'
    echo '#pragma once'
    echo
    echo '#include <string>'
    echo
    echo 'namespace gpsh {'
    echo
    echo 'std::string greeting();'
    echo
    echo '}  // namespace gpsh'
  } >"$work/tree/core/good.h"
}

# run CHECK: its output goes to $work/said.
run() {
  case "$1" in
    layering) "$cmake" -DROOT="$work/tree" -P "$lint/../layering_test.cmake" ;;
    headers) "$lint/headers.sh" "$work/tree" "$work/out" "$compiler" -std=c++20 ;;
    *) "$lint/$1.sh" "$work/tree" ;;
  esac >"$work/said" 2>&1
}

wrong() {
  echo "$*" >&2
  sed 's/^/  | /' "$work/said" >&2
  failures=$((failures + 1))
}

# accepts CHECK: the sample as it stands.
accepts() {
  checks=$((checks + 1))
  status=0
  run "$1" || status=$?
  [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || wrong "$1 refused a good sample"
}

# refuses CHECK TEXT: the sample, saying TEXT; then the sample is made fresh.
refuses() {
  checks=$((checks + 1))
  status=0
  run "$1" || status=$?
  if [ "$status" -ne 77 ]; then
    [ "$status" -ne 0 ] || wrong "$1 accepted a bad sample; wanted: $2"
    grep -qF "$2" "$work/said" || wrong "$1 did not say: $2"
  fi
  fresh_sample
}

# source_file PATH: the licence line and stdin.
source_file() {
  { echo '// SPDX-License-Identifier: Apache-2.0'; cat; } >"$work/tree/$1"
}

# includes PATH INCLUDED: a source of one include line.
includes() {
  echo "#include $2" | source_file "$1"
}

# statements COUNT: that many lines of a function body.
statements() {
  awk -v count="$1" 'BEGIN { for (i = 1; i <= count; ++i) print "  call(\"}\", '"'}'"', 1'"'"'000);  // }" }'
}

fresh_sample
for check in format spdx size layering headers; do accepts "$check"; done

echo 'int  x ;' | source_file core/bad.cpp
refuses format core/bad.cpp:2:

echo 'int x;' >"$work/tree/core/bad.cpp"
refuses spdx core/bad.cpp:1:
echo 'project(x)' >"$work/tree/CMakeLists.txt"
refuses spdx CMakeLists.txt:1:
echo 'set -eu' >"$work/tree/dev"
refuses spdx dev:1:
echo '/* Apache-2.0 */' >"$work/tree/core/page.css"
refuses spdx core/page.css:1:
echo '/* SPDX-License-Identifier: Apache-2.0 */' >"$work/tree/core/page.css"
accepts spdx

awk 'BEGIN { for (i = 0; i < 400; ++i) print "int x" i ";" }' | source_file core/long.cpp
refuses size 'core/long.cpp:400: the file has 401 lines'

mkdir -p "$work/tree/tests/support"
echo 'auto name = temp_directory_path() / "XXXXXX";' | source_file tests/support/temporary_folder.h
accepts own_folders
echo 'const auto path = testing::TempDir() + "card.json";' | source_file tests/bad_test.cpp
refuses own_folders tests/bad_test.cpp:2:

mkdir -p "$work/tree/docs"
echo 'Of POSIX: `core/other.cpp`' >"$work/tree/docs/portability.md"
includes core/other.cpp '<unistd.h>'
accepts portability
includes core/bad.cpp '<fcntl.h>'
refuses portability core/bad.cpp:1:

mkdir -p "$work/tree/docs/man"
printf '.TH GOOD 1 2026-11-25\n.SH NAME\ngood \\- a page\n' >"$work/tree/docs/man/good.1"
accepts man
printf '.PP\n.SH AGAIN\n' >>"$work/tree/docs/man/good.1"
refuses man good.1:

. "$lint/function_samples.sh"

includes core/bad.cpp '"gp/scp02.h"'
refuses layering 'core/bad.cpp: may not include gp/scp02.h'
includes core/bad.cpp '<botan/mac.h>'
refuses layering 'core/bad.cpp: may not include botan/mac.h'
includes core/bad.cpp '"bytes.h"'
refuses layering 'core/bad.cpp: may not include bytes.h'
includes virtualcard/bad.h '"gp/crypto.h"'
refuses layering 'virtualcard/bad.h: may not include gp/crypto.h'
includes gp/scp02.cpp '"gp/card_session.h"'
refuses layering 'gp/scp02.cpp: may not include gp/card_session.h'
includes gp/card_session.h '"gp/registry.h"'
refuses layering 'gp/card_session.h: may not include gp/registry.h'
includes interpreter/bind.cpp '<tao/pegtl.hpp>'
refuses layering 'interpreter/bind.cpp: may not include tao/pegtl.hpp'
includes interpreter/execute.cpp '"virtualcard/virtual_card.h"'
refuses layering 'interpreter/execute.cpp: may not include virtualcard/virtual_card.h'
includes interpreter/execute.cpp '<histedit.h>'
refuses layering 'interpreter/execute.cpp: may not include histedit.h'

includes interpreter/parse.cpp '<tao/pegtl.hpp>'
includes interpreter/main_options.cpp '"virtualcard/virtual_card.h"'
includes interpreter/main.cpp '<CLI/CLI.hpp>'
includes interpreter/repl.cpp '<histedit.h>'
includes gp/card_session.cpp '"gp/scp02.h"'
includes gp/crypto.cpp '<botan/mac.h>'
accepts layering
fresh_sample

echo 'std::vector<int> numbers();' | source_file core/bad.h
refuses headers core/bad.h
printf '#pragma once\n#include <string>\nstd::string text();\n' | source_file core/bad.h
accepts headers
printf '#pragma once\nstd::string text();\n' | source_file core/bad.h
refuses headers core/bad.h

echo "$checks samples, $failures wrong"
[ "$failures" -eq 0 ]
