// SPDX-License-Identifier: Apache-2.0
// A script that is killed at every point of opening a channel, and what its ledger on disk says afterwards.
#include <gmock/gmock.h>

#include <csignal>

#include "tests/interpreter/script_run.h"
#include "tests/sessions/ledger_fixture.h"
#include "virtualcard/profile.h"
#include "virtualcard/virtual_reader.h"

namespace gpsh::test {
namespace {

using testing::ElementsAreArray;
using testing::IsEmpty;

constexpr std::size_t kNever = 1000;

/// Which exchange the process does not outlive, the first is 0, and whether the card still gets it.
struct Death {
  std::size_t exchange = kNever;
  bool card_gets_it = false;
};

/// The virtual card, listening at the door.
class DeadlyAccess final : public CardAccess {
 public:
  DeadlyAccess(std::string_view profile, Death death)
      : reader_(virtualcard::load_profile(profile), challenges_), death_(death) {}

  void establish_context() override { reader_.establish_context(); }
  void release_context() override { reader_.release_context(); }
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override { return reader_.list_readers(); }
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                    Observer& observer) override {
    return std::make_unique<DeadlyConnection>(*this, reader_.connect(request, observer));
  }
  /// The instruction bytes that went out.
  [[nodiscard]] const Bytes& instructions() const { return instructions_; }

 private:
  class DeadlyConnection final : public Connection {
   public:
    DeadlyConnection(DeadlyAccess& access, std::unique_ptr<Connection> card)
        : access_(access), card_(std::move(card)) {}
    Bytes transmit(ByteView apdu) override {
      const bool last = access_.instructions_.size() == access_.death_.exchange;
      access_.instructions_.push_back(apdu[1]);
      if (last && !access_.death_.card_gets_it) raise(SIGKILL);
      auto response = card_->transmit(apdu);
      if (last) raise(SIGKILL);
      return response;
    }
    void reset() override { card_->reset(); }
    [[nodiscard]] ConnectionInfo describe() const override { return card_->describe(); }

   private:
    DeadlyAccess& access_;
    std::unique_ptr<Connection> card_;
  };

  virtualcard::SystemRandom challenges_;
  virtualcard::VirtualReader reader_;
  Death death_;
  Bytes instructions_;
};

/// A script, what it sends, and between which exchanges the attempt is open.
struct Conversation {
  std::string name{};
  std::string profile{};
  std::string open_sc{};
  Bytes instructions{};
  std::size_t authentication = 0;  ///< the exchange before which the attempt is on disk
  std::size_t acceptance = 0;      ///< the exchange after which it is not
};

constexpr auto kKeys =
    " -enc_key 404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F -kek_key "
    "404142434445464748494A4B4C4D4E4F";

std::vector<Conversation> conversations() {
  return {{.name = "scp02",
           .profile = "scp02-i55",
           .open_sc = "open_sc -security 1",
           .instructions = hex("A4CA5082F2"),
           .authentication = 2,
           .acceptance = 3},
          {.name = "scp03",
           .profile = "scp03-i70",
           .open_sc = "open_sc -security 3 -scp 3 -scpimpl 0x70",
           .instructions = hex("A45082F2"),
           .authentication = 1,
           .acceptance = 2},
          {.name = "implicit",
           .profile = "generic-scp02-i1a",
           .open_sc = "open_sc -security 1 -scp 2 -scpimpl 0x1A",
           .instructions = hex("A4CAF2"),
           .authentication = 2,
           .acceptance = 2}};
}

// GoogleTest destroys it through its base.
class KilledOpening : public sessions::LedgerStoreTest,  // NOLINT(cppcoreguidelines-virtual-class-destructor)
                      public testing::WithParamInterface<Conversation> {
 protected:
  [[nodiscard]] static std::string script() {
    return "mode_211\nestablish_context\ncard_connect\nselect\n" + GetParam().open_sc + kKeys +
           "\nget_status -element 80\n";
  }
  /// What was sent.
  Bytes run(Death death, int exit_code = 0) {
    DeadlyAccess access(GetParam().profile, death);
    sessions::LedgerStore ledger(path);
    const auto finished = run_text(script(), access, {.ledger = &ledger});
    EXPECT_EQ(finished.exit_code, exit_code) << finished.err;
    return access.instructions();
  }
  void run_and_die(Death death) {
    const auto child = start([&] {
      static_cast<void>(run(death));
      return 0;
    });
    ASSERT_EQ(wait_for(child), -SIGKILL);
  }
};

TEST_P(KilledOpening, LosesNoCountedAttempt) {
  const auto& conversation = GetParam();
  ASSERT_THAT(run({}), ElementsAreArray(conversation.instructions));
  ASSERT_EQ(open_count(), 0U);
  for (std::size_t exchange = 0; exchange < conversation.instructions.size(); ++exchange) {
    for (const bool card_gets_it : {false, true}) {
      SCOPED_TRACE("exchange " + std::to_string(exchange) + (card_gets_it ? " answered" : " not sent"));
      run_and_die({.exchange = exchange, .card_gets_it = card_gets_it});
      const bool under_way = conversation.authentication <= exchange && exchange <= conversation.acceptance;
      EXPECT_EQ(open_count(), under_way ? 1U : 0U);
      static_cast<void>(sessions::LedgerStore(path).clear_all());
    }
  }
}

TEST_P(KilledOpening, LosesNoEarlierAttempt) {
  const auto& conversation = GetParam();
  run_and_die({.exchange = conversation.authentication});
  // GET DATA 9F7F comes before the authentication now.
  for (std::size_t exchange = 0; exchange <= conversation.acceptance + 1; ++exchange) {
    SCOPED_TRACE("exchange " + std::to_string(exchange));
    run_and_die({.exchange = exchange, .card_gets_it = true});
    const auto open = sessions::LedgerStore(path).open_attempts();
    EXPECT_EQ(open.size(), exchange > conversation.authentication ? 2U : 1U);
    if (open.size() == 2) static_cast<void>(sessions::LedgerStore(path).clear(open.back().id));
  }
}

TEST_P(KilledOpening, ThreeDeathsAreThreeFailures) {
  const auto& conversation = GetParam();
  run_and_die({.exchange = conversation.authentication, .card_gets_it = true});
  // The identity is read first now.
  for (int death = 0; death < 2; ++death) {
    run_and_die({.exchange = conversation.authentication + 1, .card_gets_it = true});
  }
  ASSERT_EQ(open_count(), 3U);
  for (const auto instruction : run({}, 1)) {
    EXPECT_TRUE(instruction == 0xA4 || instruction == 0xCA) << to_hex(instruction);
  }
}

INSTANTIATE_TEST_SUITE_P(Conversations, KilledOpening, testing::ValuesIn(conversations()),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace gpsh::test
