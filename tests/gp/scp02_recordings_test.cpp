// SPDX-License-Identifier: Apache-2.0
// Recomputes the SCP02 sessions of other programs' logs and compares with what an independent implementation
// found.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "gp/scp02.h"

#include "tests/support/test_data.h"
#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

struct LogExchange {
  Bytes plain;  ///< empty where the log does not show it
  Bytes wire;
  Bytes response;
};

struct Log {
  std::vector<LogExchange> exchanges;
  std::vector<std::string> lines;  ///< wrapped ones joined
};

bool hex_digit(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0 &&
         std::islower(static_cast<unsigned char>(c)) == 0;
}

/// A line that begins with hex digits alone is the rest of the line before it.
std::vector<std::string> joined_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream source(text);
  for (std::string line; std::getline(source, line);) {
    if (line.ends_with('\r')) line.pop_back();
    const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(line, hex_digit) - line.begin());
    const bool continues = digits >= 4 && (digits == line.size() || line.substr(digits).starts_with(" -"));
    if (continues && !lines.empty()) {
      lines.back() += line;
    } else {
      lines.push_back(line);
    }
  }
  return lines;
}

/// The bytes of a line that starts in one of these ways.
std::optional<Bytes> bytes_after(const std::string& line, std::initializer_list<std::string_view> starts) {
  for (const auto start : starts) {
    if (!line.starts_with(start)) continue;
    auto rest = line.substr(start.size());
    if (const auto bracket = rest.rfind(')'); bracket != std::string::npos) rest.erase(0, bracket + 1);
    std::erase(rest, ' ');
    return from_hex(rest);
  }
  return std::nullopt;
}

Log read_log(const std::filesystem::path& path) {
  Log log{.exchanges = {}, .lines = joined_lines(test::read_file(path))};
  auto& exchanges = log.exchanges;
  for (const auto& line : log.lines) {
    if (auto plain = bytes_after(line, {"Command --> ", "Command -> "})) {
      exchanges.push_back({.plain = *plain, .wire = *plain, .response = {}});
    } else if (auto wrapped = bytes_after(line, {"Wrapped command --> ", "Wrapped command -> "})) {
      const bool shown = !exchanges.empty() && !exchanges.back().plain.empty() &&
                         exchanges.back().plain == exchanges.back().wire && exchanges.back().response.empty();
      if (!shown) exchanges.emplace_back();
      exchanges.back().wire = *wrapped;
    } else if (auto sent = bytes_after(line, {"A>> T=1 ", "-> ", "> ", "DEBUG: Command APDU: "})) {
      exchanges.push_back({.plain = {}, .wire = *sent, .response = {}});
    } else if (auto got = bytes_after(
                   line, {"Response <-- ", "Response <- ", "A<< ", "<- ", "< ", "DEBUG: Response APDU: "})) {
      if (!exchanges.empty()) exchanges.back().response = *got;
    }
  }
  return log;
}

Secret logged_key(const Log& log, const std::string& option) {
  for (const auto& line : log.lines) {
    const auto at = line.find(option + " ");
    if (at == std::string::npos) continue;
    if (auto key = Secret::from_hex(line.substr(at + option.size() + 1, 32))) return std::move(*key);
  }
  return {};
}

KeySet keys_of(const Log& log, const std::string& name) {
  if (name == "log") {
    return {logged_key(log, "-enc_key"), logged_key(log, "-mac_key"), logged_key(log, "-kek_key")};
  }
  const auto key = Secret::from_hex("404142434445464748494A4B4C4D4E4F").value();
  return {key.clone(), key.clone(), key.clone()};
}

bool is(const LogExchange& exchange, std::uint8_t ins) {
  return exchange.wire.size() >= 13 && exchange.wire[1] == ins;
}

/// An open session of a log, recomputed command by command.
class Recomputation {
 public:
  explicit Recomputation(const ProtocolStart& start)
      : keys_(Scp02::session_keys(start.keys, ByteView(start.answer.card_challenge).first(2))),
        level_(start.level),
        gpsh_(with(start, Wire::gpsh)),
        gpshell_(with(start, Wire::gpshell)) {}

  bool card_cryptogram_fits() const { return gpsh_.card_cryptogram_fits(); }
  Bytes external_authenticate() {
    static_cast<void>(gpshell_.external_authenticate());
    return gpsh_.external_authenticate().encode();
  }
  /// The plain command, recovered from the wire, gives the same wire bytes on one of the two wires.
  bool verifies(const LogExchange& exchange) {
    const auto wire = CommandApdu::parse(exchange.wire);
    const auto plain = recover(wire);
    const auto ours = gpsh_.wrap(plain);
    const auto theirs = gpshell_.wrap(plain);
    if (!exchange.plain.empty() && exchange.plain != exchange.wire) {
      EXPECT_EQ(to_hex(plain.encode()), to_hex(CommandApdu::parse(exchange.plain).encode()));
    }
    return wire == ours || wire == theirs;
  }

 private:
  static ProtocolStart with(ProtocolStart start, Wire wire) {
    start.wire = wire;
    return start;
  }
  CommandApdu recover(const CommandApdu& wire) const {
    auto plain = wire;
    plain.cla = static_cast<std::uint8_t>(wire.cla & ~0x04);
    plain.data.resize(wire.data.size() - 8);
    if (!level_.c_decryption() || plain.data.empty()) return plain;
    plain.data = TripleDes(keys_.enc).cbc_decrypt(Bytes(8), plain.data);
    while (plain.data.back() == 0x00) plain.data.pop_back();
    plain.data.pop_back();
    return plain;
  }

  KeySet keys_;
  SecurityLevel level_;
  Scp02 gpsh_;
  Scp02 gpshell_;
};

using Position = std::vector<LogExchange>::const_iterator;

/// Checks the session whose INITIALIZE UPDATE stands at `at`.
void check_session(const Log& log, Position at, const nlohmann::json& expected) {
  const auto challenge = to_bytes(ByteView(at->wire).subspan(5, 8));
  const auto answer = InitializeUpdateResponse::parse(ByteView(at->response).first(28));
  EXPECT_EQ(to_hex(answer.key_version), expected["key_version"].get<std::string>());
  const auto keys = keys_of(log, expected["keys"]);
  const auto level = expected["level"].is_null() ? hex("00") : hex(expected["level"].get<std::string>());
  Recomputation session({.keys = keys,
                         .answer = answer,
                         .host_challenge = challenge,
                         .i = 0x15,
                         .level = SecurityLevel(level.at(0))});
  EXPECT_EQ(session.card_cryptogram_fits(), expected["card_cryptogram_ok"].get<bool>());
  if (!expected["external_authenticate_mac_ok"].get<bool>()) return;
  const auto authenticate = std::next(at);
  auto sent = CommandApdu::parse(authenticate->wire);
  sent.le.reset();
  EXPECT_EQ(to_hex(session.external_authenticate()), to_hex(sent.encode()));
  int total = 0;
  int verified = 0;
  for (auto command = std::next(authenticate); command != log.exchanges.end() && !is(*command, 0x50);
       ++command) {
    if ((command->wire.at(0) & 0x04) == 0 || command->wire.at(1) == 0x82) continue;
    ++total;
    if (session.verifies(*command)) ++verified;
  }
  EXPECT_EQ(total, expected["commands"]["total"].get<int>());
  EXPECT_EQ(verified, expected["commands"]["verified"].get<int>());
}

TEST(Scp02Recordings, GiveWhatAnIndependentImplementationFound) {
  const auto list = test::outside_file("recordings/expected.json");
  if (!list) GTEST_SKIP() << "the recordings are not there: set GPSH_TEST_DATA";
  int sessions = 0;
  const auto files = nlohmann::json::parse(test::read_file(*list));
  for (const auto& [file, expected] : files.items()) {
    SCOPED_TRACE(file);
    const auto log = read_log(test::outside_file("recordings/" + file).value());
    auto at = log.exchanges.cbegin();
    for (const auto& session : expected) {
      at = std::find_if(at, log.exchanges.cend(), [](const LogExchange& exchange) {
        return is(exchange, 0x50) && exchange.response.size() >= 28;
      });
      if (session["protocol"] != "SCP02") break;
      ASSERT_NE(at, log.exchanges.cend()) << "no INITIALIZE UPDATE found";
      check_session(log, at, session);
      ++at;
      ++sessions;
    }
  }
  EXPECT_EQ(sessions, 16);
}

}  // namespace
}  // namespace gpsh::gp
