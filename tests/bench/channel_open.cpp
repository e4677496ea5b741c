// SPDX-License-Identifier: Apache-2.0
// What it costs the host to open a channel once INITIALIZE UPDATE is answered: session keys, card cryptogram
// and EXTERNAL AUTHENTICATE, against the bare Botan calls for its key derivations and MACs.
#include "tests/bench/channel_case.h"

namespace gpsh::bench {
namespace {

constexpr double kAtMost = 1.5;
constexpr std::uint8_t kResponseMac = 0x20;

void open(benchmark::State& state, const Case& channel) {
  const Started started(channel);
  for (auto _ : state) {
    auto protocol = started.protocol();
    std::visit(
        [](auto& each) {
          benchmark::DoNotOptimize(each.card_cryptogram_fits());
          benchmark::DoNotOptimize(each.external_authenticate());
        },
        protocol);
    benchmark::DoNotOptimize(protocol);
  }
}

/// A session key: two blocks under a static key.
Bytes derived(const Bytes& key) {
  Bytes session(16, 0x5A);
  encrypt_chained(*cipher_with("TripleDES", key), session, session.size());
  return session;
}

/// A cryptogram: both challenges and a block of padding.
void cryptogram(const Botan::BlockCipher& cipher) {
  Bytes data(24, 0x5A);
  encrypt_chained(cipher, data, data.size());
  benchmark::DoNotOptimize(data.data());
}

/// ENC and MAC session keys; the DEK stays the static one. The C-MAC is over header, cryptogram and padding.
void bare_scp01(benchmark::State& state, const Case& channel) {
  const auto key = key_of(channel);
  for (auto _ : state) {
    const auto enc = cipher_with("TripleDES", derived(key));
    const auto mac = cipher_with("TripleDES", derived(key));
    benchmark::DoNotOptimize(cipher_with("TripleDES", key));
    for (int n = 0; n < 2; ++n) cryptogram(*enc);
    Bytes macced(16, 0x5A);
    encrypt_chained(*mac, macced, macced.size());
    benchmark::DoNotOptimize(macced.data());
  }
}

/// ENC, MAC and DEK session keys, and that of the R-MAC where i has it.
void bare_scp02(benchmark::State& state, const Case& channel) {
  const auto key = key_of(channel);
  for (auto _ : state) {
    const auto enc = cipher_with("TripleDES", derived(key));
    const auto mac = mac_with("X9.19-MAC", derived(key));
    benchmark::DoNotOptimize(cipher_with("TripleDES", derived(key)));
    if ((channel.i & kResponseMac) != 0) benchmark::DoNotOptimize(mac_with("X9.19-MAC", derived(key)));
    for (int n = 0; n < 2; ++n) cryptogram(*enc);
    const Bytes macced(16, 0x5A);
    Bytes out(8);
    mac->update(macced.data(), macced.size());
    mac->final(out.data());
    benchmark::DoNotOptimize(out.data());
  }
}

/// One derivation of AmdD 1.2 section 4.1.5.
void derive(Botan::MessageAuthenticationCode& mac, const Bytes& input, Bytes& key) {
  for (std::size_t at = 0; at < key.size(); at += 16) {
    mac.update(input.data(), input.size());
    Bytes block(16);
    mac.final(block.data());
    std::copy_n(block.begin(), std::min<std::size_t>(16, key.size() - at),
                key.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

/// S-ENC, S-MAC and S-RMAC, two cryptograms and a C-MAC; the DEK is the static one.
void bare_scp03(benchmark::State& state, const Case& channel) {
  const auto key = key_of(channel);
  const auto cmac = "CMAC(" + channel.aes() + ")";
  const Bytes input(16 + 2 * channel.challenge_bytes(), 0x5A);
  for (auto _ : state) {
    const auto static_enc = mac_with(cmac, key);
    const auto static_mac = mac_with(cmac, key);
    Bytes session(channel.key_bytes);
    derive(*static_enc, input, session);
    benchmark::DoNotOptimize(cipher_with(channel.aes(), session));
    derive(*static_mac, input, session);
    const auto mac = mac_with(cmac, session);
    derive(*static_mac, input, session);
    benchmark::DoNotOptimize(mac_with(cmac, session));
    benchmark::DoNotOptimize(cipher_with(channel.aes(), key));
    Bytes out(16);
    for (int n = 0; n < 2; ++n) derive(*mac, input, out);
    const Bytes macced(16 + 5 + channel.mac_bytes(), 0x5A);
    derive(*mac, macced, out);
    benchmark::DoNotOptimize(out.data());
  }
}

void bare(benchmark::State& state, const Case& channel) {
  switch (channel.protocol) {
    case 1: return bare_scp01(state, channel);
    case 2: return bare_scp02(state, channel);
    default: return bare_scp03(state, channel);
  }
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using gpsh::bench::Case;
  const std::vector<Case> cases{
      {.name = "open SCP01 level 03", .protocol = 1, .i = 0x15, .level = 0x03},
      {.name = "open SCP02 level 03", .protocol = 2, .i = 0x15, .level = 0x03},
      {.name = "open SCP02 level 13", .protocol = 2, .i = 0x35, .level = 0x13},
      {.name = "open SCP03 level 03", .protocol = 3, .i = 0x70, .level = 0x03},
      {.name = "open SCP03 level 33", .protocol = 3, .i = 0x70, .level = 0x33},
      {.name = "open SCP03 S16 AES-256 level 33", .protocol = 3, .i = 0x71, .level = 0x33, .key_bytes = 32}};
  gpsh::bench::compare(cases, gpsh::bench::open, gpsh::bench::bare,
                       {.argc = argc, .argv = argv, .at_most = gpsh::bench::kAtMost});
}
