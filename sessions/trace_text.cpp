// SPDX-License-Identifier: Apache-2.0
#include "sessions/trace_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace gpsh::sessions {
namespace {

constexpr std::size_t kNameWidth = 38;
constexpr std::size_t kIndent = 8;  // "  9000  "
constexpr std::size_t kMostLines = 4;
constexpr std::string_view kBetween = "; ";
constexpr std::string_view kNoAnswer = "----";

constexpr std::string_view kGreen = "\033[32m";
constexpr std::string_view kYellow = "\033[33m";
constexpr std::string_view kRed = "\033[31m";
constexpr std::string_view kDim = "\033[2m";
constexpr std::string_view kPlain = "\033[0m";

std::string coloured(std::string text, std::string_view colour, TraceColour on) {
  if (on == TraceColour::off || text.empty()) return text;
  return std::string(colour) + text + std::string(kPlain);
}

std::string_view colour_of(const std::optional<StatusWord>& sw) {
  if (!sw) return kRed;
  if (sw->ok()) return kGreen;
  return sw->warning() || sw->sw1() == 0x61 ? kYellow : kRed;
}

std::string words_of(const ExplainedField& field) {
  auto text = field.name;
  if (!field.value.empty()) text += " " + field.value;
  if (!field.meaning.empty()) text += field.value.empty() ? " " + field.meaning : " (" + field.meaning + ")";
  return text;
}

/// A name alone says nothing: that of a field with others inside, or of one that is empty.
void collect(const ExplainedFields& fields, std::vector<std::string>& words) {
  for (const auto& field : fields) {
    if (!field.value.empty() || !field.meaning.empty()) words.push_back(words_of(field));
    collect(field.inside, words);
  }
}

/// P1 and P2 as bytes say nothing to a reader, and their meaning is often in the name, or always the same.
bool parameters_are_known(const std::string& name) {
  return name.find('(') != std::string::npos || name == "SELECT";
}

std::vector<std::string> words_of_command(const ExplainedExchange& exchange) {
  std::vector<std::string> words;
  ExplainedFields rest;
  for (const auto& field : exchange.command) {
    const bool parameter = field.name == "P1" || field.name == "P2";
    if (!parameter) {
      rest.push_back(field);
    } else if (!field.meaning.empty() && !parameters_are_known(exchange.name)) {
      words.push_back(field.meaning);
    }
  }
  collect(rest, words);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : std::string(kBetween)) + word;
  return text;
}

/// What is longer than a line is parted at its last blank, or where the line ends.
std::vector<std::string> parted(std::string text, std::size_t room) {
  std::vector<std::string> parts;
  while (text.size() > room) {
    const auto blank = text.rfind(' ', room);
    const bool found = blank != std::string::npos && blank > 0;
    parts.push_back(text.substr(0, found ? blank : room));
    text.erase(0, found ? blank + 1 : room);
  }
  parts.push_back(std::move(text));
  return parts;
}

/// Lines of at most `room` characters.
std::vector<std::string> filled(const std::vector<std::string>& words, std::size_t room) {
  std::vector<std::string> lines;
  for (const auto& word : words) {
    const bool fits = !lines.empty() && lines.back().size() + kBetween.size() + word.size() <= room;
    if (fits) {
      lines.back() += std::string(kBetween) + word;
    } else {
      for (auto& part : parted(word, room)) lines.push_back(std::move(part));
    }
  }
  return lines;
}

std::string indented(const std::vector<std::string>& words, const TraceLayout& layout) {
  const auto room = std::max(layout.width, 2 * kIndent) - kIndent;
  const auto lines = filled(words, room);
  std::string text;
  for (std::size_t at = 0; at < std::min(lines.size(), kMostLines); ++at) {
    text += std::string(kIndent, ' ') + coloured(lines[at], kDim, layout.colour) + "\n";
  }
  if (lines.size() <= kMostLines) return text;
  return text + std::string(kIndent, ' ') + "... " + std::to_string(lines.size() - kMostLines) +
         " lines more: gpsh explain\n";
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string without_end_blanks(std::string text) {
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::string trace_text(const ExplainedExchange& exchange, const TraceLayout& layout) {
  const auto sw = exchange.sw ? exchange.sw->text() : std::string(kNoAnswer);
  const bool fine = exchange.sw && exchange.sw->ok();
  const auto words = words_of_command(exchange);
  const auto details = joined(words);
  const auto meaning = fine ? std::string() : "-> " + exchange.meaning;
  const auto name = padded(exchange.name, kNameWidth);
  const bool fits = kIndent + name.size() + 2 + details.size() + meaning.size() + 1 <= layout.width;
  auto line = name + "  ";
  if (fits) line += details;
  if (!meaning.empty()) line += (fits && !details.empty() ? " " : "") + meaning;
  auto text =
      "  " + coloured(sw, colour_of(exchange.sw), layout.colour) + "  " + without_end_blanks(line) + "\n";
  if (!fits) text += indented(words, layout);
  text += indented(exchange.channel, layout);
  std::vector<std::string> answer;
  collect(exchange.response, answer);
  return text + indented(answer, layout);
}

}  // namespace gpsh::sessions
