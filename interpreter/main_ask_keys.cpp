// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_ask_keys.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <string_view>

#include "core/error.h"

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kLongestAnswer = 4096;

[[noreturn]] void interrupted() {
  throw Error({.kind = ErrorKind::usage,
               .code = "interrupted",
               .message = "stopped on request; nothing of it was run",
               .advice = ""});
}

/// The terminal of the process, without echo for as long as this lives. Ctrl-C is a byte meanwhile: a signal
/// would leave the terminal without echo.
class QuietTerminal {
 public:
  QuietTerminal() : descriptor_(open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (descriptor_ < 0 || tcgetattr(descriptor_, &before_) != 0) {
      if (descriptor_ >= 0) close(descriptor_);
      throw Error({.kind = ErrorKind::usage,
                   .code = "usage",
                   .message = "--ask-keys needs a terminal to ask at",
                   .advice = "set the variables of the script, or give a file with --keys"});
    }
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG | ICANON);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(descriptor_, TCSAFLUSH, &quiet);
  }
  ~QuietTerminal() {
    tcsetattr(descriptor_, TCSAFLUSH, &before_);
    close(descriptor_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  void write(std::string_view text) const {
    // A question that does not appear is not answered either.
    static_cast<void>(!::write(descriptor_, text.data(), text.size()));
  }

  /// Without its line end; what was typed so far at the end of input.
  [[nodiscard]] std::string read_line() const {
    constexpr char kCtrlC = 0x03;
    constexpr char kCtrlD = 0x04;
    constexpr char kBackspace = 0x08;
    constexpr char kDelete = 0x7F;
    std::string line;
    for (char byte = 0; line.size() < kLongestAnswer && read(descriptor_, &byte, 1) == 1;) {
      if (byte == kCtrlC) interrupted();
      if (byte == '\n' || byte == '\r' || byte == kCtrlD) break;
      if (byte != kBackspace && byte != kDelete) {
        line += byte;
      } else if (!line.empty()) {
        line.pop_back();
      }
    }
    return line;
  }

 private:
  int descriptor_;
  termios before_{};
};

std::string answer_for(const std::string& name) {
  const QuietTerminal terminal;
  terminal.write(name + ": ");
  auto answer = terminal.read_line();
  terminal.write("\n");
  return answer;
}

}  // namespace

Environment asking(KeysFile& keys, Environment otherwise) {
  return [&keys, otherwise = std::move(otherwise)](const std::string& name) -> std::optional<std::string> {
    const auto* value = keys.find(name);
    if (value == nullptr) {
      if (auto known = otherwise(name)) return known;
      value = &keys.learn(name, answer_for(name));
    }
    return value->empty() ? std::nullopt : std::optional(*value);
  };
}

}  // namespace gpsh::interpreter
