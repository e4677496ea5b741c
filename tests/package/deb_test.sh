#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# deb_test.sh BUILD: packs this build, lets lintian look at it, installs it into an empty folder, runs it there and
# removes it. 77: the tools are not here, or nobody may install.
set -eu
build=$1

skip() {
  echo "$*" >&2
  [ -z "${CI-}" ] || exit 1
  exit 77
}
for tool in cpack dpkg lintian dpkg-shlibdeps unshare; do
  command -v $tool >/dev/null || skip "$tool is not installed"
done
# dpkg installs as root, or as root of a namespace of one's own.
if [ "$(id -u)" -ne 0 ]; then
  unshare -r true 2>/dev/null || skip "neither root nor allowed to make a user namespace"
  exec unshare -r "$0" "$@"
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() {
  echo "$*" >&2
  exit 1
}

cd "$folder"
cpack --config "$build/CPackConfig.cmake" -B "$folder/pack" >log 2>&1 || { cat log; exit 1; }
package=$(echo pack/gpsh_*.deb)
version=$("$GPSH_PROGRAM" --version | cut -d' ' -f2)
[ "$(dpkg-deb -f "$package" Package Version | tr '\n' ' ')" = "Package: gpsh Version: $version-1 " ] || fail "name or version"
for library in libbotan-2-19 libc6 libpcsclite1 libsqlite3-0 libzip4; do
  dpkg-deb -f "$package" Depends | grep -q "$library " || fail "no dependency on $library"
done

lintian --fail-on error "$package" || fail "lintian found errors"

# A system that has what this one has; dpkg looks at the dependencies itself.
mkdir -p root/var/lib/dpkg/info root/var/lib/dpkg/updates root/var/lib/dpkg/triggers
awk 'BEGIN { RS = ""; ORS = "\n\n" } !/^Package: gpsh\n/' /var/lib/dpkg/status >root/var/lib/dpkg/status
export PATH="$PATH:/usr/sbin:/sbin"
dpkg --root="$folder/root" --force-unsafe-io -i "$package" >log 2>&1 || { tail -n 20 log; exit 1; }
for file in usr/share/man/man1/gpsh.1.gz usr/share/man/man5/gpsh-script.5.gz usr/share/doc/gpsh/copyright \
  usr/share/doc/gpsh/changelog.Debian.gz usr/share/bash-completion/completions/gpsh \
  usr/share/zsh/vendor-completions/_gpsh usr/share/fish/vendor_completions.d/gpsh.fish; do
  [ -s "root/$file" ] || fail "missing: $file"
done
root/usr/bin/gpsh --card virtual root/usr/share/doc/gpsh/examples/listgp211.txt >out || { cat out; exit 1; }
grep -q 'd0d1d2d3d4d50101' out || fail "the installed program lists nothing"

dpkg --root="$folder/root" --force-unsafe-io -P gpsh >log 2>&1 || { tail -n 20 log; exit 1; }
left=$(find root -path root/var/lib/dpkg -prune -o -type f -print)
[ -z "$left" ] || fail "left behind: $left"
