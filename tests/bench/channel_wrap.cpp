// SPDX-License-Identifier: Apache-2.0
// What each protocol costs the host to wrap a full command, against the bare Botan calls for the same bytes.
#include <botan/block_cipher.h>
#include <botan/mac.h>

#include "gp/channel_reading.h"
#include "tests/bench/ratio.h"

namespace gpsh::bench {
namespace {

constexpr std::size_t kDataBytes = 239;
constexpr std::size_t kPaddedBytes = 240;
constexpr std::size_t kMacBytes = 248;  // header, Lc, data and padding

struct Case {
  std::string name;
  std::uint8_t protocol;
  std::uint8_t i;
  std::uint8_t level;
};

gp::InitializeUpdateResponse answer_of(const Case& channel) {
  gp::InitializeUpdateResponse answer{
      .diversification_data = Bytes(10), .key_version = 1, .protocol = channel.protocol};
  if (channel.protocol == 3) answer.i = channel.i;
  answer.card_challenge = Bytes(8, 0x11);
  answer.card_cryptogram = Bytes(8, 0x22);
  return answer;
}

void wrap(benchmark::State& state, const Case& channel) {
  const gp::ChannelKeys keys{.base_key = gp::Secret::from_bytes(hex("404142434445464748494A4B4C4D4E4F"))};
  const auto answer = answer_of(channel);
  const Bytes host_challenge(8, 0x33);
  auto protocol = gp::start_protocol(channel.protocol, channel.i, gp::SecurityLevel(channel.level),
                                     {.keys = keys, .answer = answer, .host_challenge = host_challenge});
  static_cast<void>(std::visit([](auto& each) { return each.external_authenticate(); }, protocol));
  const CommandApdu load{.cla = 0x80, .ins = 0xE8, .data = Bytes(kDataBytes, 0x5A), .le = 256};
  const ResponseApdu done{.data = {}, .sw = StatusWord(0x9000)};
  std::visit(
      [&](auto& each) {
        for (auto _ : state) {
          benchmark::DoNotOptimize(each.wrap(load));
          benchmark::DoNotOptimize(each.unwrap(done));
        }
      },
      protocol);
}

void chain(const Botan::BlockCipher& cipher, Bytes& data, std::size_t bytes) {
  const auto block = cipher.block_size();
  for (std::size_t at = 0; at < bytes; at += block) {
    for (std::size_t i = 0; at > 0 && i < block; ++i) data[at + i] ^= data[at + i - block];
    cipher.encrypt(&data[at]);
  }
}

/// The MAC and, where the level asks for it, the encryption, on buffers that stay.
void bare(benchmark::State& state, const Case& channel) {
  const auto key = hex("404142434445464748494A4B4C4D4E4F");
  const auto* mac_name = channel.protocol == 3 ? "CMAC(AES-128)" : "X9.19-MAC";
  auto mac = Botan::MessageAuthenticationCode::create_or_throw(mac_name);
  auto cipher = Botan::BlockCipher::create_or_throw(channel.protocol == 3 ? "AES-128" : "TripleDES");
  mac->set_key(key.data(), key.size());
  cipher->set_key(key.data(), key.size());
  Bytes data(kMacBytes + 16, 0x5A);
  Bytes out(16);
  for (auto _ : state) {
    if (channel.level == 0x03) chain(*cipher, data, kPaddedBytes);
    if (channel.protocol == 1) {
      chain(*cipher, data, kMacBytes);
    } else {
      mac->update(data.data(), channel.protocol == 3 ? kMacBytes + 16 : kMacBytes);
      mac->final(out.data());
    }
    benchmark::DoNotOptimize(data);
    benchmark::DoNotOptimize(out);
  }
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using gpsh::bench::Case;
  const std::vector<Case> cases{{"SCP01 level 01", 1, 0x15, 0x01}, {"SCP01 level 03", 1, 0x15, 0x03},
                                {"SCP02 level 01", 2, 0x15, 0x01}, {"SCP02 level 03", 2, 0x15, 0x03},
                                {"SCP03 level 01", 3, 0x00, 0x01}, {"SCP03 level 03", 3, 0x00, 0x03}};
  for (const auto& each : cases) {
    benchmark::RegisterBenchmark(each.name.c_str(), gpsh::bench::wrap, each)
        ->Repetitions(5)
        ->ReportAggregatesOnly();
    benchmark::RegisterBenchmark(("bare " + each.name).c_str(), gpsh::bench::bare, each)
        ->Repetitions(5)
        ->ReportAggregatesOnly();
  }
  const auto report = gpsh::bench::run_all(argc, argv);
  for (const auto& each : cases) report.tell(each.name, "bare " + each.name, 1.25);
}
