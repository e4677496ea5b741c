// SPDX-License-Identifier: Apache-2.0
#include "tests/support/docs_page.h"

#include <algorithm>
#include <sstream>

namespace gpsh::test {
namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kPrompt = "$ ";
constexpr std::string_view kLeftOut = "...";

Block block_opened_by(const std::string& info, std::size_t line) {
  std::istringstream in(info);
  std::string language;
  std::string second;
  std::string third;
  in >> language >> second >> third;
  Block block{.line = line};
  if (!second.empty() && language == "gpshell") {
    block.name = second;
    block.kind = third == "wrong" ? BlockKind::wrong_script : BlockKind::script;
  } else if (!second.empty() && (language == "json" || language == "text")) {
    block.name = second;
    block.kind = BlockKind::file;
  } else if (language == "console" || language == "sh") {
    block.needs_reader = second == "reader";
    block.kind = language == "sh" ? BlockKind::commands : BlockKind::console;
  }
  return block;
}

std::string without_end_blanks(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

bool line_reads_as(const std::string& shown, const std::string& printed) {
  if (!shown.ends_with(kLeftOut)) return without_end_blanks(shown) == without_end_blanks(printed);
  return printed.starts_with(shown.substr(0, shown.size() - kLeftOut.size()));
}

bool reads_from(const std::vector<std::string>& shown, std::size_t at_shown,
                const std::vector<std::string>& printed, std::size_t at_printed) {
  for (; at_shown < shown.size(); ++at_shown, ++at_printed) {
    if (shown[at_shown] == kLeftOut) {
      for (; at_printed <= printed.size(); ++at_printed)
        if (reads_from(shown, at_shown + 1, printed, at_printed)) return true;
      return false;
    }
    if (at_printed == printed.size() || !line_reads_as(shown[at_shown], printed[at_printed])) return false;
  }
  return at_printed == printed.size();
}

void add_file(std::vector<ShownCommand>& commands, const Block& block) {
  std::string text = "cat > '" + block.name + "' <<'@@@end'\n";
  for (const auto& line : block.lines) text += line + "\n";
  commands.push_back({.text = text + "@@@end", .line = block.line});
  if (block.kind == BlockKind::script)
    commands.push_back(
        {.text = "gpsh check $(test -f card.keys && echo --keys card.keys) '" + block.name + "'",
         .line = block.line});
}

/// As a shell would wait for more: behind a backslash, or inside quotes.
bool is_unfinished(const std::string& command) {
  return command.ends_with('\\') || std::ranges::count(command, '\'') % 2 == 1;
}

void add_session(std::vector<ShownCommand>& commands, const Block& block) {
  const bool console = block.kind == BlockKind::console;
  bool goes_on = false;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const auto& line = block.lines[i];
    const bool begins = console ? line.starts_with(kPrompt) : !goes_on && !line.empty();
    if (begins) {
      commands.push_back({.text = console ? line.substr(kPrompt.size()) : line, .line = block.line + i + 1});
    } else if (goes_on) {
      commands.back().text += "\n" + line;
    } else if (console && !commands.empty()) {
      commands.back().shown.push_back(line);
    }
    goes_on = (begins || goes_on) && is_unfinished(commands.back().text);
  }
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Block> blocks_of(const std::string& markdown) {
  std::vector<Block> blocks;
  bool inside = false;
  std::size_t number = 0;
  for (const auto& line : lines_of(markdown)) {
    ++number;
    if (!line.starts_with(kFence)) {
      if (inside) blocks.back().lines.push_back(line);
      continue;
    }
    if (!inside) blocks.push_back(block_opened_by(line.substr(kFence.size()), number));
    inside = !inside;
  }
  return blocks;
}

std::vector<ShownCommand> commands_of(const std::vector<Block>& blocks) {
  std::vector<ShownCommand> commands;
  for (const auto& block : blocks) {
    if (block.kind == BlockKind::other) continue;
    if (block.kind == BlockKind::console || block.kind == BlockKind::commands) {
      const std::string card = block.needs_reader ? "export GPSH_CARD=virtual" : "unset GPSH_CARD";
      commands.push_back({.text = card, .line = block.line});
      add_session(commands, block);
    } else {
      add_file(commands, block);
    }
  }
  return commands;
}

bool reads_as(const std::vector<std::string>& shown, const std::vector<std::string>& printed) {
  return reads_from(shown, 0, printed, 0);
}

}  // namespace gpsh::test
