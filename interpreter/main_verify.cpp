// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_verify.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "gp/protocol_choice.h"
#include "interpreter/main_log_note.h"
#include "sessions/verify.h"

namespace gpsh::interpreter {
namespace {

using nlohmann::ordered_json;
using sessions::ChannelVerdict;
using sessions::Tally;

ordered_json hex_or_null(std::optional<std::uint8_t> byte) {
  return byte ? ordered_json(to_hex(*byte)) : ordered_json();
}

ordered_json json_of(const Tally& tally) {
  return {{"total", tally.total}, {"verified", tally.verified}};
}

ordered_json json_of(const ChannelVerdict& verdict) {
  const bool fits = !verdict.keys.empty();
  // An implicit channel has no INITIALIZE UPDATE and no EXTERNAL AUTHENTICATE.
  const auto unless_implicit = [&verdict](bool right) {
    return verdict.implicit ? ordered_json() : ordered_json(right);
  };
  return {{"protocol", gp::protocol_name(verdict.protocol)},
          {"i", hex_or_null(verdict.i)},
          {"key_version", verdict.implicit ? ordered_json() : ordered_json(to_hex(verdict.key_version))},
          {"keys", fits ? verdict.keys : "none fits"},
          {"card_cryptogram_ok", unless_implicit(verdict.card_cryptogram_right)},
          {"level", hex_or_null(verdict.level)},
          {"host_cryptogram_ok", unless_implicit(verdict.authentication.host_cryptogram_right)},
          {"external_authenticate_mac_ok", unless_implicit(verdict.authentication.mac_right)},
          {"commands", fits ? json_of(verdict.commands) : ordered_json()},
          {"responses", fits && verdict.responses ? json_of(*verdict.responses) : ordered_json()},
          {"decrypted_responses", verdict.decrypted_responses}};
}

/// Prints what comes, so that nothing of a long log is kept.
class Printer : public sessions::VerifySink {
 public:
  virtual void begin_all() {}
  virtual void begin(const std::string& file) { file_ = file; }
  virtual void end() {}
  virtual void end_all() {}
  void verdict(const ChannelVerdict& verdict) final {
    ++channels_;
    all_right_ = all_right_ && verdict.right();
    print(verdict);
  }

  [[nodiscard]] std::size_t channels() const { return channels_; }
  [[nodiscard]] bool all_right() const { return all_right_; }

 protected:
  virtual void print(const ChannelVerdict& verdict) = 0;
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::size_t channels_ = 0;
  bool all_right_ = true;
};

class JsonPrinter final : public Printer {
 public:
  void begin_all() override { std::cout << "{"; }
  void begin(const std::string& file) override {
    Printer::begin(file);
    std::cout << (files_++ == 0 ? "\n  " : ",\n  ") << dumped(ordered_json(file)) << ": [";
    in_file_ = 0;
  }
  void end() override { std::cout << (in_file_ == 0 ? "]" : "\n  ]"); }
  void end_all() override { std::cout << "\n}\n"; }

 private:
  void print(const ChannelVerdict& verdict) override {
    std::cout << (in_file_++ == 0 ? "\n    " : ",\n    ") << dumped(json_of(verdict));
  }
  static std::string dumped(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  }

  std::size_t files_ = 0;
  std::size_t in_file_ = 0;
};

std::string right_or_wrong(bool right) {
  return right ? "right" : "wrong";
}

/// Secured commands were not checked: EXTERNAL AUTHENTICATE says what protects them.
std::string unopened(const ChannelVerdict& verdict) {
  const auto secured = verdict.commands.total;
  const auto* what =
      verdict.authentication_damaged ? "a damaged EXTERNAL AUTHENTICATE" : "no EXTERNAL AUTHENTICATE";
  if (secured == 0) return what;
  return fmt::format("wrong: {} secured {}, but {} in the log", secured,
                     secured == 1 ? "command" : "commands", what);
}

std::string opening_in_words(const ChannelVerdict& verdict) {
  if (verdict.implicit) {
    return fmt::format(", opened implicitly, keys: {}\n  its first C-MAC right\n", verdict.keys);
  }
  auto text = fmt::format(", key version {}, keys: {}\n", to_hex(verdict.key_version),
                          verdict.keys.empty() ? "none fits" : verdict.keys);
  if (verdict.keys.empty()) return text + "  give the card's keys with --key, or --enc and --mac\n";
  if (!verdict.level) return text + "  card cryptogram right; " + unopened(verdict) + "\n";
  return text +
         fmt::format("  card cryptogram right, host cryptogram {}, C-MAC of EXTERNAL AUTHENTICATE {}\n",
                     right_or_wrong(verdict.authentication.host_cryptogram_right),
                     right_or_wrong(verdict.authentication.mac_right));
}

std::string in_words(const ChannelVerdict& verdict) {
  auto text = gp::protocol_name(verdict.protocol);
  if (verdict.i) text += " i=" + to_hex(*verdict.i);
  text += opening_in_words(verdict);
  if (verdict.keys.empty() || !verdict.level) return text;
  const gp::SecurityLevel level(*verdict.level);
  text += fmt::format("  level {} ({}): {} of {} commands right", to_hex(*verdict.level), level.text(),
                      verdict.commands.verified, verdict.commands.total);
  if (verdict.responses) {
    text += fmt::format(", {} of {} responses right", verdict.responses->verified, verdict.responses->total);
  }
  if (verdict.unchecked_responses > 0) {
    text +=
        fmt::format(", {} {} not checked: the key of the R-MAC is not in the log",
                    verdict.unchecked_responses, verdict.unchecked_responses == 1 ? "response" : "responses");
  }
  if (verdict.decrypted_responses > 0) {
    text += fmt::format(", {} {} decrypted", verdict.decrypted_responses,
                        verdict.decrypted_responses == 1 ? "response" : "responses");
  }
  return text + "\n";
}

class TextPrinter final : public Printer {
 public:
  void finding(const sessions::VerifyFinding& finding) override {
    const bool wrong = finding.kind == sessions::VerifyFinding::Kind::wrong;
    std::cout << fmt::format("{}:{}: {}{}\n", file(), finding.line, wrong ? "wrong: " : "", finding.text);
  }

 private:
  void print(const ChannelVerdict& verdict) override {
    std::cout << fmt::format("{}:{}: {}", file(), verdict.line, in_words(verdict));
  }
};

/// The base name; the whole path for a second file of that name.
std::string name_of(const std::string& path, std::set<std::string>& names) {
  auto name = std::filesystem::path(path).filename().string();
  return names.insert(name).second ? name : path;
}

}  // namespace

int run_verify(const VerifyCommand& command, DiagnosticSink& diagnostics) {
  const sessions::VerifyRequest request{.given = given_candidates(command.keys),
                                        .derivations = derivations_of(command.keys)};
  // A file that is not there is told before anything is printed.
  for (const auto& path : command.logs) static_cast<void>(sessions::open_log(path));
  JsonPrinter json;
  TextPrinter text;
  Printer& printer = command.format == "json" ? static_cast<Printer&>(json) : text;
  std::set<std::string> names;
  std::vector<std::string> without_channel;
  bool all_read = true;
  printer.begin_all();
  for (const auto& path : command.logs) {
    const auto name = name_of(path, names);
    const auto before = printer.channels();
    printer.begin(name);
    const auto summary = sessions::verify_log(path, request, printer);
    printer.end();
    std::cout.flush();
    if (const auto note = log_note(name, summary)) diagnostics.print(*note);
    if (printer.channels() == before) without_channel.push_back(name);
    all_read = all_read && summary.exchanges > 0;
  }
  printer.end_all();
  std::cout.flush();
  for (const auto& name : without_channel) diagnostics.print(no_initialize_update(name));
  return all_read && printer.all_right() ? 0 : 1;
}

}  // namespace gpsh::interpreter
