# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# To be sourced by SHELL_test.sh after setting shell and source. Makes a folder to work in, with two scripts and a
# folder of recordings; gpsh is in PATH.

command -v "$shell" >/dev/null || {
  echo "$shell is not installed" >&2
  [ -z "${CI-}" ] || exit 1
  exit 77
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/bin" "$folder/work/recordings"
ln -s "$GPSH_PROGRAM" "$folder/bin/gpsh"
export PATH="$folder/bin:$PATH" HOME="$folder" TERM=dumb
grep -v '^#' "$source/tests/completions/cases.txt" >"$folder/cases"
cut -d'|' -f1 "$folder/cases" >"$folder/lines"
cd "$folder/work"
: >list.txt
: >mine.json
: >'two words.txt'

# stand_in: for bash and zsh, a gpsh that answers completion, and otherwise writes its words down.
stand_in() {
  echo 'gpsh() {'
  echo "  if [[ \$1 == help && \$2 == --complete=* ]]; then command gpsh \"\$@\"; return; fi"
  echo "  printf '%s|' gpsh \"\$@\" >>'$folder/ran'; echo >>'$folder/ran'"
  echo '}'
}

# type_into KEYS COMMAND: every line, then KEYS, which put all completions into the line, in one terminal session.
type_into() {
  { sed "s/\$/$(printf "$1")/" "$folder/lines"; echo exit; } | script -qec "$2" /dev/null >"$folder/screen" 2>&1
  # Of the words that ran, those before the completed one are cut off.
  paste -d'\n' "$folder/lines" "$folder/ran" | while IFS= read -r line && read -r ran; do
    before=$(($(printf '%s' "${line% *} " | wc -w) + 1))
    printf '%s\n' "$ran" | cut -d'|' -f"$before-" | tr '|' '\n' | grep . | answer "$line"
  done
}

# answer LINE: words from stdin, one a line, as a line of cases.txt.
answer() {
  printf '%s' "$1"
  sed 's|/$||' | LC_ALL=C sort | while read -r word; do printf '|%s' "$word"; done
  echo
}

# compare: answers from stdin with the cases.
compare() {
  cat >"$folder/answers"
  diff -u "$folder/cases" "$folder/answers" && return
  [ ! -e "$folder/screen" ] || cat -v "$folder/screen"
  exit 1
}
