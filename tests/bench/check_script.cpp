// SPDX-License-Identifier: Apache-2.0
// The whole check of a script of 10,000 lines with its files, against parsing it.
#include "interpreter/check_files.h"
#include "tests/bench/ratio.h"

namespace gpsh::bench {
namespace {

constexpr double kAtMost = 2.0;
constexpr std::size_t kLines = 10000;

/// Lines of every kind, so that every rule has something to look at; files too, the same few again and again.
std::string long_script() {
  constexpr std::array<std::string_view, 10> kBlock = {
      "select -AID A000000003000000 // the issuer security domain",
      "open_sc -security 3 -keyver 0 -mac_key ${KEY} -enc_key ${KEY} -kek_key ${KEY} // default keys",
      "get_status -element 40 -noStop",
      "send_apdu -sc 1 -APDU 80CA9F7F00",
      "install_for_load -pkgAID D0D1D2D3D4D501 -nvCodeLimit 1000 -sdAID A000000003000000",
      "load -file hello.ijc",
      "install_for_install -priv 02 -AID D0D1D2D3D4D50101 -pkgAID D0D1D2D3D4D501 -instAID D0D1D2D3D4D50102",
      "install_for_make_selectable -instAID D0D1D2D3D4D50102 -priv 02",
      "store_data -data 8001020304 -dataFormat 0x10 # gpsh:allow key-in-clear",
      "delete -AID D0D1D2D3D4D50102"};
  std::string text = "mode_211\nestablish_context\ncard_connect\n";
  for (std::size_t i = 0; i < kLines; ++i) text += std::string(kBlock.at(i % kBlock.size())) + "\n";
  return text;
}

std::optional<std::string> environment(const std::string&) {
  return "404142434445464748494A4B4C4D4E4F";
}

/// A raw load file of package D0D1D2D3D4D501 with one applet.
Bytes load_file(const std::string&) {
  auto bytes =
      hex("01 0011 DECAFFED 010204 0201 07 D0D1D2D3D4D501 03 000C 01 08 D0D1D2D3D4D50101 000C 07 7000");
  bytes.resize(bytes.size() + 0x7000);
  return bytes;
}

void parse(benchmark::State& state) {
  const interpreter::Source source("script.txt", long_script());
  for (auto _ : state) benchmark::DoNotOptimize(interpreter::parse(source));
}

void check(benchmark::State& state) {
  const auto text = long_script();
  for (auto _ : state) {
    benchmark::DoNotOptimize(interpreter::check_files(
        interpreter::check(interpreter::Source("script.txt", text), environment,
                           interpreter::Strictness::strict, interpreter::SecretDisplay::masked),
        load_file));
  }
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using namespace gpsh;
  const bench::Limit limit{.unit = benchmark::kMillisecond};
  bench::measure("check", limit, bench::check);
  bench::measure("parse", limit, bench::parse);
  bench::run_all(argc, argv).tell("check", "parse", bench::kAtMost);
}
