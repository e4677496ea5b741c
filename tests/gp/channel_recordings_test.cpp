// SPDX-License-Identifier: Apache-2.0
// Recomputes the secure channels of other programs' logs and compares with what an independent implementation
// found.
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "gp/secure_channel.h"

#include "tests/gp/session_log.h"
#include "tests/support/test_data.h"
#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

using test::LogExchange;
using test::SessionLog;

constexpr auto kDefaultKey = "404142434445464748494A4B4C4D4E4F";
constexpr auto kGemXpressoKey = "47454D5850524553534F53414D504C45";

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

/// VISA2 diversification as GPShell does it in open_sc: bytes 0, 1 and 4 to 7 of the diversification data.
Secret visa2(const Secret& master, ByteView data, std::uint8_t number) {
  const auto card = concat({data.first(2), data.subspan(4, 4)});
  const Bytes left = {0xF0, number};
  const Bytes right = {0x0F, number};
  return TripleDes(master).derive_key(Chaining::ecb, concat({card, left, card, right}));
}

KeySet keys_of(const SessionLog& log, const std::string& name, const InitializeUpdateResponse& answer) {
  if (name == "log") {
    return {log.key_after({"-enc_key ", "EncKey"}), log.key_after({"-mac_key ", "MacKey"}),
            log.key_after({"-kek_key "})};
  }
  const auto base = key(name.starts_with("gemxpresso") ? kGemXpressoKey : kDefaultKey);
  if (!name.ends_with("+visa2")) return {base.clone(), base.clone(), base.clone()};
  const auto& data = answer.diversification_data;
  return {visa2(base, data, 1), visa2(base, data, 2), visa2(base, data, 3)};
}

InitializeUpdateResponse answer_of(const LogExchange& exchange) {
  const std::set<std::size_t> known = {28, 29, 32, 45, 48};
  const ByteView response = exchange.response;
  const auto size = known.contains(response.size()) ? response.size() : response.size() - 2;
  return InitializeUpdateResponse::parse(response.first(size));
}

/// The plain command inside a wrapped one, found with the session keys and not through the protocol classes.
class Recovery {
 public:
  explicit Recovery(const ProtocolStart& start) : protocol_(start.answer.protocol), level_(start.level) {
    const auto& challenge = start.answer.card_challenge;
    if (protocol_ == 3) {
      aes_.emplace(Scp03::session_keys(start.keys, start.host_challenge, challenge).enc);
      mac_bytes_ = Scp03::mac_bytes(start.i);
      return;
    }
    const auto keys = protocol_ == 1 ? Scp01::session_keys(start.keys, start.host_challenge, challenge)
                                     : Scp02::session_keys(start.keys, ByteView(challenge).first(2));
    triple_des_.emplace(keys.enc);
  }

  CommandApdu plain(const CommandApdu& wire) {
    counter_.advance();
    auto plain = wire;
    plain.cla = static_cast<std::uint8_t>(wire.cla & ~0x04);
    plain.data.resize(wire.data.size() - mac_bytes_);
    if (!level_.c_decryption() || plain.data.empty()) return plain;
    if (protocol_ == 3) {
      const auto start = aes_->encrypt_block(counter_.command_block());
      plain.data = unpadded(aes_->cbc_decrypt(start, plain.data));
      return plain;
    }
    const auto decrypted = triple_des_->cbc_decrypt(Bytes(8), plain.data);
    plain.data =
        protocol_ == 1 ? to_bytes(ByteView(decrypted).subspan(1, decrypted.at(0))) : unpadded(decrypted);
    return plain;
  }

 private:
  static Bytes unpadded(ByteView data) {
    const auto plain = without_pad80(data);
    return plain ? to_bytes(*plain) : Bytes();
  }

  std::uint8_t protocol_;
  SecurityLevel level_;
  std::size_t mac_bytes_ = 8;
  std::optional<Aes> aes_;
  std::optional<TripleDes> triple_des_;
  EncryptionCounter counter_;
};

SecureChannel::Protocols start_protocol(const ProtocolStart& start) {
  if (start.answer.protocol == 1) return Scp01(start);
  if (start.answer.protocol == 2) return Scp02(start);
  return Scp03(start);
}

struct Counts {
  int commands = 0;
  int responses = 0;
  int decrypted = 0;

  friend auto operator<=>(const Counts&, const Counts&) = default;  // NOLINT(modernize-use-nullptr)
};

/// One session under one variant: gpsh's own wire, or empty data encrypted as some programs do.
class Recomputation {
 public:
  Recomputation(ProtocolStart start, EmptyData empty_data)
      : recovery_(start), level_(start.level), protocol_(variant(start, empty_data)) {}

  bool card_cryptogram_fits() const {
    return std::visit([](const auto& each) { return each.card_cryptogram_fits(); }, protocol_);
  }
  Bytes external_authenticate() {
    return std::visit([](auto& each) { return each.external_authenticate(); }, protocol_).encode();
  }
  void take(const LogExchange& exchange) {
    const auto wire = CommandApdu::parse(exchange.wire);
    const auto plain = recovery_.plain(wire);
    if (!exchange.plain.empty() && exchange.plain != exchange.wire && plain.cla == exchange.plain.at(0)) {
      EXPECT_EQ(to_hex(plain.encode()), to_hex(CommandApdu::parse(exchange.plain).encode()));
    }
    try {
      const auto ours = std::visit([&](auto& each) { return each.wrap(plain); }, protocol_);
      if (ours == wire) ++counts.commands;
      if (ours == wire && !exchange.response.empty()) take_response(exchange);
    } catch (const Error&) {
      return;  // the other variant goes on
    }
  }

  Counts counts;

 private:
  static SecureChannel::Protocols variant(ProtocolStart start, EmptyData empty_data) {
    start.empty_data = empty_data;
    return start_protocol(start);
  }
  void take_response(const LogExchange& exchange) {
    const auto response = ResponseApdu::parse(exchange.response);
    const auto plain = std::visit([&](auto& each) { return each.unwrap(response); }, protocol_);
    const auto proof = std::visit([](const auto& each) { return each.response_proof(); }, protocol_);
    if (proof != ResponseProof::verified) return;
    ++counts.responses;
    if (level_.r_encryption() && !plain.data.empty()) ++counts.decrypted;
    if (!exchange.unwrapped.empty() && exchange.unwrapped != exchange.response) {
      EXPECT_EQ(to_hex(plain.encode()), to_hex(exchange.unwrapped));
    }
  }

  Recovery recovery_;
  SecurityLevel level_;
  SecureChannel::Protocols protocol_;
};

bool is(const LogExchange& exchange, std::uint8_t ins) {
  return exchange.wire.size() >= 13 && exchange.wire[1] == ins;
}

bool expects_response_mac(const LogExchange& exchange) {
  if (exchange.response.size() < 2) return false;
  const auto sw = ResponseApdu::parse(exchange.response).sw;
  return sw.ok() || sw.warning();
}

using Position = std::vector<LogExchange>::const_iterator;

std::uint8_t byte_of(const nlohmann::json& value, std::uint8_t otherwise) {
  return value.is_null() ? otherwise : hex(value.get<std::string>()).at(0);
}

/// What both variants make of the commands after EXTERNAL AUTHENTICATE, and what there is to verify.
struct Outcome {
  Counts total;
  Counts clear;
  Counts encrypted;
};

Outcome recompute(const SessionLog& log, Position authenticate, Recomputation& clear,
                  Recomputation& encrypted) {
  Outcome outcome;
  auto sent = CommandApdu::parse(authenticate->wire);
  sent.le.reset();
  EXPECT_EQ(to_hex(clear.external_authenticate()), to_hex(sent.encode()));
  EXPECT_EQ(to_hex(encrypted.external_authenticate()), to_hex(sent.encode()));
  for (auto command = std::next(authenticate); command != log.exchanges().end() && !is(*command, 0x50);
       ++command) {
    if ((command->wire.at(0) & 0x04) == 0 || command->wire.at(1) == 0x82) continue;
    ++outcome.total.commands;
    if (expects_response_mac(*command)) ++outcome.total.responses;
    clear.take(*command);
    encrypted.take(*command);
  }
  outcome.clear = clear.counts;
  outcome.encrypted = encrypted.counts;
  return outcome;
}

/// Checks the session whose INITIALIZE UPDATE stands at `at`; gives what it took for empty data.
std::optional<Outcome> check_session(const SessionLog& log, Position at, const nlohmann::json& expected) {
  const auto lc = at->wire.at(4);
  const auto challenge = to_bytes(ByteView(at->wire).subspan(5, lc));
  const auto answer = answer_of(*at);
  EXPECT_EQ(to_hex(answer.key_version), expected["key_version"].get<std::string>());
  EXPECT_EQ("SCP0" + std::to_string(answer.protocol), expected["protocol"].get<std::string>());
  const auto keys = keys_of(log, expected["keys"], answer);
  const std::uint8_t usual = answer.protocol == 1 ? 0x05 : 0x15;
  const ProtocolStart start{.keys = keys,
                            .answer = answer,
                            .host_challenge = challenge,
                            .i = answer.i.value_or(byte_of(expected["i"], usual)),
                            .level = SecurityLevel(byte_of(expected["level"], 0x00))};
  Recomputation clear(start, EmptyData::clear);
  Recomputation encrypted(start, EmptyData::encrypted);
  EXPECT_EQ(clear.card_cryptogram_fits(), expected["card_cryptogram_ok"].get<bool>());
  if (!expected["external_authenticate_mac_ok"].get<bool>()) return std::nullopt;
  const auto outcome = recompute(log, std::next(at), clear, encrypted);
  const auto best = std::max(outcome.clear, outcome.encrypted);
  EXPECT_EQ(outcome.total.commands, expected["commands"]["total"].get<int>());
  EXPECT_EQ(best.commands, expected["commands"]["verified"].get<int>());
  EXPECT_EQ(best.decrypted, expected["decrypted_responses"].get<int>());
  if (start.level.r_mac()) {
    EXPECT_EQ(outcome.total.responses, expected["responses"]["total"].get<int>());
    EXPECT_EQ(best.responses, expected["responses"]["verified"].get<int>());
  }
  return outcome;
}

TEST(ChannelRecordings, GiveWhatAnIndependentImplementationFound) {
  const auto list = test::outside_file("recordings/expected.json");
  if (!list) GTEST_SKIP() << "the recordings are not there: set GPSH_TEST_DATA";
  std::map<std::string, int> sessions;
  std::set<std::string> with_empty_data_encrypted;
  const auto files = nlohmann::json::parse(test::read_file(*list));
  for (const auto& [file, expected] : files.items()) {
    SCOPED_TRACE(file);
    const SessionLog log(test::outside_file("recordings/" + file).value());
    auto at = log.exchanges().cbegin();
    for (const auto& session : expected) {
      at = std::find_if(at, log.exchanges().cend(), [](const LogExchange& exchange) {
        return is(exchange, 0x50) && exchange.response.size() >= 28;
      });
      ASSERT_NE(at, log.exchanges().cend()) << "no INITIALIZE UPDATE found";
      const auto outcome = check_session(log, at, session);
      if (outcome && outcome->encrypted > outcome->clear) with_empty_data_encrypted.insert(file);
      ++sessions[session["protocol"]];
      ++at;
    }
  }
  EXPECT_EQ(sessions, (std::map<std::string, int>{{"SCP01", 5}, {"SCP02", 16}, {"SCP03", 24}}));
  EXPECT_TRUE(with_empty_data_encrypted.contains("vec-yubico-scp03-i60-level33-empty-data-encrypted.log"));
}

}  // namespace
}  // namespace gpsh::gp
