// SPDX-License-Identifier: Apache-2.0
#include "interpreter/roff.h"

#include <fmt/format.h>

#include <sstream>

namespace gpsh::interpreter::roff {
namespace {

/// Before escaping, which makes some longer: mandoc wants 80 at most.
constexpr std::size_t kLineLength = 60;

std::string escaped(char character) {
  switch (character) {
    case '\\': return "\\e";
    case '-': return "\\-";
    case '\'': return "\\(aq";
    case '`': return "\\(ga";
    case '^': return "\\(ha";
    case '~': return "\\(ti";
    default: return {character};
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  bool line_begins = true;
  for (const char character : text) {
    if (line_begins && character == '.') safe += "\\&";
    safe += escaped(character);
    line_begins = character == '\n';
  }
  return safe;
}

std::string bold(std::string_view text) {
  return "\\fB" + escaped(text) + "\\fR";
}

std::string italic(std::string_view text) {
  return "\\fI" + escaped(text) + "\\fR";
}

std::string page_title(std::string_view title, int section, const Edition& edition) {
  return fmt::format(
      ".\\\" SPDX-License-Identifier: Apache-2.0\n"
      ".TH {} {} {} \"gpsh {}\" \"gpsh\"\n",
      escaped(title), section, edition.date, edition.version);
}

std::string section(std::string_view title) {
  return fmt::format(".SH {}\n", escaped(title));
}

std::string subsection(std::string_view title) {
  return fmt::format(".SS {}\n", escaped(title));
}

std::string running(std::string_view text) {
  std::istringstream words{std::string(text)};
  std::string lines;
  std::string line;
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + 1 + word.size() > kLineLength) {
      lines += escaped(line) + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return lines + escaped(line) + "\n";
}

std::string paragraph(std::string_view text) {
  return ".PP\n" + running(text);
}

std::string tagged(std::string_view tag, std::string_view text) {
  return fmt::format(".TP\n{}\n{}", tag, running(text));
}

std::string example(std::string_view lines) {
  return fmt::format(".PP\n.nf\n.RS 4\n{}\n.RE\n.fi\n", escaped(lines));
}

}  // namespace gpsh::interpreter::roff
