// SPDX-License-Identifier: Apache-2.0
#include "sessions/teach_aes.h"

#include <algorithm>

#include "gp/crypto.h"
#include "gp/secure_messaging.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kLabelBytes = 11;
constexpr std::uint8_t kExternalAuthenticate = 0x82;

std::string chain_words(const gp::AesBlock& chain) {
  return chain == gp::AesBlock{} ? "zeros, before the first C-MAC" : "the whole C-MAC before, 16 bytes";
}

}  // namespace

Bytes command_mac_header(const CommandApdu& wire, MacHeader header, std::size_t mac_bytes) {
  const bool modified = header == MacHeader::modified;
  Bytes bytes = {modified ? gp::mac_class(wire.cla) : gp::plain_class(wire.cla), wire.ins, wire.p1, wire.p2};
  gp::append_lc(bytes, wire.data.size() - (modified ? 0 : mac_bytes));
  return bytes;
}

std::vector<StepValue> derivation_input(const gp::Scp03Derivation& derivation, std::uint8_t counter) {
  const auto bits = derivation.bytes * 8;
  return {{.name = "label", .bytes = Bytes(kLabelBytes)},
          {.name = "derivation constant", .bytes = {static_cast<std::uint8_t>(derivation.constant)}},
          {.name = "separator", .bytes = {0x00}},
          {.name = "L",
           .bytes = {static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)},
           .words = std::to_string(bits) + " bits"},
          {.name = "counter", .bytes = {counter}}};
}

CryptoStep cryptogram_step(const gp::Scp03Derivation& derivation, ByteView result, ByteView logged) {
  const bool card = derivation.constant == gp::DerivationConstant::card_cryptogram;
  CryptoStep step{.name = card ? "card cryptogram" : "host cryptogram",
                  .method = std::string("the first bytes of CMAC under S-MAC (AmdD sections 4.1.5 and ") +
                            (card ? "6.2.2.2)" : "6.2.2.3)")};
  auto input = derivation_input(derivation, 1);
  const auto half = derivation.context.size() / 2;
  input.push_back({.name = "host challenge", .bytes = to_bytes(derivation.context.first(half))});
  input.push_back({.name = "card challenge", .bytes = to_bytes(derivation.context.subspan(half))});
  step.values.push_back(step_input(std::move(input)));
  append_result(step, result, logged);
  return step;
}

CryptoStep command_mac_step(const CommandMacFacts& facts) {
  CryptoStep step{.name = "C-MAC", .method = "CMAC under S-MAC (AmdD section 6.2.4)"};
  const auto header = command_mac_header(facts.wire, facts.header, facts.mac_bytes);
  const auto body = ByteView(facts.wire.data).first(facts.wire.data.size() - facts.mac_bytes);
  const bool opens = facts.wire.ins == kExternalAuthenticate;
  step.values.push_back(step_input(
      {{.name = "MAC chaining value", .bytes = to_bytes(facts.chain), .words = chain_words(facts.chain)},
       {.name = "header", .bytes = to_bytes(ByteView(header).first(4))},
       {.name = "Lc", .bytes = to_bytes(ByteView(header).subspan(4))},
       {.name = opens ? "host cryptogram" : "data as it is sent",
        .bytes = to_bytes(body),
        .whose = opens ? Whose::protocol : Whose::application}}));
  append_result(step, facts.result, ByteView(facts.wire.data).last(facts.mac_bytes));
  return step;
}

CryptoStep decryption_step(const DecryptionFacts& facts) {
  const bool response = facts.counter.front() == 0x80;
  CryptoStep step{
      .name = response ? "R-ENCRYPTION" : "C-DECRYPTION",
      .method = std::string("AES in CBC mode under S-ENC (AmdD section ") + (response ? "6.2.7)" : "6.2.6)")};
  step.values.push_back(
      {.name = "counter block",
       .bytes = to_bytes(facts.counter),
       .words = response ? "80, and the number of the command" : "the number of the command"});
  step.values.push_back(
      {.name = "ICV", .bytes = to_bytes(facts.start), .words = "the counter block, encrypted under S-ENC"});
  step.values.push_back(
      {.name = "encrypted data", .bytes = to_bytes(facts.data), .whose = Whose::application});
  const auto plain = gp::without_pad80(facts.padded).value_or(facts.padded);
  step.values.push_back(
      step_input({{.name = "data", .bytes = to_bytes(plain), .whose = Whose::application},
                  {.name = "padding", .bytes = to_bytes(facts.padded.subspan(plain.size()))}},
                 "decrypted"));
  return step;
}

CryptoStep response_mac_step(const ResponseMacFacts& facts) {
  CryptoStep step{.name = "R-MAC", .method = "CMAC under S-RMAC (AmdD section 6.2.5)"};
  step.values.push_back(
      step_input({{.name = "MAC chaining value",
                   .bytes = to_bytes(facts.chain),
                   .words = "the whole C-MAC of the command"},
                  {.name = "data as it is sent", .bytes = to_bytes(facts.data), .whose = Whose::application},
                  {.name = "status word", .bytes = {facts.sw.sw1(), facts.sw.sw2()}}}));
  append_result(step, facts.result, facts.mac);
  return step;
}

}  // namespace gpsh::sessions
