// SPDX-License-Identifier: Apache-2.0
// The fenced blocks of a documentation page, and the page as one session of a shell.
#pragma once

#include <string>
#include <vector>

namespace gpsh::test {

/// What a fenced block is, by the words behind its opening fence:
///   gpshell NAME      a script that the reader saves as NAME; `gpsh check` finds no error in it, with the
///   keys of
///                     card.keys where the page has made that
///   gpshell NAME wrong   the same, with errors that the page is about
///   json NAME, text NAME   any other file of the page
///   console           commands behind `$ `, and below each what it prints: all of it, or with `...` for
///   lines or
///                     the rest of a line left out; nothing below a command: anything
///   sh                commands alone
///   console reader, sh reader   the same for a real reader; run on the virtual card
///   anything else     looked at by nobody, and no line of it begins with gpsh
enum class BlockKind { script, wrong_script, file, console, commands, other };

struct Block {
  BlockKind kind = BlockKind::other;
  std::string name{};  ///< of the file
  bool needs_reader = false;
  std::vector<std::string> lines{};
  std::size_t line = 0;  ///< in the page, from 1
};

/// A command of the page; its exit code is 0 unless the next command is `echo $?`.
struct ShownCommand {
  std::string text;
  std::vector<std::string> shown{};  ///< what the page says it prints; empty: anything
  std::size_t line = 0;
};

[[nodiscard]] std::vector<Block> blocks_of(const std::string& markdown);
/// In the order of the page; files are written, and scripts checked, by commands of their own.
[[nodiscard]] std::vector<ShownCommand> commands_of(const std::vector<Block>& blocks);
/// Does `printed` read as `shown` does? Blanks at the end of a line do not count.
[[nodiscard]] bool reads_as(const std::vector<std::string>& shown, const std::vector<std::string>& printed);
[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);

}  // namespace gpsh::test
