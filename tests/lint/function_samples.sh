# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# To be sourced by checks_can_fail.sh: what the measuring of functions must see, and what it must not mistake.

# sample BEFORE COUNT AFTER: a source with COUNT lines of statements in it.
sample() {
  {
    printf '%b\n' "$1"
    statements "$2"
    printf '%b\n' "$3"
  } | source_file core/sample.cpp
}

sample 'void f() {' 58 '}'
accepts size
sample 'void f() {' 59 '}'
refuses size 'core/sample.cpp:2: the function has 61 lines'
sample 'namespace gpsh {\nnamespace {\n// }\nvoid f(int a,\n       int b) {' 59 '}\n}\n}'
refuses size 'core/sample.cpp:5: the function has 62 lines'
sample 'class X final : public Y<int(int)> {\n public:\n  int f() const override {' 59 '  }\n};'
refuses size 'core/sample.cpp:4: the function has 61 lines'
sample 'X::X(int a) : Y(a), a_{a}, b_{{1}, {2}} {' 59 '}'
refuses size 'core/sample.cpp:2: the function has 61 lines'
sample 'template <class T>\nauto f(T t = {}) -> std::vector<T> {' 59 '}'
refuses size 'core/sample.cpp:2: the function has 62 lines'
sample 'const auto f = [](int a) {' 59 '};'
refuses size 'core/sample.cpp:2: the function has 61 lines'
sample 'constexpr std::array kRows = {\n    Row{"a", [] { return 1; }},\n    Row{"b", [](int x) {' 59 '    }},\n};'
refuses size 'core/sample.cpp:4: the function has 61 lines'
sample 'TEST(Apdu, is_short) {\n  const auto text = R"x(\n}}}} " )y"\n)x";' 59 '}'
refuses size 'core/sample.cpp:2: the function has 64 lines'
sample '#if A\nvoid f(int a) {\n#else\nvoid f() {\n#endif\n/* }\n } */' 59 '}'
refuses size 'core/sample.cpp:3: the function has 66 lines'
sample 'void f() {\n  if (x) {\n    for (;;) {' 59 '    }\n  }\n}'
refuses size 'core/sample.cpp:2: the function has 65 lines'
sample 'void f() {\n  if (x) {' 3 '}'
refuses size 'braces do not balance'

# Long, but no function: a table, a class, an enumeration, two functions in a row.
{
  echo 'constexpr std::array kRows = {'
  awk 'BEGIN { for (i = 0; i < 90; ++i) print "    Row{0x" i ", \"text\", {}}," }'
  echo '};'
  echo 'struct S {'
  awk 'BEGIN { for (i = 0; i < 70; ++i) print "  int m" i "{0};" }'
  echo '};'
  echo 'enum class E : int {'
  awk 'BEGIN { for (i = 0; i < 70; ++i) print "  e" i "," }'
  echo '};'
} | source_file core/sample.cpp
accepts size
{
  echo 'void f() {'
  statements 40
  echo '}'
  echo 'void g() {'
  statements 40
  echo '}'
} | source_file core/sample.cpp
accepts size
fresh_sample
