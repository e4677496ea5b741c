// SPDX-License-Identifier: Apache-2.0
#include "gp/load.h"

#include <gmock/gmock.h>

#include "gp/package_installation.h"
#include "tests/gp/channel_vectors.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;

class LoadTest : public SessionTest {
 protected:
  using SessionTest::SessionTest;
  void open_scp03(std::uint8_t level) {
    const VectorSession vector(test::read_vectors("tests/data/scp03.vec").at(3));
    session.open_channel({{.protocol = 3, .i = 0x70, .level = SecurityLevel(level)},
                          opened<Scp03>(vector.start(0x70, level))});
  }
  /// How many LOADs a file takes, and that each answers.
  void expect_blocks(std::size_t file_bytes, std::size_t block_bytes) {
    Bytes header{0xC4};
    header.push_back(0x82);
    append(header, {static_cast<std::uint8_t>(file_bytes >> 8), static_cast<std::uint8_t>(file_bytes)});
    const auto all = concat({header, Bytes(file_bytes, 0xA5)});
    for (std::size_t at = 0, number = 0; at < all.size(); at += block_bytes, ++number) {
      const auto block = ByteView(all).subspan(at, std::min(block_bytes, all.size() - at));
      const bool last = at + block_bytes >= all.size();
      card.expect((last ? "80E880" : "80E800") + to_hex(static_cast<std::uint8_t>(number)) +
                      to_hex(static_cast<std::uint8_t>(block.size())) + to_hex(block) + (last ? "00" : ""),
                  last ? "009000" : "9000");
    }
  }
};

TEST_F(LoadTest, OneBlockIsTheLast) {
  card.expect("80E8800005 C403010203 00", "009000");
  EXPECT_FALSE(load(session, {.load_file = hex("010203")}));
}

TEST_F(LoadTest, BlocksAreFilledAndCounted) {
  expect_blocks(600, 255);
  load(session, {.load_file = Bytes(600, 0xA5)});
}

TEST_F(LoadTest, AFileThatEndsWithABlock) {
  expect_blocks(2 * 255 - 4, 255);
  load(session, {.load_file = Bytes(2 * 255 - 4, 0xA5)});
}

TEST_F(LoadTest, SmallerBlocksWhereAskedFor) {
  expect_blocks(600, 100);
  load(session, {.load_file = Bytes(600, 0xA5), .block_bytes = 100});
}

TEST_F(LoadTest, LargerBlocksThanTheChannelCarriesAreNotMade) {
  session.set_selection({.fci = hex("6F06 A504 9F650180")});
  expect_blocks(600, 128);
  load(session, {.load_file = Bytes(600, 0xA5), .block_bytes = 250});
}

TEST_F(LoadTest, TheCostIsTheLeastPossible) {
  EXPECT_EQ(load_block_count(session, 30192), 119U);
  open_scp03(3);
  // 30,192 bytes and C4 82 75 F0, in blocks of 239.
  EXPECT_EQ(load_block_count(session, 30192), (30192U + 4 + 238) / 239);
  EXPECT_EQ(load_block_count(session, 30192, 231), 131U);
}

class LoadOnGpshellsWire : public LoadTest {
 protected:
  LoadOnGpshellsWire() : LoadTest(Wire::gpshell) {}
};

// Reference section 4.7.
TEST_F(LoadOnGpshellsWire, BlocksAreShorterWhereScp03Encrypts) {
  EXPECT_EQ(load_block_count(session, 2310 - 4), (2310U + 254) / 255);
  open_scp03(1);
  EXPECT_EQ(load_block_count(session, 2470 - 4), 10U);
  open_scp03(3);
  EXPECT_EQ(load_block_count(session, 2310 - 4), 10U);
  EXPECT_EQ(load_block_count(session, 2311 - 4), 11U);
}

TEST_F(LoadTest, ProgressIsToldAfterEachBlock) {
  expect_blocks(300, 255);
  std::vector<std::size_t> told;
  load(session,
       {.load_file = Bytes(300, 0xA5), .progress = [&](const LoadProgress& progress) {
          told.insert(told.end(), {progress.blocks, progress.all_blocks, progress.bytes, progress.all_bytes});
        }});
  EXPECT_THAT(told, ElementsAre(1, 2, 255, 304, 2, 2, 304, 304));
}

TEST_F(LoadTest, ARefusedBlockEndsIt) {
  card.expect("80E8000064C482012C" + to_hex(Bytes(96, 0xA5)), "6A84");
  const auto error =
      thrown_error([&] { return load(session, {.load_file = Bytes(300, 0xA5), .block_bytes = 100}); });
  EXPECT_EQ(error.message, "LOAD was refused: 6A84, not enough memory on the card");
}

TEST_F(LoadTest, MoreThan256BlocksAreNotBegun) {
  const LoadRequest request{.load_file = Bytes(2600), .block_bytes = 10};
  const auto error = thrown_error([&] { return load(session, request); });
  EXPECT_EQ(error.code, "load-file-too-long");
  EXPECT_EQ(error.message,
            "the load file has 2600 bytes; in blocks of 10 bytes LOAD carries less, as it counts to 256");
  EXPECT_NO_THROW(require_loadable(session, {.load_file = Bytes(2556), .block_bytes = 10}));
  EXPECT_EQ(thrown_error([&] {
              require_loadable(session, {.load_file = Bytes(65536)});
              return 0;
            }).code,
            "load-file-too-long");
}

Aid aid(std::string_view text) {
  return Aid::from_bytes(hex(text)).value();
}

CapFile file_with(std::vector<Aid> applets) {
  return {.package = CapPackage{.aid = aid("F0000000010001"), .major = 1, .minor = 0},
          .applets = std::move(applets)};
}

const Aid kFirst = aid("F000000001000101");
const Aid kSecond = aid("F000000001000102");
const Aid kOther = aid("F0000000020002");

TEST(PackageInstallation, EveryAppletOfTheFile) {
  const auto plan = plan_installation(file_with({kFirst, kSecond}), {});
  EXPECT_EQ(plan.package, aid("F0000000010001"));
  EXPECT_THAT(plan.instances, ElementsAre(AppletInstance{kFirst, kFirst}, AppletInstance{kSecond, kSecond}));
}

TEST(PackageInstallation, ANamedModuleOrInstanceIsTheOnlyOne) {
  const auto file = file_with({kFirst, kSecond});
  EXPECT_THAT(plan_installation(file, {.module = kSecond}).instances,
              ElementsAre(AppletInstance{kSecond, kSecond}));
  EXPECT_THAT(plan_installation(file, {.instance = kOther}).instances,
              ElementsAre(AppletInstance{kFirst, kOther}));
  const auto both = plan_installation(file, {.package = kOther, .module = kSecond, .instance = kOther});
  EXPECT_EQ(both.package, kOther);
  EXPECT_THAT(both.instances, ElementsAre(AppletInstance{kSecond, kOther}));
}

TEST(PackageInstallation, ALibraryIsOnlyLoaded) {
  EXPECT_TRUE(plan_installation(file_with({}), {}).instances.empty());
  const auto error = thrown_error([] { return plan_installation(file_with({}), {.instance = kOther}); });
  EXPECT_EQ(error.code, "aid-missing");
  EXPECT_EQ(error.message, "-instAID names an instance, but the package is a library: it has no applet");
}

TEST(PackageInstallation, AFileThatSaysNothingNeedsBothAids) {
  const auto error = thrown_error([] { return plan_installation({}, {.package = kOther}); });
  EXPECT_EQ(error.message, "the load file is not of Java Card, so it does not say its package and applets");
  EXPECT_EQ(plan_installation({}, {.package = kOther, .module = kFirst}).package, kOther);
}

}  // namespace
}  // namespace gpsh::gp
