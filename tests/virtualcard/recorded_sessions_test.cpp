// SPDX-License-Identifier: Apache-2.0
// Real sessions of other tools, played to a card whose counter and challenge are those of the recording.
#include <gtest/gtest.h>

#include <memory>
#include <ostream>

#include "tests/virtualcard/fixed_random.h"
#include "tests/virtualcard/recorded_exchanges.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::test {
namespace {

constexpr std::string_view kPublicKey = "404142434445464748494A4B4C4D4E4F";

struct Recording {
  const char* file;
  std::string_view enc = kPublicKey;
  std::string_view mac = kPublicKey;
  std::size_t commands = 0;  ///< with a C-MAC after EXTERNAL AUTHENTICATE, as expected.json counts them

  friend std::ostream& operator<<(std::ostream& out, const Recording& recording) {
    return out << recording.file;
  }
};

/// A card that will answer this INITIALIZE UPDATE as recorded.
class RecordedCard {
 public:
  RecordedCard(const Recording& recording, const RecordedExchange& initialize_update)
      : random_(to_hex(ByteView(initialize_update.response).subspan(14, 6))),
        card_(profile(recording, initialize_update), random_) {}

  std::string send(ByteView command) { return to_hex(card_.transmit(command)); }
  [[nodiscard]] const virtualcard::CardState& state() const { return card_.state(); }

 private:
  static virtualcard::Profile profile(const Recording& recording, const RecordedExchange& initialize_update) {
    auto made = virtualcard::load_profile("generic-scp02");
    ByteReader reader(initialize_update.response, "recorded response");
    made.diversification_data = to_bytes(reader.take(10));
    const auto key_version = reader.u8();
    reader.u8();
    auto& keys = made.card.issuer_security_domain.domain.key_sets.front();
    keys.version = key_version;
    keys.enc = virtualcard::make_key(hex(recording.enc));
    keys.mac = virtualcard::make_key(hex(recording.mac));
    keys.sequence_counter = reader.u16();
    return made;
  }

  FixedRandom random_;
  virtualcard::VirtualCard card_;
};

class RecordedSessions : public testing::TestWithParam<Recording> {};

TEST_P(RecordedSessions, EveryMacIsAccepted) {
  const auto path = outside_file("recordings/" + std::string(GetParam().file));
  if (!path) GTEST_SKIP() << "the recordings are not there: set GPSH_TEST_DATA";
  std::unique_ptr<RecordedCard> card;
  std::size_t protected_commands = 0;
  for (auto& [command, response] : read_exchanges(*path)) {
    const auto instruction = command.at(1);
    if (instruction == 0x50) {
      card = std::make_unique<RecordedCard>(GetParam(), RecordedExchange{command, response});
      command.at(2) = 0x00;  // the test suite of pySim asks for another version than its answer has
      EXPECT_EQ(card->send(command), to_hex(response));
    } else if (card != nullptr && instruction == 0x82) {
      EXPECT_EQ(card->send(command), "9000");
    } else if (card != nullptr && (command.front() & 0x7F) == 0x04) {
      ++protected_commands;
      EXPECT_NE(card->send(command), "6982") << "command " << to_hex(command);
    }
  }
  EXPECT_EQ(protected_commands, GetParam().commands);
}

// The load file is the project's own HelloWorld, which generic-scp02 has too: it is deleted, loaded and
// installed again. The recorded card had no applet to delete.
TEST(RecordedInstall, TheCardFollowsEveryStep) {
  const Recording recording{.file = "vec-kaoh-scp02-install-mac-enc.log"};
  const auto path = outside_file("recordings/" + std::string(recording.file));
  if (!path) GTEST_SKIP() << "the recordings are not there: set GPSH_TEST_DATA";
  const auto exchanges = read_exchanges(*path);
  RecordedCard card(recording, exchanges.at(0));
  std::vector<std::string> answers;
  for (const auto& exchange : exchanges) answers.push_back(card.send(exchange.command));
  answers.erase(answers.begin(), answers.begin() + 2);  // INITIALIZE UPDATE, EXTERNAL AUTHENTICATE
  EXPECT_EQ(answers, std::vector<std::string>(6, "009000"));
  const auto package = *Aid::from_bytes(hex("D0D1D2D3D4D501"));
  const auto applet = *Aid::from_bytes(hex("D0D1D2D3D4D50101"));
  ASSERT_NE(card.state().find_load_file(package), nullptr);
  EXPECT_EQ(to_hex(card.state().find_load_file(package)->version), "0100");
  EXPECT_EQ(card.state().find_load_file(package)->modules, std::vector{applet});
  EXPECT_EQ(card.state().find_load_file(package)->memory.non_volatile, 343U) << "the components' bytes";
  ASSERT_NE(card.state().find_application(applet), nullptr);
  EXPECT_EQ(card.state().find_application(applet)->life_cycle, 0x07);
}

INSTANTIATE_TEST_SUITE_P(
    Scp02, RecordedSessions,
    testing::Values(Recording{.file = "gp-01-scp02-clr-list.log"},
                    Recording{.file = "gp-02-scp02-mac-list.log", .commands = 4},
                    Recording{.file = "gp-03-scp02-enc-list.log", .commands = 4},
                    Recording{.file = "gpshell-01-scp02-i55-level3-install-personalize.log", .commands = 134},
                    Recording{.file = "gpshell-08-scp02-i15-getstatus-e0-6310.log",
                              .enc = "4953445F4F54415F4B5332305F4B4943",
                              .mac = "4953445F4F54415F4B5332305F4B4944",
                              .commands = 4},
                    Recording{.file = "gpshell-14-scp02-i15-jcop31-install-6e00.log", .commands = 2},
                    Recording{.file = "vec-kaoh-scp02-get-status-mac-only.log", .commands = 1},
                    Recording{.file = "vec-kaoh-scp02-install-mac-enc.log", .commands = 6},
                    Recording{.file = "vec-pysim-scp02-i15-level1.log",
                              .enc = "100102030405060708090A0B0C0D0E0F",
                              .mac = "101102030405060708090A0B0C0D0E0F",
                              .commands = 4}));

}  // namespace
}  // namespace gpsh::test
