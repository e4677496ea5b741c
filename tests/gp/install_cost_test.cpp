// SPDX-License-Identifier: Apache-2.0
// What an install costs on the wire is the least the channel allows.
#include <gtest/gtest.h>

#include "gp/content.h"
#include "gp/load.h"
#include "tests/gp/channel_vectors.h"
#include "tests/support/collecting_observer.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kLoadFile = 30192;

/// Answers 9000 to everything.
class WillingCard final : public Connection {
 public:
  Bytes transmit(ByteView) override { return hex("9000"); }
  void reset() override {}
  [[nodiscard]] ConnectionInfo describe() const override { return {.reader = "willing", .atr = {}}; }
};

struct Level {
  std::string name;
  std::uint8_t level;
  std::size_t block;  ///< most plain data of an APDU
};

/// Bytes of a command whose data are encrypted: header, padded data, C-MAC, Le.
std::size_t wrapped_bytes(std::size_t plain, std::uint8_t level, std::size_t le) {
  const auto data = level == 3 ? (plain / 16 + 1) * 16 : plain;
  return 5 + data + 8 + le;
}

class InstallCost : public testing::TestWithParam<Level> {};

TEST_P(InstallCost, IsTheLeastPossible) {
  WillingCard card;
  test::CollectingObserver observer;
  FixedRandom random(hex("0001020304050607"));
  CardSession session(card, observer, random, Wire::gpsh);
  const VectorSession vector(test::read_vectors("tests/data/scp03.vec").at(3));
  const auto level = GetParam().level;
  session.open_channel(
      {{.protocol = 3, .i = 0x70, .level = SecurityLevel(level)}, opened<Scp03>(vector.start(0x70, level))});
  const auto aid = Aid::from_bytes(hex("D0D1D2D3D4D501"));
  install_for_load(session, {.package = aid, .security_domain = aid, .limits = {.code = kLoadFile}});
  load(session, {.load_file = Bytes(kLoadFile)});
  const auto applets = 2U;
  for (unsigned applet = 0; applet < applets; ++applet) {
    install_for_install_and_make_selectable(session, {.package = aid, .module = aid, .instance = aid});
  }
  const auto stream = kLoadFile + 4;  // C4 82 75 F0
  const auto blocks = (stream + GetParam().block - 1) / GetParam().block;
  const auto cost = session.wire_cost();
  EXPECT_EQ(cost.apdus, blocks + 1 + applets);
  const auto last = stream - (blocks - 1) * GetParam().block;
  const auto for_load = wrapped_bytes(8 + 8 + 1 + 7 + 1, level, 1);
  const auto for_install = wrapped_bytes(3 * 8 + 2 + 3 + 1, level, 1);
  EXPECT_EQ(cost.sent, for_load + (blocks - 1) * wrapped_bytes(GetParam().block, level, 0) +
                           wrapped_bytes(last, level, 1) + applets * for_install);
  EXPECT_EQ(cost.received, 2 * cost.apdus);
}

INSTANTIATE_TEST_SUITE_P(Scp03, InstallCost,
                         testing::Values(Level{"CMac", 0x01, 247}, Level{"CMacAndEncryption", 0x03, 239}),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace gpsh::gp
