// SPDX-License-Identifier: Apache-2.0
// What each protocol costs the host to wrap a full command, against the bare Botan calls for the same bytes.
#include "tests/bench/channel_case.h"

namespace gpsh::bench {
namespace {

constexpr double kAtMost = 1.25;
constexpr std::size_t kDataBytes = 239;
constexpr std::size_t kDataBytesOfS16 = 223;  // what fits at every level
constexpr std::size_t kHeaderBytes = 5;
constexpr std::uint8_t kEncrypted = 0x02;

std::size_t data_bytes(const Case& channel) {
  return channel.s16() ? kDataBytesOfS16 : kDataBytes;
}

void wrap(benchmark::State& state, const Case& channel) {
  auto protocol = Started(channel).opened();
  const CommandApdu load{.cla = 0x80, .ins = 0xE8, .data = Bytes(data_bytes(channel), 0x5A), .le = 256};
  std::visit(
      [&](auto& each) {
        for (auto _ : state) benchmark::DoNotOptimize(each.wrap(load));
      },
      protocol);
}

/// CMAC over chaining value, header and data as sent; the start of the encryption is a block of its own.
void bare_scp03(benchmark::State& state, const Case& channel) {
  const auto cipher = cipher_with(channel.aes(), key_of(channel));
  const auto mac = mac_with("CMAC(" + channel.aes() + ")", key_of(channel));
  const bool encrypts = (channel.level & kEncrypted) != 0;
  const auto sent = encrypts ? padded(data_bytes(channel), 16) : data_bytes(channel);
  Bytes data(16 + kHeaderBytes + sent, 0x5A);
  Bytes out(16);
  for (auto _ : state) {
    if (encrypts) encrypt_chained(*cipher, data, 16 + sent);
    mac->update(data.data(), data.size());
    mac->final(out.data());
    benchmark::DoNotOptimize(data.data());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
}

/// SCP01: triple DES over all of it; SCP02: the retail MAC.
void bare_des(benchmark::State& state, const Case& channel) {
  const auto cipher = cipher_with("TripleDES", key_of(channel));
  const auto mac = mac_with("X9.19-MAC", key_of(channel));
  const auto encrypted = padded(kDataBytes, 8);
  const auto macced = padded(kHeaderBytes + kDataBytes, 8);
  Bytes data(macced, 0x5A);
  Bytes out(8);
  for (auto _ : state) {
    if ((channel.level & kEncrypted) != 0) encrypt_chained(*cipher, data, encrypted);
    if (channel.protocol == 1) {
      encrypt_chained(*cipher, data, macced);
    } else {
      mac->update(data.data(), macced);
      mac->final(out.data());
    }
    benchmark::DoNotOptimize(data.data());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
}

void bare(benchmark::State& state, const Case& channel) {
  if (channel.protocol == 3) {
    bare_scp03(state, channel);
  } else {
    bare_des(state, channel);
  }
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using gpsh::bench::Case;
  const std::vector<Case> cases{
      {.name = "wrap SCP01 level 01", .protocol = 1, .i = 0x15, .level = 0x01},
      {.name = "wrap SCP01 level 03", .protocol = 1, .i = 0x15, .level = 0x03},
      {.name = "wrap SCP02 level 01", .protocol = 2, .i = 0x15, .level = 0x01},
      {.name = "wrap SCP02 level 03", .protocol = 2, .i = 0x15, .level = 0x03},
      {.name = "wrap SCP02 level 11", .protocol = 2, .i = 0x35, .level = 0x11},
      {.name = "wrap SCP02 level 13", .protocol = 2, .i = 0x35, .level = 0x13},
      {.name = "wrap SCP03 level 01", .protocol = 3, .i = 0x70, .level = 0x01},
      {.name = "wrap SCP03 level 03", .protocol = 3, .i = 0x70, .level = 0x03},
      {.name = "wrap SCP03 level 11", .protocol = 3, .i = 0x70, .level = 0x11},
      {.name = "wrap SCP03 level 13", .protocol = 3, .i = 0x70, .level = 0x13},
      {.name = "wrap SCP03 level 33", .protocol = 3, .i = 0x70, .level = 0x33},
      {.name = "wrap SCP03 S16 AES-256 level 33", .protocol = 3, .i = 0x71, .level = 0x33, .key_bytes = 32}};
  gpsh::bench::compare(cases, gpsh::bench::wrap, gpsh::bench::bare,
                       {.argc = argc, .argv = argv, .at_most = gpsh::bench::kAtMost});
}
