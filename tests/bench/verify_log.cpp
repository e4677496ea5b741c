// SPDX-License-Identifier: Apache-2.0
// gpsh verify over a log of LOADs at level 03, against bare hex decoding and the ciphers of the same bytes.
#include <botan/block_cipher.h>
#include <botan/mac.h>

#include <sstream>

#include "sessions/verify.h"
#include "tests/bench/ratio.h"
#include "tests/sessions/channel_log.h"

namespace gpsh::bench {
namespace {

constexpr std::size_t kCommands = 2000;
constexpr std::size_t kDataBytes = 239;
constexpr std::size_t kPaddedBytes = 240;
constexpr std::size_t kMacInputBytes = 248;

std::string log_of(int protocol) {
  test::ChannelLog log({.protocol = protocol, .level = 0x03});
  for (std::size_t n = 0; n < kCommands; ++n) {
    log.command({.cla = 0x80,
                 .ins = 0xE8,
                 .p2 = static_cast<std::uint8_t>(n),
                 .data = Bytes(kDataBytes, static_cast<std::uint8_t>(n))});
  }
  return log.text();
}

class Count final : public sessions::VerifySink {
 public:
  void verdict(const sessions::ChannelVerdict& verdict) override { verified += verdict.commands.verified; }

  std::size_t verified = 0;
};

void verify(benchmark::State& state, const std::string& text) {
  const auto derivations = gp::known_diversifications();
  for (auto _ : state) {
    std::istringstream in(text);
    Count count;
    sessions::verify_log(in, {.derivations = derivations}, count);
    if (count.verified != kCommands) state.SkipWithError("not all commands verified");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

/// CBC decryption, block by block.
void decrypt(const Botan::BlockCipher& cipher, Bytes& data) {
  const auto block = cipher.block_size();
  for (std::size_t at = 0; at + block <= kPaddedBytes; at += block) cipher.decrypt(&data[at]);
}

void bare(benchmark::State& state, const std::string& text, int protocol) {
  const auto key = hex("404142434445464748494A4B4C4D4E4F");
  auto mac = Botan::MessageAuthenticationCode::create_or_throw(protocol == 3 ? "CMAC(AES-128)" : "X9.19-MAC");
  auto cipher = Botan::BlockCipher::create_or_throw(protocol == 3 ? "AES-128" : "TripleDES");
  mac->set_key(key.data(), key.size());
  cipher->set_key(key.data(), key.size());
  Bytes out(16);
  for (auto _ : state) {
    std::string_view rest = text;
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      auto data = from_hex(rest.substr(2, end - 2)).value();
      rest.remove_prefix(end + 1);
      if (data.size() < kMacInputBytes) continue;
      decrypt(*cipher, data);
      mac->update(data.data(), kMacInputBytes);
      mac->final(out.data());
      benchmark::DoNotOptimize(out);
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using namespace gpsh;
  for (const int protocol : {2, 3}) {
    const auto text = bench::log_of(protocol);
    const auto name = "SCP0" + std::to_string(protocol) + " log";
    benchmark::RegisterBenchmark(name.c_str(), [text](auto& state) { bench::verify(state, text); })
        ->Repetitions(5)
        ->ReportAggregatesOnly()
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("bare " + name).c_str(),
                                 [text, protocol](auto& state) { bench::bare(state, text, protocol); })
        ->Repetitions(5)
        ->ReportAggregatesOnly()
        ->Unit(benchmark::kMillisecond);
  }
  const auto report = bench::run_all(argc, argv);
  report.tell("SCP02 log", "bare SCP02 log", 1.25);
  report.tell("SCP03 log", "bare SCP03 log", 3.0);
}
