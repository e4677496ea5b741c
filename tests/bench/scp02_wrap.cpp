// SPDX-License-Identifier: Apache-2.0
// What SCP02 costs the host for an APDU of 200 data bytes, against the bare Botan calls for the same bytes.
#include <botan/block_cipher.h>
#include <botan/mac.h>

#include <array>

#include "gp/scp02.h"
#include "tests/bench/ratio.h"

namespace gpsh::bench {
namespace {

constexpr std::size_t kDataBytes = 200;
constexpr std::size_t kMacBytes = 208;  // header, Lc, data and padding

// The session of recording seed-04.
gp::Scp02 opened(gp::SecurityLevel level) {
  const auto key = gp::Secret::from_bytes(hex("404142434445464748494A4B4C4D4E4F"));
  const gp::KeySet keys{.enc = key.clone(), .mac = key.clone(), .dek = key.clone()};
  const auto answer =
      gp::InitializeUpdateResponse::parse(hex("00001202102560956619FF020002598DD3961BFDCC97F9DF4F2A6CE2"));
  const auto host_challenge = hex("266C8E3C10693905");
  gp::Scp02 channel(
      {.keys = keys, .answer = answer, .host_challenge = host_challenge, .i = 0x15, .level = level});
  static_cast<void>(channel.external_authenticate());
  return channel;
}

void wrap(benchmark::State& state, gp::SecurityLevel level) {
  auto channel = opened(level);
  const CommandApdu load{.cla = 0x80, .ins = 0xE8, .data = Bytes(kDataBytes, 0x5A), .le = 256};
  const ResponseApdu answer{.data = {}, .sw = StatusWord(0x9000)};
  for (auto _ : state) {
    benchmark::DoNotOptimize(channel.wrap(load));
    benchmark::DoNotOptimize(channel.unwrap(answer));
  }
}

/// A retail MAC and, where asked for, the encryption of the data, on buffers that stay.
void bare(benchmark::State& state, gp::SecurityLevel level) {
  const auto key = hex("404142434445464748494A4B4C4D4E4F");
  auto mac = Botan::MessageAuthenticationCode::create_or_throw("X9.19-MAC");
  auto cipher = Botan::BlockCipher::create_or_throw("TripleDES");
  auto icv = Botan::BlockCipher::create_or_throw("DES");
  mac->set_key(key.data(), key.size());
  cipher->set_key(key.data(), key.size());
  icv->set_key(key.data(), 8);
  Bytes data(kMacBytes, 0x5A);
  std::array<std::uint8_t, 8> out{};
  for (auto _ : state) {
    icv->encrypt(out.data());
    mac->update(data.data(), data.size());
    mac->final(out.data());
    if (level.c_decryption()) {
      for (std::size_t at = 8; at < data.size(); at += 8) {
        for (std::size_t i = 0; i < 8; ++i) data[at + i] ^= data[at + i - 8];
        cipher->encrypt(&data[at]);
      }
    }
    benchmark::DoNotOptimize(out);
  }
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using namespace gpsh;
  for (const auto& [name, level] :
       {std::pair("level 1", gp::SecurityLevel(0x01)), std::pair("level 3", gp::SecurityLevel(0x03))}) {
    for (const auto& [what, run] :
         {std::pair("SCP02 ", &bench::wrap), std::pair("bare ciphers, ", &bench::bare)}) {
      benchmark::RegisterBenchmark((std::string(what) + name).c_str(), *run, level)
          ->Repetitions(5)
          ->ReportAggregatesOnly();
    }
  }
  const auto report = bench::run_all(argc, argv);
  report.tell("SCP02 level 1", "bare ciphers, level 1", 1.25);
  report.tell("SCP02 level 3", "bare ciphers, level 3", 1.25);
}
