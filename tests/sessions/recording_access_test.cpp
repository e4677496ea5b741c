// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_access.h"

#include <functional>
#include <sstream>

#include "tests/support/collecting_observer.h"
#include "tests/support/fault_connection.h"
#include "tests/support/program.h"
#include "tests/support/scripted_connection.h"
#include "tests/support/test_data.h"
#include "tests/support/thrown_error.h"
#include <gmock/gmock.h>

namespace gpsh::sessions {
namespace {

using test::thrown_error;
using ::testing::ElementsAre;

Error no_card() {
  return Error(
      {.kind = ErrorKind::reader, .code = "no-card", .message = "there is no card", .advice = "insert one"});
}

/// One card by heart; a look at the outside world while it thinks.
class LookingCard final : public Connection {
 public:
  LookingCard(test::ScriptedConnection& card, std::function<void()> look)
      : card_(card), look_(std::move(look)) {}
  Bytes transmit(ByteView apdu) override {
    look_();
    return card_.transmit(apdu);
  }
  void reset() override { throw no_card(); }
  void begin_transaction() override { throw no_card(); }
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

 private:
  Connection& card_;
  std::function<void()> look_;
};

class OneCard final : public CardAccess {
 public:
  explicit OneCard(std::function<std::unique_ptr<Connection>()> connect) : connect_(std::move(connect)) {}
  void establish_context() override {}
  void release_context() override { throw no_card(); }
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override {
    return {{.name = "Reader", .atr = hex("3B00")}};
  }
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest&, Observer&) override {
    return connect_();
  }

 private:
  std::function<std::unique_ptr<Connection>()> connect_;
};

class Recorded : public ::testing::Test {
 protected:
  [[nodiscard]] std::string text() const { return test::read_file(folder_.path("a.jsonl")); }

  /// The lines of the file without their check values; the header is left out.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::istringstream in(text());
    std::vector<std::string> all;
    for (std::string line; std::getline(in, line);) all.push_back(line.substr(0, line.find(",\"check\"")));
    if (!all.empty()) all.erase(all.begin());
    return all;
  }

  std::unique_ptr<Connection> connect() { return access_.connect({}, observer_); }

  test::WorkingFolder folder_;
  RecordingFile file_{folder_.path("a.jsonl")};
  RecordingWriter writer_{file_, {.gpsh = "0.1.0", .script = "a.txt", .script_sha256 = "00"}};
  test::ScriptedConnection card_;
  std::function<void()> look_ = [] {};
  OneCard inner_{[this] { return std::make_unique<LookingCard>(card_, [this] { look_(); }); }};
  std::chrono::steady_clock::time_point now_{};
  RecordingAccess access_{inner_, writer_, [this] { return now_; }};
  test::CollectingObserver observer_;
};

TEST_F(Recorded, HeaderWaitsForTheCard) {
  writer_.command_started({.line = 4, .text = "card_connect"});
  EXPECT_EQ(text(), "");
  const auto connection = connect();
  EXPECT_NE(text().find(R"("reader":"Scripted Reader","atr":"3B00","protocol":"T=1")"), std::string::npos);
  EXPECT_THAT(
      lines(),
      ElementsAre(R"({"event":"command","line":4,"text":"card_connect")",
                  R"({"event":"connection","reader":"Scripted Reader","atr":"3B00","protocol":"T=1")"));
}

TEST_F(Recorded, RunWithoutCardHasAHeaderToo) {
  writer_.run_ended(3);
  EXPECT_NE(text().find(R"("reader":null,"atr":null,"protocol":null)"), std::string::npos);
  const auto recording = parse_recording(text(), "a");
  EXPECT_TRUE(recording.complete);
  EXPECT_FALSE(recording.header.card);
}

TEST_F(Recorded, CommandStandsInTheFileBeforeItIsSent) {
  card_.expect("80CA006600", "6A88");
  std::string seen;
  look_ = [&] {
    seen = text();
    now_ += std::chrono::microseconds(1500);
  };
  const auto connection = connect();
  writer_.command(hex("80CA006600"), hex("80CA006600"), Framing::single);
  EXPECT_EQ(to_hex(connection->transmit(hex("80CA006600"))), "6A88");
  EXPECT_TRUE(seen.ends_with(R"({"event":"exchange","plain":"80CA006600","wire":"80CA006600")")) << seen;
  EXPECT_EQ(lines().back(),
            R"({"event":"exchange","plain":"80CA006600","wire":"80CA006600","response":"6A88","us":1500)");
  writer_.run_ended(1);
  EXPECT_TRUE(parse_recording(text(), "a").complete);
}

TEST_F(Recorded, PlainFormIsThatOfTheFirstExchangeOnly) {
  card_.expect("84CA00660800112233", "6103").expect("00C0000003", "0102039000");
  const auto connection = connect();
  writer_.command(hex("80CA006600"), hex("84CA00660800112233"), Framing::single);
  static_cast<void>(connection->transmit(hex("84CA00660800112233")));
  static_cast<void>(connection->transmit(hex("00C0000003")));
  writer_.response(hex("0102039000"), Framing::single);
  writer_.unwrapped(hex("0102039000"));
  writer_.unwrapped(hex("019000"));
  EXPECT_THAT(
      lines(),
      ElementsAre(
          ::testing::_,
          R"({"event":"exchange","plain":"80CA006600","wire":"84CA00660800112233","response":"6103","us":0)",
          R"({"event":"exchange","wire":"00C0000003","response":"0102039000","us":0)",
          R"({"event":"unwrapped","response":"019000")"));
}

TEST_F(Recorded, FailuresAreWrittenDownAndPassOn) {
  const auto connection = connect();
  EXPECT_EQ(thrown_error([&] {
              connection->reset();
              return 0;
            }).code,
            "no-card");
  EXPECT_EQ(thrown_error([&] {
              connection->begin_transaction();
              return 0;
            }).code,
            "no-card");
  EXPECT_EQ(thrown_error([&] {
              access_.release_context();
              return 0;
            }).code,
            "no-card");
  look_ = [] { throw no_card(); };
  EXPECT_EQ(thrown_error([&] { return connection->transmit(hex("80CA006600")); }).code, "no-card");
  const std::string failure =
      R"("failure":{"kind":"reader","code":"no-card","message":"there is no card","advice":"insert one"})";
  EXPECT_THAT(lines(), ElementsAre(::testing::_, R"({"event":"failure","call":"reset",)" + failure,
                                   R"({"event":"failure","call":"transaction",)" + failure,
                                   R"({"event":"failure","call":"release_context",)" + failure,
                                   R"({"event":"exchange","wire":"80CA006600",)" + failure + R"(,"us":0)"));
}

TEST_F(Recorded, ResultsHaveCodeAndStatusWord) {
  const auto connection = connect();
  writer_.command_ended(nullptr);
  const auto refused =
      Error({.kind = ErrorKind::card,
             .code = "card-status",
             .message = "m",
             .exchange = Exchange{.command = "SELECT", .apdu = {}, .sw = StatusWord(0x6A82)}});
  writer_.command_ended(&refused);
  EXPECT_THAT(lines(),
              ElementsAre(::testing::_, R"({"event":"result","status":"ok")",
                          R"({"event":"result","status":"failed","code":"card-status","sw":"6A82")"));
}

std::string plain_kept(std::string_view plain, std::string_view wire) {
  const auto kept = recorded_plain(hex(plain), hex(wire));
  return to_hex(kept.apdus.plain_command) + "+" + std::to_string(kept.hidden);
}

TEST(RecordedPlain, KeysAndPinsStayOut) {
  EXPECT_EQ(plain_kept("80CA006600", "80CA006600"), "80CA006600+0");
  EXPECT_EQ(plain_kept("80D80081020102", "84D800810A01020000000000000000"), "80D80081+2");
  EXPECT_EQ(plain_kept("002000010431323334", "002000010431323334"), "00200001+4");
  EXPECT_EQ(plain_kept("0024000102AABB", "0024000102AABB"), "00240001+2");
  EXPECT_EQ(plain_kept("002C000102AABB", "002C000102AABB"), "002C0001+2");
  EXPECT_EQ(plain_kept("00210001065304 31323334", "00210001065304 31323334"), "00210001+6");
  EXPECT_EQ(plain_kept("00200001", "00200001"), "00200001+0");
}

TEST(RecordedPlain, StoreDataStaysOutWhereItIsEncrypted) {
  EXPECT_EQ(plain_kept("80E2E00002AABB", "80E2E00002AABB"), "80E2E000+2");  // says so itself
  EXPECT_EQ(plain_kept("80E2800002AABB", "84E280000AAABB0000000000000000"), "80E2800002AABB+0");  // C-MAC
  EXPECT_EQ(plain_kept("80E2800002AABB", "84E2800010CC11223344556677889900112233445566"), "80E28000+2");
  EXPECT_EQ(plain_kept("80E2800002AABB", "84"), "80E28000+2");
}

TEST(RecordedPlain, BytesThatAreNoCommandAreKept) {
  EXPECT_EQ(plain_kept("80", "80"), "80+0");
}

TEST(RecordingOnAFullDisk, NothingIsSentAndNothingMoreIsTried) {
  RecordingFile file("/dev/full");
  RecordingWriter writer(file, {.gpsh = "0.1.0"});
  test::ScriptedConnection card;
  OneCard inner([&] { return std::make_unique<test::ScriptedConnection>(card); });
  RecordingAccess access(inner, writer);
  test::CollectingObserver observer;
  EXPECT_EQ(thrown_error([&] { return access.connect({}, observer); }).code, "recording-failed");
  EXPECT_EQ(thrown_error([&] {
              writer.sending(hex("80CA006600"));
              return 0;
            }).code,
            "recording-failed");
  EXPECT_EQ(thrown_error([&] {
              writer.command_ended(nullptr);
              return 0;
            }).code,
            "recording-failed");
}

}  // namespace
}  // namespace gpsh::sessions
