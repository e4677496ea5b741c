#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# uses_installed_package.sh SOURCE BUILD COMPILER: installs the libraries, then builds and runs examples/library with
# nothing but find_package(gpsh).
set -eu
source=$1
build=$2
compiler=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cmake --install "$build" --prefix "$folder/installed" >"$folder/log" || { cat "$folder/log"; exit 1; }
cmake -S "$source/examples/library" -B "$folder/example" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$folder/installed" >"$folder/log" || { cat "$folder/log"; exit 1; }
cmake --build "$folder/example"
[ "$("$folder/example/open_channel")" = D0D1D2D3D4D50101 ]
