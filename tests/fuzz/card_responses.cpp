// SPDX-License-Identifier: Apache-2.0
// A whole script against a card that answers what the input says: each of its steps lets the virtual card
// answer, or answers instead of it. Whatever comes, no fault of gpsh and no other exception.
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "gp/memory_ledger.h"
#include "interpreter/check.h"
#include "interpreter/execute.h"
#include "tests/virtualcard/fixed_random.h"
#include "virtualcard/profile.h"
#include "virtualcard/virtual_card.h"

namespace {

using namespace gpsh;

constexpr std::string_view kKeys =
    " -enc_key 404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F -kek_key "
    "404142434445464748494A4B4C4D4E4F\n";
constexpr std::string_view kBefore =
    "mode_211\nenable_trace\nestablish_context\ncard_connect\nselect -noStop\n"
    "get_secure_channel_protocol_details -noStop\nopen_sc -noStop -security ";
constexpr std::string_view kAfter =
    "get_status -element 80 -noStop\nget_status -element 10 -noStop\nget_status -element 40 -format 0 "
    "-noStop\n"
    "get_data -identifier 9F7F -noStop\nget_card_recognition_data -noStop\n"
    "get_key_information_templates -noStop\nget_extended_card_resources_information -noStop\n"
    "install_for_load -pkgAID F0000000010001 -noStop\n"
    "install_for_install -pkgAID F0000000010001 -AID F000000001000101 -instAID F000000001000101 -noStop\n"
    "store_data -data 8001020304 -noStop\ndelete -AID F0000000010001 -noStop\n"
    "put_sc_key -newkeyver 2 -keyDerivation visa2 -key 505152535455565758595A5B5C5D5E5F -noStop\n"
    "delete_key -keyver 2 -noStop\nsend_apdu -sc 1 -APDU 80CA9F7F00 -noStop\n"
    "send_apdu -sc 0 -APDU 0084000008 -noStop\nsend_apdu -sc 0 -APDU 80AA0000 -noStop\n";

/// The virtual card, overruled by the input while there is any.
class OverruledCard final : public Connection {
 public:
  OverruledCard(const virtualcard::Profile& profile, virtualcard::RandomSource& random, ByteReader& input)
      : card_(profile, random), input_(input) {}

  Bytes transmit(ByteView apdu) override {
    constexpr std::size_t kLongest = 64;
    auto answer = card_.transmit(apdu);
    if (input_.empty()) return answer;
    const auto step = input_.u8();
    if (step < 0x80) return answer;
    auto bytes = to_bytes(input_.take(std::min<std::size_t>(step % kLongest, input_.remaining())));
    if ((step & 0x40U) != 0) append(bytes, {0x90, 0x00});
    return bytes;
  }
  void reset() override { card_.reset(); }
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

 private:
  virtualcard::VirtualCard card_;
  ByteReader& input_;
};

class OverruledReader final : public CardAccess {
 public:
  OverruledReader(const virtualcard::Profile& profile, ByteReader& input)
      : profile_(profile), input_(input) {}

  void establish_context() override {}
  void release_context() override {}
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override { return {}; }
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest&, Observer&) override {
    return std::make_unique<OverruledCard>(profile_, random_, input_);
  }

 private:
  const virtualcard::Profile& profile_;
  ByteReader& input_;
  test::FixedRandom random_{"5A17C3"};
};

/// A card and the script that suits it.
struct Setting {
  Setting(std::string_view profile_name, std::string_view level)
      : profile(virtualcard::load_profile(profile_name)),
        script(std::string(kBefore) + std::string(level) + std::string(kKeys) + std::string(kAfter)) {}

  [[nodiscard]] interpreter::BoundScript bound() const {
    return interpreter::check(
        interpreter::Source("fuzz", script), [](const std::string&) { return std::nullopt; },
        interpreter::Strictness::strict, interpreter::SecretDisplay::masked);
  }

  virtualcard::Profile profile;
  std::string script;
};

const Setting& setting(std::uint8_t choice) {
  static const std::array<Setting, 5> settings{Setting("generic-scp02", "0"), Setting("generic-scp02", "3"),
                                               Setting("scp02-rmac", "19"), Setting("scp03-i70", "51"),
                                               Setting("t0-card", "1")};
  return settings.at(choice % settings.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpsh::interpreter;
  if (size == 0) return 0;
  ByteReader input(ByteView(data, size), "fuzz input");
  const auto& chosen = setting(input.u8());
  OverruledReader reader(chosen.profile, input);
  std::ostringstream out;
  std::ostringstream err;
  Output output(out);
  DiagnosticSink diagnostics(err, Colour::off);
  gp::FixedRandom random(hex("0001020304050607"));
  gp::MemoryLedger ledger;
  RunEnvironment environment{.access = reader, .random = random, .output = output, .ledger = &ledger};
  const auto code = execute(chosen.bound(), environment, diagnostics);
  if (code <= 3) return 0;
  std::cerr << out.str() << err.str() << "exit code " << code << '\n';
  std::abort();
}
