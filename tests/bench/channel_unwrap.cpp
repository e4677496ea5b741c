// SPDX-License-Identifier: Apache-2.0
// What each protocol costs the host to verify and decrypt a full response, against the bare Botan calls for
// the same bytes.
#include "tests/bench/channel_case.h"

namespace gpsh::bench {
namespace {

constexpr double kAtMost = 1.25;
constexpr std::size_t kDataBytes = 239;
constexpr std::size_t kDataBytesOfS16 = 223;  // leaves room for the longer R-MAC
constexpr std::uint8_t kEncrypted = 0x20;
constexpr benchmark::IterationCount kResponses = 20000;

std::size_t data_bytes(const Case& channel) {
  return channel.s16() ? kDataBytesOfS16 : kDataBytes;
}

/// The card's answers to the same command again and again: each R-MAC starts the next.
std::vector<ResponseApdu> scp02_responses(const Started& started, const CommandApdu& command, Bytes chain) {
  const auto counter = ByteView(started.answer().card_challenge).first(2);
  gp::RetailMac mac(gp::Scp02::response_mac_key(started.keys(), counter));
  const Bytes data(kDataBytes, 0x5A);
  Bytes input{command.cla, command.ins, command.p1, command.p2, 0x00, kDataBytes};
  append(input, data);
  append(input, {0x90, 0x00});
  gp::append_pad80(input, 8);
  std::vector<ResponseApdu> responses;
  for (benchmark::IterationCount n = 0; n < kResponses; ++n) {
    chain = mac.compute(chain, input);
    responses.push_back({.data = concat({data, chain}), .sw = StatusWord(0x9000)});
  }
  return responses;
}

void unwrap_scp02(benchmark::State& state, const Case& channel) {
  const Started started(channel);
  auto protocol = started.protocol();
  auto& scp02 = std::get<gp::Scp02>(protocol);
  const auto authenticate = scp02.external_authenticate();
  const CommandApdu get_data{.cla = 0x80, .ins = 0xCA, .p1 = 0x00, .p2 = 0x45, .le = 256};
  static_cast<void>(scp02.wrap(get_data));
  const auto responses = scp02_responses(started, get_data, to_bytes(ByteView(authenticate.data).last(8)));
  auto next = responses.begin();
  for (auto _ : state) benchmark::DoNotOptimize(scp02.unwrap(*next++));
}

/// The answer to EXTERNAL AUTHENTICATE's successor, as far as the R-MAC knows one: no command is wrapped
/// between.
ResponseApdu scp03_response(const Started& started, const Case& channel, const CommandApdu& authenticate) {
  const auto keys =
      gp::Scp03::session_keys(started.keys(), started.host_challenge(), started.answer().card_challenge);
  const auto cryptogram = ByteView(authenticate.data).first(channel.mac_bytes());
  const Bytes header{0x84, 0x82, channel.level, 0x00, static_cast<std::uint8_t>(2 * channel.mac_bytes())};
  const auto chain = gp::Cmac(keys.mac).compute({gp::AesBlock{}, header, cryptogram});
  ResponseApdu response{.data = Bytes(data_bytes(channel), 0x5A), .sw = StatusWord(0x9000)};
  if ((channel.level & kEncrypted) != 0) {
    const gp::Aes cipher(keys.enc);
    gp::append_pad80(response.data, 16);
    cipher.cbc_encrypt_in_place(cipher.encrypt_block({0x80}), response.data);
  }
  const auto mac = gp::Cmac(keys.response_mac).compute({chain, response.data, Bytes{0x90, 0x00}});
  append(response.data, ByteView(mac).first(channel.mac_bytes()));
  return response;
}

void unwrap_scp03(benchmark::State& state, const Case& channel) {
  const Started started(channel);
  auto protocol = started.protocol();
  auto& scp03 = std::get<gp::Scp03>(protocol);
  const auto response = scp03_response(started, channel, scp03.external_authenticate());
  for (auto _ : state) benchmark::DoNotOptimize(scp03.unwrap(response));
}

void unwrap(benchmark::State& state, const Case& channel) {
  if (channel.protocol == 3) {
    unwrap_scp03(state, channel);
  } else {
    unwrap_scp02(state, channel);
  }
}

void bare(benchmark::State& state, const Case& channel) {
  const bool scp03 = channel.protocol == 3;
  const bool encrypted = scp03 && (channel.level & kEncrypted) != 0;
  const auto cipher = cipher_with(scp03 ? channel.aes() : "TripleDES", key_of(channel));
  const auto mac = mac_with(scp03 ? "CMAC(" + channel.aes() + ")" : "X9.19-MAC", key_of(channel));
  const auto sent = encrypted ? padded(data_bytes(channel), 16) : data_bytes(channel);
  // SCP03: chaining value, data, status word. SCP02: header and two lengths about the data.
  const Bytes data(scp03 ? 16 + sent + 2 : padded(6 + sent + 2, 8), 0x5A);
  Bytes plain(sent);
  Bytes out(16);
  Bytes start(16);
  for (auto _ : state) {
    mac->update(data.data(), data.size());
    mac->final(out.data());
    if (encrypted) {
      cipher->encrypt(start.data());
      decrypt_chained(*cipher, data, plain, sent);
    }
    benchmark::DoNotOptimize(out.data());
    benchmark::DoNotOptimize(plain.data());
    benchmark::ClobberMemory();
  }
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using gpsh::bench::Case;
  const std::vector<Case> cases{{.name = "unwrap SCP02 level 11", .protocol = 2, .i = 0x35, .level = 0x11},
                                {.name = "unwrap SCP02 level 13", .protocol = 2, .i = 0x35, .level = 0x13},
                                {.name = "unwrap SCP03 level 11", .protocol = 3, .i = 0x70, .level = 0x11},
                                {.name = "unwrap SCP03 level 13", .protocol = 3, .i = 0x70, .level = 0x13},
                                {.name = "unwrap SCP03 level 33", .protocol = 3, .i = 0x70, .level = 0x33},
                                {.name = "unwrap SCP03 S16 AES-256 level 33",
                                 .protocol = 3,
                                 .i = 0x71,
                                 .level = 0x33,
                                 .key_bytes = 32}};
  gpsh::bench::compare(
      cases, gpsh::bench::unwrap, gpsh::bench::bare,
      {.argc = argc, .argv = argv, .at_most = gpsh::bench::kAtMost, .iterations = gpsh::bench::kResponses});
}
