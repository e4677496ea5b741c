# SPDX-License-Identifier: Apache-2.0
# awk -v limit=N -f function_size.awk FILES...: the functions longer than N lines, from the first line of their
# signature to their closing brace, as "FILE:LINE: ..."; exit status 1 if there is one.
#
# Not a parser. Comments and literals are blanked, then braces are counted. What a brace opens is told by the text
# before it (the head): a scope (namespace, class, enum), a value (an initialiser), or a function. Lambdas inside a
# function count as part of it; those inside a table count on their own.

function report(line, text) {
  printf "%s:%d: %s\n", file, line, text
  failed = 1
}

# Blanks comments, strings, characters and preprocessor lines of one line; keeps block comments and raw strings open.
function code_of(line,    result, rest, at, end, quote) {
  result = ""
  rest = line
  while (rest != "") {
    if (in_comment) {
      end = index(rest, "*/")
      if (end == 0) return result
      in_comment = 0
      rest = substr(rest, end + 2)
      continue
    }
    if (raw_end != "") {
      end = index(rest, raw_end)
      if (end == 0) return result
      rest = substr(rest, end + length(raw_end))
      raw_end = ""
      continue
    }
    at = match(rest, /\/\/|\/\*|["']/)
    if (at == 0) return result rest
    quote = substr(rest, at, 1)
    result = result substr(rest, 1, at - 1)
    if (substr(rest, at, 2) == "//") return result
    if (quote == "/") {
      in_comment = 1
      rest = substr(rest, at + 2)
    } else if (quote == "\"" && result ~ /(^|[^A-Za-z0-9_])(u8|u|U|L)?R$/) {
      end = index(rest, "(")
      raw_end = ")" substr(rest, at + 1, end - at - 1) "\""
      rest = substr(rest, end + 1)
      result = result " "
    } else if (quote == "'" && result ~ /(^|[^A-Za-z0-9_])[0-9][0-9A-Fa-fxXbB']*$/) {
      rest = substr(rest, at + 1)  # 1'000
    } else {
      rest = after_literal(substr(rest, at + 1), quote)
      result = result "0"
    }
  }
  return result
}

function after_literal(text, quote,    i, c) {
  for (i = 1; i <= length(text); ++i) {
    c = substr(text, i, 1)
    if (c == "\\") ++i
    else if (c == quote) return substr(text, i + 1)
  }
  return ""
}

# True when the line belongs to the preprocessor: a directive, its continuation, or the other branch of an #if.
function preprocessor(line,    directive) {
  directive = continued || line ~ /^[ \t]*#/
  if (!continued && line ~ /^[ \t]*#[ \t]*if/) other[++branches] = 0
  if (!continued && line ~ /^[ \t]*#[ \t]*el/) other[branches] = 1
  if (!continued && line ~ /^[ \t]*#[ \t]*endif/) delete other[branches--]
  continued = directive && line ~ /\\$/
  return directive || (branches > 0 && other[branches])
}

function without_template(text,    i, c, angle) {
  while (match(text, /^[ ]*template[ ]*</)) {
    angle = 1
    for (i = RLENGTH + 1; i <= length(text) && angle > 0; ++i) {
      c = substr(text, i, 1)
      if (c == "<") ++angle
      else if (c == ">") --angle
    }
    text = substr(text, i)
  }
  sub(/^ +/, "", text)
  return text
}

function without_angles(text) {
  while (gsub(/<[^<>]*>/, "", text)) {
  }
  return text
}

function kind_of(text,    plain) {
  plain = without_template(text)
  if (plain ~ /^(inline )?namespace/ || plain ~ /^extern 0 ?$/) return "scope"
  if (plain ~ /^((static|inline|constexpr|const|typedef|friend) )*(class|struct|union|enum)( |$)/ &&
      without_angles(plain) !~ /\(/) {
    return "scope"
  }
  if (plain ~ /(^|[^A-Za-z0-9_])(const|noexcept|override|final|mutable|try) ?$/) return "function"
  if (plain ~ /[=,(&|?:] ?$/ || plain ~ /(^|[^A-Za-z0-9_])return ?$/ || plain ~ /^ ?$/) return "value"
  if (plain ~ /[A-Za-z0-9_>]$/ && plain !~ /->[^)]*$/) return "value"
  if (plain ~ /[)\]] ?$/) return "function"
  if (plain ~ /\(/ && top() != "value") return "function"
  if (plain ~ /->[^()]*$/) return "function"
  return "value"
}

function top() {
  return depth == 0 ? "scope" : kind[depth]
}

function open_brace(    inside_function, what) {
  inside_function = top() == "function"
  what = inside_function ? "function" : kind_of(head)
  kind[++depth] = what
  start[depth] = what == "function" && !inside_function ? head_line : 0
  if (inside_function) return
  saved_head[depth] = head
  saved_line[depth] = head_line
  forget_head()
}

function close_brace(    what, lines) {
  if (depth == 0) {
    report(FNR, "a closing brace without an opening one")
    return
  }
  what = kind[depth]
  lines = FNR - start[depth] + 1
  if (start[depth] > 0 && lines > limit) {
    report(start[depth], "the function has " lines " lines; " limit " are the limit")
  }
  --depth
  if (what == "value") {  # what follows still belongs to the same declaration
    head = saved_head[depth + 1] "0"
    head_line = saved_line[depth + 1]
  } else if (top() == "value") {  # a lambda in a table
    head = "0"
    head_line = FNR
  } else {
    forget_head()
  }
}

function forget_head() {
  head = ""
  head_line = 0
}

function take(text) {
  if (top() == "function") return
  if (head == "" && text ~ /^ *$/) return
  if (head == "") head_line = FNR
  head = head text
}

function end_of_file() {
  if (file != "" && depth != 0) report(last_line, "braces do not balance; function sizes are unknown")
}

FNR == 1 {
  end_of_file()
  file = FILENAME
  depth = 0
  in_comment = 0
  raw_end = ""
  continued = 0
  branches = 0
  forget_head()
}

{
  last_line = FNR
  if (!in_comment && raw_end == "" && preprocessor($0)) next
  code = code_of($0)
  gsub(/[ \t]+/, " ", code)
  while (match(code, /[{};]/)) {
    mark = substr(code, RSTART, 1)
    take(substr(code, 1, RSTART - 1))
    code = substr(code, RSTART + 1)
    if (mark == "{") open_brace()
    else if (mark == "}") close_brace()
    else if (top() != "function") forget_head()
  }
  sub(/^ ?(public|private|protected|signals) ?: ?$/, "", code)
  if (code != "") take(code " ")
}

END {
  end_of_file()
  exit failed
}
