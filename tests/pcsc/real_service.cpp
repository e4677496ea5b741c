// SPDX-License-Identifier: Apache-2.0
// PcscAccess against a running PC/SC service; with_pcscd.sh starts one and runs this.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "core/error.h"
#include "pcsc/codes.h"
#include "pcsc/context.h"
#include "pcsc/pcsc_access.h"
#include "pcsc/system_api.h"
#include "tests/pcsc/vpcd_card.h"
#include "tests/support/collecting_observer.h"

namespace gpsh::pcsc {
namespace {

const std::string kReader = "Virtual PCD 00 00";
// T0 announces TD1 alone, which offers T=1 only; and the shortest ATR, whose card speaks T=0.
const Bytes kAtrT1 = hex("3B 80 01 81");
const Bytes kAtrT0 = hex("3B 00");
constexpr auto kPatience = std::chrono::seconds(10);

ConnectRequest to_reader(std::optional<TransmissionProtocol> protocol = {}) {
  return {.reader = kReader, .reader_number = {}, .protocol = protocol};
}

/// Repeats the command behind its own status word, so that a test sees what the card got.
Bytes echo(ByteView command) {
  return concat({command, hex("9000")});
}

class RealService : public testing::Test {
 protected:
  void insert(const Bytes& atr, test::VpcdCard::Answer answer = echo) {
    card_ = std::make_unique<test::VpcdCard>(atr, std::move(answer));
    ASSERT_TRUE(await_atr(atr)) << "the reader does not show the card";
  }
  void TearDown() override {
    card_.reset();
    EXPECT_TRUE(await_atr({})) << "the reader still shows the card";
  }
  /// Looks again and again, but not for ever.
  static bool await(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
  }
  /// Until the reader shows this ATR; empty: until it shows no card.
  bool await_atr(const Bytes& atr) {
    return await([&] { return access_.list_readers().at(0).atr == atr; });
  }
  std::unique_ptr<Connection> connect(std::optional<TransmissionProtocol> protocol = {}) {
    return access_.connect(to_reader(protocol), observer_);
  }
  template <typename Call>
  ErrorFacts failure_of(Call call) {
    try {
      call();
      return {.message = "no error"};
    } catch (const Error& error) {
      return error.facts();
    }
  }

  test::CollectingObserver observer_;
  PcscAccess access_;
  std::unique_ptr<test::VpcdCard> card_;
};

TEST_F(RealService, ListsItsReaders) {
  const auto readers = access_.list_readers();
  ASSERT_EQ(readers.size(), 2U);
  EXPECT_EQ(readers[0].name, kReader);
  EXPECT_TRUE(readers[0].atr.empty());
  EXPECT_EQ(readers[1].name, "Virtual PCD 00 01");
}

TEST_F(RealService, SaysThatThereIsNoCard) {
  const auto facts = failure_of([&] { connect(); });
  EXPECT_EQ(facts.code, "no-card");
  EXPECT_EQ(facts.message, "Virtual PCD 00 00: no card in the reader");
  EXPECT_EQ(facts.native_code, codes::kNoSmartcard);
}

TEST_F(RealService, SendsApdusOverT1AsTheyAre) {
  insert(kAtrT1);
  const auto connection = connect();
  EXPECT_EQ(connection->describe().protocol, TransmissionProtocol::t1);
  EXPECT_EQ(connection->describe().atr, kAtrT1);
  EXPECT_EQ(to_hex(connection->transmit(hex("00A4040002A00000"))), "00A4040002A000009000");
  EXPECT_TRUE(observer_.remarks.empty());
}

TEST_F(RealService, SendsApdusOverT0WithoutTheirLe) {
  insert(kAtrT0);
  const auto connection = connect(TransmissionProtocol::t0);
  EXPECT_EQ(connection->describe().protocol, TransmissionProtocol::t0);
  EXPECT_EQ(to_hex(connection->transmit(hex("00A4040002A00000"))), "00A4040002A0009000");
  EXPECT_EQ(to_hex(connection->transmit(hex("80F00000"))), "80F000009000");
}

TEST_F(RealService, RefusesAProtocolTheCardDoesNotSpeak) {
  insert(kAtrT1);
  EXPECT_EQ(failure_of([&] { connect(TransmissionProtocol::t0); }).code, "protocol-mismatch-pcsc");
}

TEST_F(RealService, CarriesLongCommandsAndAnswers) {
  insert(kAtrT1, [](ByteView command) {
    Bytes answer(32000, 0x5A);
    append(answer, {0x90, static_cast<std::uint8_t>(command.size() & 0xFF)});
    return answer;
  });
  auto command = hex("80E20000 000FA0");
  command.resize(command.size() + 4000, 0x11);
  append(command, hex("0000"));
  const auto response = connect()->transmit(command);
  ASSERT_EQ(response.size(), 32002U);
  EXPECT_EQ(response[32001], command.size() & 0xFF);
}

TEST_F(RealService, ResetsTheCardAndGoesOn) {
  insert(kAtrT1);
  const auto connection = connect();
  connection->transmit(hex("00A4040000"));
  connection->reset();
  EXPECT_EQ(connection->describe().atr, kAtrT1);
  EXPECT_EQ(to_hex(connection->transmit(hex("80CA006600"))), "80CA0066009000");
}

TEST_F(RealService, SaysThatTheCardWasRemovedBetweenTwoApdus) {
  insert(kAtrT1);
  const auto connection = connect();
  connection->transmit(hex("00A4040000"));
  card_.reset();
  const auto facts = failure_of([&] { connection->transmit(hex("80CA006600")); });
  EXPECT_EQ(facts.kind, ErrorKind::reader);
  EXPECT_EQ(facts.code, "card-removed");
  EXPECT_EQ(facts.message, "Virtual PCD 00 00: the card was removed");
}

TEST_F(RealService, SaysThatTheCardWasRemovedDuringAnApdu) {
  insert(kAtrT1, [](ByteView) { return std::nullopt; });
  auto connection = connect();
  EXPECT_EQ(failure_of([&] { connection->transmit(hex("80CA006600")); }).code, "card-removed");
  connection.reset();
  insert(kAtrT1);
  EXPECT_EQ(to_hex(connect()->transmit(hex("80CA006600"))), "80CA0066009000");
}

TEST_F(RealService, RefusesACardThatAnotherProgramHoldsExclusively) {
  insert(kAtrT1);
  const auto first = connect();
  EXPECT_EQ(failure_of([&] { connect(); }).code, "sharing-violation");
}

/// Another program that shares the card.
class OtherProgram {
 public:
  OtherProgram() {
    const auto answer = system_api().connect(context_.handle(), kReader, {.share = ShareMode::shared});
    EXPECT_EQ(answer.code, codes::kSuccess);
    card_ = answer.value.handle;
  }
  void leave(Disposition disposition) { EXPECT_EQ(system_api().disconnect(card_, disposition), 0U); }

 private:
  Context context_{system_api()};
  CardHandle card_ = 0;
};

TEST_F(RealService, SharesACardAndNoticesItsReset) {
  insert(kAtrT1);
  OtherProgram other;
  const auto connection = connect();
  ASSERT_EQ(observer_.remarks.size(), 1U);
  EXPECT_EQ(observer_.remarks[0].code, "shared-card");
  {
    const Transaction command(connection.get());
    EXPECT_EQ(to_hex(connection->transmit(hex("00A4040000"))), "00A40400009000");
  }
  other.leave(Disposition::reset_card);
  EXPECT_EQ(failure_of([&] { const Transaction command(connection.get()); }).code, "card-reset");
  connection->reset();
  EXPECT_EQ(to_hex(connection->transmit(hex("00A4040000"))), "00A40400009000");
}

TEST_F(RealService, TakesUpASharedCardThatWasResetBeforeItsFirstApdu) {
  insert(kAtrT1);
  OtherProgram other;
  const auto connection = connect();
  other.leave(Disposition::reset_card);
  EXPECT_EQ(to_hex(connection->transmit(hex("00A4040000"))), "00A40400009000");
}

TEST_F(RealService, ResetsTheCardAfterTheConnection) {
  insert(kAtrT1);
  auto connection = connect();
  connection->transmit(hex("00A4040000"));
  const int before = card_->resets();
  connection.reset();
  EXPECT_TRUE(await([&] { return card_->resets() > before; }));
  OtherProgram other;
  other.leave(Disposition::leave_card);
}

TEST_F(RealService, LeavesTheResetToTheServiceWhenTheProgramDies) {
  insert(kAtrT1);
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const auto child = ::fork();
  if (child == 0) {
    PcscAccess access;
    const auto connection = access.connect(to_reader(), observer_);
    connection->transmit(hex("00A4040000"));
    static_cast<void>(::write(ready[1], "", 1));
    ::pause();
  }
  ::close(ready[1]);
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const int before = card_->resets();
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(await([&] { return card_->resets() > before; }));
  ::close(ready[0]);
}

}  // namespace
}  // namespace gpsh::pcsc
