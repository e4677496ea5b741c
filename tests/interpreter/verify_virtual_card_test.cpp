// SPDX-License-Identifier: Apache-2.0
// gpsh verify over sessions with the virtual card: every protocol and level, R-MAC sessions, implicit
// channels.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gp/card_data.h"
#include "gp/open_channel.h"
#include "gp/r_mac_session.h"
#include "gp/registry.h"
#include "gp/select.h"
#include "sessions/explain.h"
#include "sessions/explain_text.h"
#include "sessions/verify.h"
#include "tests/interpreter/virtual_session_log.h"
#include "tests/support/collecting_observer.h"

namespace gpsh::test {
namespace {

using gp::ResponseProtection;
using sessions::ChannelVerdict;
using sessions::Tally;
using testing::HasSubstr;

const Bytes kKey = hex("404142434445464748494A4B4C4D4E4F");

/// Writes what goes over the wire as a log.
class LoggedCard final : public Connection {
 public:
  explicit LoggedCard(Connection& card) : card_(card) {}

  Bytes transmit(ByteView command) override {
    auto response = card_.transmit(command);
    text += "> " + to_hex(command) + "\n< " + to_hex(response) + "\n";
    return response;
  }
  void reset() override { card_.reset(); }
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

  std::string text;

 private:
  Connection& card_;
};

/// A session with the virtual card that leaves a log.
class LoggedSession {
 public:
  LoggedSession(int protocol, std::uint8_t i)
      : protocol_(protocol),
        i_(i),
        card_(profile_of({.protocol = protocol, .i = i, .enc = kKey}), challenges_),
        logged_(card_),
        session(logged_, observer_, random_, gp::Wire::gpsh) {
    static_cast<void>(gp::select(session, card_.state().issuer_security_domain.aid));
  }

  void open(std::uint8_t level) {
    const auto key = gp::Secret::from_bytes(kKey);
    gp::OpenRequest request{
        .keys = {.keys = {key.clone(), key.clone(), key.clone()}, .base_key = key.clone()},
        .level = gp::SecurityLevel(level)};
    if (protocol_ == 2 && (i_ & 0x04U) == 0) {
      request.scp = 2;
      request.scp_impl = i_;
    }
    gp::open_channel(session, request);
  }
  void send(const CommandApdu& command) { EXPECT_TRUE(session.transmit(command, "a command").sw.ok()); }
  void list() { static_cast<void>(gp::get_status(session, {.element = 0x40})); }
  void ask_for_what_is_not_there() {
    const CommandApdu absent{.cla = 0x80, .ins = 0xCA, .p1 = 0x12, .p2 = 0x34, .le = 256};
    EXPECT_EQ(session.transmit(absent, "GET DATA").sw.text(), "6A88");
  }
  [[nodiscard]] std::string& log() { return logged_.text; }

 private:
  int protocol_;
  std::uint8_t i_;
  virtualcard::SystemRandom challenges_;
  CollectingObserver observer_;
  gp::SystemRandom random_;
  virtualcard::VirtualCard card_;
  LoggedCard logged_;

 public:
  gp::CardSession session;
};

struct Found final : sessions::VerifySink {
  void verdict(const ChannelVerdict& verdict) override { verdicts.push_back(verdict); }
  void finding(const sessions::VerifyFinding& finding) override {
    if (finding.kind != sessions::VerifyFinding::Kind::wrong) return;
    wrong.push_back(finding.text);
    lines.push_back(finding.line);
  }

  std::vector<ChannelVerdict> verdicts;
  std::vector<std::string> wrong;
  std::vector<std::size_t> lines;  ///< of these
};

Found verified(const std::string& log) {
  std::istringstream in(log);
  Found found;
  sessions::verify_log(in, {.derivations = gp::known_diversifications()}, found);
  return found;
}

std::string taught(const std::string& log) {
  struct Text final : sessions::ExplainSink {
    void exchange(const sessions::ExplainedExchange& exchange) override {
      all += explain_text(exchange, "log");
    }
    void remark(const sessions::ExplainedRemark&) override {}
    std::string all;
  } text;
  std::istringstream in(log);
  sessions::explain_log(in, {.derivations = gp::known_diversifications(), .teaching = sessions::Teaching::on},
                        text);
  return text.all;
}

/// Changes the last digit before the status word of the n-th response of a channel's log from the end.
void change_response(std::string& log, std::size_t from_end) {
  auto at = log.size();
  for (std::size_t n = 0; n <= from_end; ++n) at = log.rfind("\n< ", at - 1);
  auto& digit = log.at(log.find('\n', at + 1) - 5);
  digit = digit == '0' ? '1' : '0';
}

TEST(VerifyVirtualCard, EveryLevelWithResponseMacs) {
  struct Case {
    int protocol;
    std::uint8_t i;
    std::uint8_t level;
  };
  for (const auto& [protocol, i, level] :
       {Case{2, 0x75, 0x10}, Case{2, 0x35, 0x11}, Case{2, 0x25, 0x13}, Case{3, 0x20, 0x11},
        Case{3, 0x60, 0x13}, Case{3, 0x70, 0x33}, Case{3, 0x71, 0x33}}) {
    SCOPED_TRACE(protocol * 0x10000 + i * 0x100 + level);
    LoggedSession session(protocol, i);
    session.open(level);
    session.list();
    session.ask_for_what_is_not_there();
    session.list();
    const auto found = verified(session.log());
    ASSERT_EQ(found.verdicts.size(), 1U);
    EXPECT_THAT(found.wrong, testing::IsEmpty());
    EXPECT_TRUE(found.verdicts[0].right());
    ASSERT_TRUE(found.verdicts[0].responses);
    // An error of SCP02 may carry an R-MAC too.
    EXPECT_GE(found.verdicts[0].responses->verified, 2U);
    EXPECT_EQ(taught(session.log()).find("(not equal)"), std::string::npos);
  }
}

TEST(VerifyVirtualCard, RMacSessionsAreFollowed) {
  struct Case {
    int protocol;
    std::uint8_t i;
    std::uint8_t level;
    ResponseProtection protection;
    std::size_t responses;
  };
  for (const auto& [protocol, i, level, protection, responses] :
       {Case{2, 0x75, 0x00, ResponseProtection::r_mac, 3}, Case{2, 0x75, 0x01, ResponseProtection::r_mac, 3},
        Case{2, 0x35, 0x03, ResponseProtection::r_mac, 3}, Case{2, 0x25, 0x01, ResponseProtection::at_end, 1},
        Case{2, 0x3A, 0x01, ResponseProtection::r_mac, 3}, Case{3, 0x70, 0x01, ResponseProtection::r_mac, 3},
        Case{3, 0x60, 0x03, ResponseProtection::r_mac_and_encryption, 3}}) {
    SCOPED_TRACE(protocol * 0x10000 + i * 0x100 + level);
    LoggedSession session(protocol, i);
    session.open(level);
    session.list();
    session.send(gp::begin_r_mac_session(hex("0102"), protection));
    session.list();
    session.list();
    session.send(gp::end_r_mac_session());
    session.list();
    const auto found = verified(session.log());
    ASSERT_EQ(found.verdicts.size(), 1U);
    EXPECT_THAT(found.wrong, testing::IsEmpty());
    EXPECT_TRUE(found.verdicts[0].right());
    EXPECT_EQ(found.verdicts[0].responses, (Tally{.total = responses, .verified = responses}));
    const auto text = taught(session.log());
    EXPECT_THAT(text, HasSubstr("    R-MAC: "));
    EXPECT_EQ(text.find("(not equal)"), std::string::npos);
  }
}

TEST(VerifyVirtualCard, WrongRMacInASessionIsThatResponsesAlone) {
  LoggedSession session(2, 0x75);
  session.open(0x01);
  session.send(gp::begin_r_mac_session({}));
  session.list();
  session.list();
  session.list();
  change_response(session.log(), 1);
  const auto found = verified(session.log());
  EXPECT_THAT(found.wrong, testing::ElementsAre("GET STATUS (applications): the R-MAC is wrong"));
  EXPECT_EQ(found.verdicts.at(0).responses, (Tally{.total = 3, .verified = 2}));
  EXPECT_FALSE(found.verdicts[0].right());
}

TEST(VerifyVirtualCard, ImplicitChannelsAreFound) {
  for (const auto& [i, shown] :
       {std::pair<std::uint8_t, std::uint8_t>{0x0A, 0x0A}, {0x0B, 0x0A}, {0x1A, 0x1A}, {0x3B, 0x1A}}) {
    SCOPED_TRACE(i);
    LoggedSession session(2, i);
    session.open(0x01);
    session.list();
    session.list();
    session.list();
    const auto found = verified(session.log());
    ASSERT_EQ(found.verdicts.size(), 1U);
    EXPECT_THAT(found.wrong, testing::IsEmpty());
    const auto& verdict = found.verdicts[0];
    EXPECT_TRUE(verdict.implicit);
    EXPECT_TRUE(verdict.right());
    EXPECT_EQ(verdict.i, shown);
    EXPECT_EQ(verdict.keys, "default");
    EXPECT_EQ(verdict.level, 0x01);
    EXPECT_EQ(verdict.commands, (Tally{.total = 3, .verified = 3}));
    const auto text = taught(session.log());
    EXPECT_THAT(text, HasSubstr("  channel: this command opens an implicit SCP02 channel, keys: default\n"));
    EXPECT_THAT(text,
                HasSubstr("    MAC of the AID: single DES in CBC mode under the left half of S-MAC, the "
                          "last block with triple DES, ICV of zeros (GPCS 2.3.1 section E.3.2)\n"));
    EXPECT_THAT(text, HasSubstr(" (the MAC of the application's AID, not encrypted (GPCS 2.3.1 section "
                                "E.3.2))\n"));
    EXPECT_EQ(text.find("(not equal)"), std::string::npos);
  }
}

TEST(VerifyVirtualCard, ImplicitChannelWithAWrongMac) {
  LoggedSession session(2, 0x1A);
  session.open(0x01);
  session.list();
  session.list();
  session.list();
  auto& log = session.log();
  const auto second = log.find("> 84", log.find("> 84") + 1);
  log.at(log.find('\n', second) - 3) ^= 0x01;
  const auto found = verified(log);
  EXPECT_THAT(found.wrong,
              testing::ElementsAre("GET STATUS (applications): the C-MAC is wrong under every variant"));
  EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 3, .verified = 2}));
  EXPECT_FALSE(found.verdicts[0].right());
}

/// Where each byte of a log stands that secure messaging protects, and the line of its command. Nothing
/// protects a Le; a class and instruction may become another command's.
std::vector<std::pair<std::size_t, std::size_t>> protected_bytes(const std::string& log) {
  constexpr std::size_t kToP1 = 6;
  constexpr std::size_t kLe = 2;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::size_t line = 1;
  for (std::size_t at = 0; at < log.size(); ++line) {
    const auto end = log.find('\n', at);
    const bool command = log[at] == '>';
    const bool secured = line >= 5 && (command ? log.substr(at, 4) == "> 84" : true);
    for (auto place = at + (command ? kToP1 : 2); secured && place + (command ? kLe : 0) < end; ++place) {
      places.emplace_back(place, command ? line : line - 1);
    }
    at = end + 1;
  }
  return places;
}

TEST(VerifyVirtualCard, ACorruptedByteIsFoundAndLocated) {
  for (const auto& [protocol, i, level] :
       {std::tuple<int, std::uint8_t, std::uint8_t>{3, 0x60, 0x33}, {2, 0x35, 0x13}}) {
    LoggedSession session(protocol, i);
    session.open(level);
    session.list();
    static_cast<void>(gp::get_status(session.session, {.element = 0x20}));
    auto log = session.log();
    log = log.substr(log.find("> 8050"));
    ASSERT_THAT(verified(log).wrong, testing::IsEmpty());
    for (const auto& [place, line] : protected_bytes(log)) {
      auto damaged = log;
      damaged[place] = damaged[place] == '0' ? '1' : '0';
      const auto found = verified(damaged);
      ASSERT_FALSE(found.lines.empty()) << "line " << line << "\n" << damaged;
      ASSERT_EQ(found.lines.front(), line) << damaged;
    }
  }
}

/// Without a key that fits there is no sign of a channel.
TEST(VerifyVirtualCard, CommandsOfNobodysChannelAreNone) {
  LoggedSession session(2, 0x1A);
  session.open(0x01);
  session.list();
  auto log = session.log();
  log.at(log.find('\n', log.find("> 84")) - 3) ^= 0x01;
  EXPECT_THAT(verified(log).verdicts, testing::IsEmpty());
}

}  // namespace
}  // namespace gpsh::test
