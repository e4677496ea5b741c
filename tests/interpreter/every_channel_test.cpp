// SPDX-License-Identifier: Apache-2.0
// Host and card, written apart from each other, over every protocol, i and security level.
#include <gtest/gtest.h>

#include <algorithm>

#include "gp/card_data.h"
#include "gp/open_channel.h"
#include "gp/registry.h"
#include "gp/select.h"
#include "tests/support/collecting_observer.h"
#include "tests/support/thrown_error.h"
#include "virtualcard/profile.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::test {
namespace {

constexpr std::uint16_t kStoredObject = 0x0045;

struct Channel {
  int protocol = 2;
  std::uint8_t i = 0;
  std::size_t key_bytes = 16;
};

std::string name_of(const Channel& channel) {
  return "scp0" + std::to_string(channel.protocol) + "_i" + to_hex(channel.i) + "_" +
         std::to_string(channel.key_bytes * 8);
}

/// A whole APDU's worth, as far as the longest channel's response can carry it.
std::string long_object() {
  return to_hex(Bytes(200, 0xA5));
}

Bytes key_bytes(const Channel& channel) {
  auto key = hex("404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F");
  key.resize(channel.key_bytes);
  return key;
}

virtualcard::Profile profile_of(const Channel& channel) {
  const auto key = "\"" + to_hex(key_bytes(channel)) + "\"";
  const auto text = R"({"kind": "profile", "extends": ")" +
                    std::string(channel.protocol == 3 ? "scp03-i70" : "generic-scp02") +
                    R"(", "name": "test", "secure_channel": {"protocol": "SCP0)" +
                    std::to_string(channel.protocol) + R"(", "i": ")" + to_hex(channel.i) +
                    R"("}, "key_sets": [{"version": "01", )" +
                    (channel.protocol == 3 ? R"("type": "AES", )" : "") + R"("enc": )" + key +
                    R"(, "mac": )" + key + R"(, "dek": )" + key +
                    R"(, "sequence_counter": 0}], "data_objects": {"45": ")" + long_object() + R"("}})";
  return virtualcard::parse_profile(text, "test");
}

std::vector<Channel> channels() {
  std::vector<Channel> all{{1, 0x05, 16}, {1, 0x15, 16}};
  for (const unsigned base : {0x04U, 0x05U}) {
    for (unsigned more = 0; more < 8; ++more) {
      all.push_back(
          {2, static_cast<std::uint8_t>(base | (more & 1) << 4 | (more & 2) << 4 | (more & 4) << 4), 16});
    }
  }
  for (const unsigned base : {0x0AU, 0x0BU}) {
    for (unsigned more = 0; more < 4; ++more) {
      all.push_back({2, static_cast<std::uint8_t>(base | (more & 1) << 4 | (more & 2) << 4), 16});
    }
  }
  for (const std::size_t bytes : {16U, 24U, 32U}) {
    for (const unsigned i : {0x00U, 0x10U, 0x20U, 0x30U, 0x60U, 0x70U}) {
      all.push_back({3, static_cast<std::uint8_t>(i), bytes});
      all.push_back({3, static_cast<std::uint8_t>(i | 0x01U), bytes});
    }
  }
  return all;
}

class EveryChannel : public ::testing::TestWithParam<Channel> {
 protected:
  EveryChannel()
      : card_(profile_of(GetParam()), challenges_), session_(card_, observer_, random_, gp::Wire::gpsh) {
    static_cast<void>(gp::select(session_, card_.state().issuer_security_domain.aid));
  }

  [[nodiscard]] bool implicit() const { return GetParam().protocol == 2 && (GetParam().i & 0x04U) == 0; }

  void open(std::uint8_t level) {
    const auto key = gp::Secret::from_bytes(key_bytes(GetParam()));
    gp::OpenRequest request{
        .keys = {.keys = {key.clone(), key.clone(), key.clone()}, .base_key = key.clone()},
        .level = gp::SecurityLevel(level)};
    // What the virtual card announces is found without options, but for what only an option may ask for.
    if (implicit()) {
      request.scp = 2;
      request.scp_impl = GetParam().i;
    }
    gp::open_channel(session_, request);
  }

  [[nodiscard]] bool covered(std::uint8_t level) const {
    const auto i = GetParam().i;
    if (implicit()) return level == 0x01;
    if (level == 0x00 || level == 0x01 || level == 0x03) return true;
    if (GetParam().protocol == 1) return false;
    if (GetParam().protocol == 2) return level != 0x33 && (i & 0x20U) != 0;
    if (level == 0x10) return false;
    return level == 0x33 ? (i & 0x60U) == 0x60 : (i & 0x20U) != 0;
  }

  void work() {
    EXPECT_EQ(gp::get_status(session_, {.element = 0x40}).size(), 1U);
    for (const auto size :
         {std::size_t{0}, std::size_t{1}, session_.max_command_data() - 1, session_.max_command_data()}) {
      const CommandApdu store{.cla = 0x80, .ins = 0xE2, .p1 = 0x80, .data = Bytes(size, 0x5A)};
      EXPECT_TRUE(session_.transmit(store, "STORE DATA").sw.ok()) << size << " bytes";
      if (size > 0) {
        EXPECT_EQ(card_.state().stored_data, store.data) << size << " bytes";
      }
    }
    EXPECT_EQ(to_hex(gp::get_data(session_, kStoredObject)), "4581C8" + long_object());
    const CommandApdu absent{.cla = 0x80, .ins = 0xCA, .p1 = 0x12, .p2 = 0x34, .le = 256};
    EXPECT_EQ(session_.transmit(absent, "GET DATA").sw.text(), "6A88");
    EXPECT_EQ(gp::get_status(session_, {.element = 0x20}).size(), 2U);
  }

  virtualcard::SystemRandom challenges_;
  CollectingObserver observer_;
  gp::SystemRandom random_;
  virtualcard::VirtualCard card_;
  gp::CardSession session_;
};

TEST_P(EveryChannel, OpensAndWorksAtEveryLevelItHas) {
  for (const auto level : hex("00010310111333")) {
    SCOPED_TRACE("level " + to_hex(level));
    if (covered(level)) {
      ASSERT_NO_THROW(open(level));
      work();
    } else {
      const auto refused = thrown_error([&] {
        open(level);
        return 0;
      });
      EXPECT_TRUE(refused.code == "level-not-covered" || refused.code == "channel-option") << refused.message;
      EXPECT_FALSE(session_.channel_open());
    }
  }
}

/// Data that looks like padding at its end, and data that does not.
TEST_P(EveryChannel, CarriesDataOfEveryLength) {
  const auto levels = hex("331303110100");
  const auto level = std::ranges::find_if(levels, [this](std::uint8_t each) { return covered(each); });
  open(*level);
  for (std::size_t size = 1; size <= session_.max_command_data(); ++size) {
    CommandApdu store{.cla = 0x80, .ins = 0xE2, .p1 = 0x80, .data = Bytes(size, 0x00)};
    // No tag is that long, so the card keeps the data as it is.
    std::fill_n(store.data.begin(), std::min<std::size_t>(size, 5), std::uint8_t{0x9F});
    store.data[size / 2] = static_cast<std::uint8_t>(size);
    if (size % 3 == 0) store.data.back() = 0x80;
    ASSERT_TRUE(session_.transmit(store, "STORE DATA").sw.ok()) << size << " bytes";
    ASSERT_EQ(card_.state().stored_data, store.data) << size << " bytes";
  }
}

TEST_P(EveryChannel, AnswersOfACommandThatWasChangedOnTheWayAreNotTaken) {
  open(0x01);
  work();
  // Somebody else's command, or one that never arrived, breaks the chain of both sides.
  EXPECT_EQ(to_hex(card_.transmit(hex("84F28002024F00"))).substr(0, 2), "69");
  const CommandApdu next{.cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256};
  EXPECT_EQ(session_.transmit(next, "GET STATUS").sw.text(), "6982");
}

INSTANTIATE_TEST_SUITE_P(Channels, EveryChannel, ::testing::ValuesIn(channels()),
                         [](const auto& one) { return name_of(one.param); });

}  // namespace
}  // namespace gpsh::test
