#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# install_test.sh BUILD: cmake --install brings the program with all that belongs to it, and links lead somewhere.
set -eu
build=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

for component in program elsewhere; do
  cmake --install "$build" --component $component --prefix "$root" >"$root/log" || { cat "$root/log"; exit 1; }
done
for file in bin/gpsh share/man/man1/gpsh.1 share/man/man5/gpsh-script.5 share/bash-completion/completions/gpsh \
  share/zsh/site-functions/_gpsh share/fish/vendor_completions.d/gpsh.fish share/doc/gpsh/README.md \
  share/doc/gpsh/CHANGELOG.md share/doc/gpsh/LICENSE share/doc/gpsh/docs/commands.md share/doc/gpsh/examples/hello.cap; do
  [ -s "$root/$file" ] || { echo "missing: $file" >&2; exit 1; }
done
"$root/bin/gpsh" --card virtual "$root/share/doc/gpsh/examples/listgp211.txt" >"$root/out"
grep -q 'd0d1d2d3d4d50101' "$root/out" || { cat "$root/out"; exit 1; }

# Relative links of the pages that were installed: [text](page.md#part) but not [text](https://...).
status=0
cd "$root/share/doc/gpsh"
for page in README.md docs/*.md; do
  for link in $(grep -o ']([^)]*)' "$page" | sed 's/^](//; s/[)#].*$//' | grep -v '^https\?:' | sort -u); do
    [ -e "$(dirname "$page")/$link" ] || { echo "$page: $link is not there" >&2; status=1; }
  done
done
exit $status
