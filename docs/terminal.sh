#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The picture of README.md, from a real run: docs/terminal.sh PROGRAM > docs/terminal.svg
# A test compares what it prints with the file.
set -eu
[ $# -eq 1 ] || { echo "usage: terminal.sh PROGRAM" >&2; exit 2; }
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
ln -s "$program" gpsh
PATH=$folder:$PATH
export PATH
unset NO_COLOR GPSH_CARD GPSH_READER

cat > typo.txt <<'END'
mode_211
establish_context
card_connect
select
open_sc -security 3 -keys 404142434445464748494A4B4C4D4E4F
END
cat > list.txt <<'END'
mode_211
establish_context
card_connect
select
open_sc -security 3 -key ${CARD_KEY}
get_status -element 40
END
CARD_KEY=47454D5850524553534F53414D504C45
export CARD_KEY

# show COMMAND: the prompt, and what a terminal would show.
show() {
  printf '\033[1m$ %s\033[0m\n' "$1"
  script -qec "$1" /dev/null </dev/null | tr -d '\r' || true
}

{
  show 'gpsh check typo.txt'
  show 'gpsh --card virtual list.txt'
} | awk -v columns=109 '
function safe(c) { return c == "&" ? "&amp;" : c == "<" ? "&lt;" : c == ">" ? "&gt;" : c }
function class_of(sgr) {
  if (sgr == "1") return "b"
  if (sgr == "1;31") return "e"
  if (sgr == "1;33") return "w"
  if (sgr == "1;36") return "n"
  return ""
}
function end_line() {
  lines[++count] = text (style == "" ? "" : "</tspan>")
  text = style == "" ? "" : "<tspan class=\"" style "\">"
  column = 0
}
{
  for (i = 1; i <= length($0); ++i) {
    c = substr($0, i, 1)
    if (c == "\033") {
      rest = substr($0, i + 2)
      end = index(rest, "m")
      if (style != "") text = text "</tspan>"
      style = class_of(substr(rest, 1, end - 1))
      if (style != "") text = text "<tspan class=\"" style "\">"
      i += 1 + end
      continue
    }
    if (column == columns) end_line()
    text = text safe(c)
    ++column
  }
  end_line()
}
END {
  width = columns * 8.4 + 40
  height = count * 19 + 36
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", \
    width, height, width, height
  print "<!-- Made by docs/terminal.sh. SPDX-License-Identifier: Apache-2.0 -->"
  print "<title>gpsh names a typo, and says which key a card would have taken</title>"
  print "<style>"
  print "text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, \"DejaVu Sans Mono\", monospace; fill: #d8dee9; white-space: pre }"
  print ".b { font-weight: bold; fill: #ffffff } .e { font-weight: bold; fill: #ff7a85 }"
  print ".w { font-weight: bold; fill: #ebcb8b } .n { font-weight: bold; fill: #7fd4e8 }"
  print "</style>"
  printf "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#1e222a\"/>\n", width, height
  for (i = 1; i <= count; ++i)
    printf "<text x=\"20\" y=\"%d\" xml:space=\"preserve\">%s</text>\n", 14 + i * 19, lines[i]
  print "</svg>"
}'
