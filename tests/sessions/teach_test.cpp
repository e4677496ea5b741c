// SPDX-License-Identifier: Apache-2.0
// gpsh explain --teach: what is computed is what known answers say, and secrets stay out of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "sessions/explain.h"
#include "tests/sessions/channel_log.h"
#include "tests/sessions/explain_printer.h"
#include "tests/support/vector_file.h"

namespace gpsh::sessions {
namespace {

using test::ChannelLog;
using test::ExplainPrinter;
using testing::HasSubstr;
using testing::Not;

ExplainPrinter taught(const std::string& log, std::vector<gp::CandidateKeys> given = {}) {
  std::istringstream in(log);
  ExplainPrinter printer;
  explain_log(
      in, {.given = std::move(given), .derivations = gp::known_diversifications(), .teaching = Teaching::on},
      printer);
  return printer;
}

std::string pair(const std::string& command, const std::string& response) {
  return "> " + command + "\n< " + response + "\n";
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// The part of a vector behind or before its arrow.
std::string wire_of(const std::string& vector) {
  return vector.substr(vector.find("-> ") + 3);
}
std::string plain_of(const std::string& vector) {
  return vector.substr(0, vector.find(" ->"));
}

/// The session of a block as a log.
std::string log_of(const test::VectorBlock& block) {
  const auto host = block.bytes("host_challenge");
  auto log = pair("80500000" + to_hex(static_cast<std::uint8_t>(host.size())) + to_hex(host) + "00",
                  to_hex(block.bytes("answer")) + "9000") +
             pair(block.text("external_authenticate"), "9000");
  const auto responses = block.all("response");
  std::size_t at = 0;
  for (const auto& command : block.all("command")) {
    log += pair(wire_of(command), at < responses.size() ? plain_of(responses[at]) : "9000");
    ++at;
  }
  return log;
}

gp::CandidateKeys keys_of(const test::VectorBlock& block) {
  return {.name = "given",
          .keys = {gp::Secret::from_bytes(block.bytes("enc")), gp::Secret::from_bytes(block.bytes("mac")),
                   gp::Secret::from_bytes(block.bytes("dek"))}};
}

TEST(Teach, EveryKnownAnswerComesOutEqual) {
  for (const auto* file : {"tests/data/scp01.vec", "tests/data/scp02.vec", "tests/data/scp03.vec"}) {
    for (const auto& block : test::read_vectors(file)) {
      SCOPED_TRACE(std::string(file) + ": " + block.name);
      std::vector<gp::CandidateKeys> given;
      given.push_back(keys_of(block));
      const auto text = taught(log_of(block), std::move(given)).text;
      const auto commands = block.all("command").size();
      // Card cryptogram, host cryptogram, the C-MAC of each command.
      EXPECT_GE(count(text, "(equal)"), commands + 3);
      EXPECT_THAT(text, Not(HasSubstr("(not equal)")));
      for (const auto* role : {"enc", "mac", "dek"}) {
        const auto value = to_hex(block.bytes(role));
        const auto key = gp::Secret::from_hex(value);
        if (gp::is_public_test_key(*key)) continue;
        EXPECT_THAT(text, Not(HasSubstr(value)));
      }
    }
  }
}

TEST(Teach, EveryIntermediateValueOfSeed04) {
  const auto block = test::read_vectors("tests/data/scp02.vec").at(0);
  const auto text = taught(log_of(block)).text;
  const auto line = [&block](const std::string& before, const std::string& name) {
    return "  " + before + ": " + to_hex(block.bytes(name));
  };
  EXPECT_THAT(text, HasSubstr(line("derivation data", "derivation_enc")));
  for (const auto* key : {"session_enc", "session_mac", "session_dek"}) {
    EXPECT_THAT(text,
                HasSubstr(line("session key", key) + " (shown, as the static key is a public test key)\n"));
  }
  EXPECT_THAT(text, HasSubstr(line("input", "card_cryptogram_input")));
  EXPECT_THAT(text, HasSubstr(line("encrypted", "card_cryptogram_cbc")));
  EXPECT_THAT(text, HasSubstr(line("input", "host_cryptogram_input")));
  EXPECT_THAT(text, HasSubstr(line("encrypted", "host_cryptogram_cbc")));
}

// Recording gpshell-26.
TEST(Teach, Scp03WithEverything) {
  const auto log =
      pair("80500000087E7B7BD6BBACED6B00", "00000346020614090044010360DF5BF9B50B977F64D0E982BC2F7192A69000") +
      pair("8482330010EAE9727A80E0C4ED6FD4D796189BFA61", "9000") +
      pair("84F22002182E6E5F29A91803C860002029900ADB6B635596FC98472E2B00",
           "E7044E45CF0177E526398B2DD243B6E48E68E4AA466468139000");
  EXPECT_EQ(
      taught(log).last,
      "a.log:5: GET STATUS (load files)\n"
      "  P1: 20\n"
      "  P2: 02 (first or all occurrences, answer as TLV)\n"
      "  4F AID\n"
      "  channel: C-MAC right, command data decrypted\n"
      "  channel: R-MAC right, response data decrypted\n"
      "  cryptography\n"
      "    C-MAC: CMAC under S-MAC (AmdD section 6.2.4)\n"
      "      input: 6FD4D796189BFA61EA99EFC63908CD1D84F22002182E6E5F29A91803C860002029900ADB6B\n"
      "        MAC chaining value: 6FD4D796189BFA61EA99EFC63908CD1D (the whole C-MAC before, 16 bytes)\n"
      "        header: 84F22002\n"
      "        Lc: 18\n"
      "        data as it is sent: 2E6E5F29A91803C860002029900ADB6B\n"
      "      result: 635596FC98472E2B4FFC925996E1BA1F (its first 8 bytes are sent)\n"
      "      in the log: 635596FC98472E2B (equal)\n"
      "    C-DECRYPTION: AES in CBC mode under S-ENC (AmdD section 6.2.6)\n"
      "      counter block: 00000000000000000000000000000001 (the number of the command)\n"
      "      ICV: B09CC64BF3FBF993F951BEF4BD370D1F (the counter block, encrypted under S-ENC)\n"
      "      encrypted data: 2E6E5F29A91803C860002029900ADB6B\n"
      "      decrypted: 4F008000000000000000000000000000\n"
      "        data: 4F00\n"
      "        padding: 8000000000000000000000000000\n"
      "    R-MAC: CMAC under S-RMAC (AmdD section 6.2.5)\n"
      "      input: 635596FC98472E2B4FFC925996E1BA1FE7044E45CF0177E526398B2DD243B6E49000\n"
      "        MAC chaining value: 635596FC98472E2B4FFC925996E1BA1F (the whole C-MAC of the command)\n"
      "        data as it is sent: E7044E45CF0177E526398B2DD243B6E4\n"
      "        status word: 9000\n"
      "      result: 8E68E4AA46646813D260A2F940F050C7 (its first 8 bytes are sent)\n"
      "      in the log: 8E68E4AA46646813 (equal)\n"
      "    R-ENCRYPTION: AES in CBC mode under S-ENC (AmdD section 6.2.7)\n"
      "      counter block: 80000000000000000000000000000001 (80, and the number of the command)\n"
      "      ICV: AE8C0D7B7C2F048BDF4533A6B756FFC0 (the counter block, encrypted under S-ENC)\n"
      "      encrypted data: E7044E45CF0177E526398B2DD243B6E4\n"
      "      decrypted: E30D4F07A00000015153509F70010180\n"
      "        data: E30D4F07A00000015153509F700101\n"
      "        padding: 80\n"
      "  answer 9000: success\n"
      "    AID: A0000001515350\n"
      "      state: 01 (Loaded)\n");
}

const CommandApdu kGetStatus{.cla = 0x80, .ins = 0xF2, .p1 = 0x40, .data = hex("4F00"), .le = 256};

TEST(Teach, IcvIsToldForEachI) {
  const auto last_of = [](std::uint8_t i, int protocol) {
    ChannelLog log({.protocol = protocol, .i = i});
    log.command(kGetStatus).command(kGetStatus);
    return taught(log.text()).last;
  };
  EXPECT_THAT(last_of(0x15, 2), HasSubstr(" (the C-MAC before, encrypted with single DES under the left half "
                                          "of S-MAC (GPCS 2.3.1 section E.3.4))\n"));
  EXPECT_THAT(last_of(0x05, 2), HasSubstr(" (the C-MAC before, not encrypted)\n"));
  EXPECT_THAT(last_of(0x15, 1), HasSubstr(" (the C-MAC before, encrypted with triple DES under S-MAC (GPCS "
                                          "2.1.1 section D.1.5))\n"));
  EXPECT_THAT(last_of(0x05, 1), HasSubstr(" (the C-MAC before, not encrypted)\n"));
}

TEST(Teach, WrongMacIsNotEqual) {
  for (const int protocol : {1, 2, 3}) {
    ChannelLog log({.protocol = protocol});
    log.command(kGetStatus);
    auto& wire = log.lines().at(4);
    wire[wire.size() - 3] = wire[wire.size() - 3] == '0' ? '1' : '0';
    const auto found = taught(log.text());
    EXPECT_EQ(count(found.text, "(not equal)"), 1U) << protocol;
    EXPECT_THAT(found.last, HasSubstr("(not equal)"));
  }
}

TEST(Teach, KeysThatAreNotPublicHaveACheckValueOnly) {
  const auto key = hex("0102030405060708090A0B0C0D0E0F10");
  const auto own = ChannelLog({.key = key}).text();
  const auto found = taught("open_sc -key " + to_hex(key) + "\n" + own);
  EXPECT_THAT(found.text, HasSubstr("      static ENC key: 16 bytes, not shown\n"));
  EXPECT_THAT(found.text, HasSubstr("      session key: not shown: the static ENC key is no public test key, "
                                    "so it is a secret\n"
                                    "      check value of the session key: "));
  EXPECT_THAT(found.text + found.json, Not(HasSubstr(to_hex(key))));
  EXPECT_THAT(found.text, Not(HasSubstr("shown, as the static key")));
  // Those of a public master key are the card's own.
  const auto derived = taught(ChannelLog({.derivation = "visa2"}).text());
  EXPECT_THAT(derived.text,
              HasSubstr("    static keys: derived from a master key by VISA 2\n"
                        "      key diversification data: 4D004082D00123252556\n"
                        "    static ENC key: triple DES in ECB mode under the master key\n"
                        "      template: $0 $1 $4 $5 $6 $7 F0 $k $0 $1 $4 $5 $6 $7 0F $k, where $0 to "
                        "$9 are the diversification data and $k is 01\n"
                        "      input: 4D00D0012325F0014D00D00123250F01\n"
                        "      check value of the key: "));
  const auto counted = taught(ChannelLog({.protocol = 3, .derivation = "kdf3"}).text());
  EXPECT_THAT(
      counted.text,
      HasSubstr("    static MAC key: KDF in counter mode with CMAC under the master key (NIST SP 800-108)\n"
                "      template: $_ 00 00 00 $k 00 $0 $1 $2 $3 $4 $5 $6 $7 $8 $9, where $0 to $9 are the "
                "diversification data and $k is 02\n"
                "      input: 010000000200"));
  EXPECT_THAT(counted.text, HasSubstr("        counter: 01\n        behind the counter: 0000000200"));
  EXPECT_THAT(derived.text, Not(HasSubstr("shown, as the static key")));
}

TEST(Teach, SessionKeysOfTheLogAreNotShownAgain) {
  // Recording jcmanager-01, with a key version whose static keys nobody knows here.
  const auto key = hex("0102030405060708090A0B0C0D0E0F10");
  const ChannelLog log({.key = key});
  const gp::TripleDes cipher(gp::Secret::from_bytes(key));
  const auto value = [&cipher](const std::string& data) {
    return to_hex(cipher.cbc_encrypt(Bytes(8), hex(data + "3031000000000000000000000000")));
  };
  const auto found = taught(log.text() + "S_ENC: " + value("0182") + "\nThe Current session MAC key is " +
                            value("0101") + "\n");
  EXPECT_THAT(found.text, HasSubstr("keys: session keys in the log\n"));
  EXPECT_THAT(found.text,
              HasSubstr("    session keys: as they stand in the log; they are not shown again\n"));
  EXPECT_THAT(found.text, Not(HasSubstr(value("0182"))));
  EXPECT_THAT(found.text, HasSubstr("(equal)"));
}

TEST(Teach, KeysPinsAndEncryptedStoreDataAreInNoInput) {
  const auto secret = hex("DEADBEEFDEADBEEFDEADBEEFDEADBEEF");
  const std::vector<CommandApdu> commands = {
      {.cla = 0x80, .ins = 0xD8, .p2 = 0x81, .data = concat({hex("208010"), secret, hex("03112233")})},
      {.cla = 0x80, .ins = 0xE2, .p1 = 0x60, .data = concat({hex("010110"), secret})},
      {.cla = 0x80, .ins = 0xE2, .p1 = 0x88, .data = concat({hex("010110"), secret})},
      {.cla = 0x00, .ins = 0x20, .p2 = 0x81, .data = hex("DEADBEEF")},
      {.cla = 0x00, .ins = 0x24, .p2 = 0x81, .data = hex("DEADBEEFDEADBEEF")},
      {.cla = 0x80, .ins = 0x24, .p2 = 0x01, .data = hex("DEADBEEF")},
      {.cla = 0x80, .ins = 0x2C, .p2 = 0x81, .data = hex("DEADBEEF")}};
  for (const int protocol : {1, 2, 3}) {
    for (const unsigned level : {0x01U, 0x03U}) {
      for (const auto& command : commands) {
        // In clear everybody sees what is not marked as encrypted.
        if (level == 0x01 && command.p1 == 0x88) continue;
        ChannelLog log({.protocol = protocol, .level = static_cast<std::uint8_t>(level)});
        log.command(command, "DEADBEEF9000");
        const auto found = taught(log.text());
        EXPECT_THAT(found.last, HasSubstr("    C-MAC: "));
        EXPECT_THAT(found.last, HasSubstr("(equal)"));
        EXPECT_THAT(found.text, Not(HasSubstr("DEADBEEF"))) << found.last;
        EXPECT_THAT(found.json, Not(HasSubstr("DEADBEEF"))) << found.json;
      }
    }
  }
}

TEST(Teach, SecretsAreInNoInputOfAResponseMac) {
  const auto secret = hex("DEADBEEFDEADBEEFDEADBEEFDEADBEEF");
  for (const auto& channel : {ChannelLog::Channel{.protocol = 2, .i = 0x35, .level = 0x13},
                              ChannelLog::Channel{.protocol = 3, .level = 0x33}}) {
    for (const auto& command : {CommandApdu{.cla = 0x80, .ins = 0xE2, .p1 = 0x88, .data = secret},
                                CommandApdu{.cla = 0x00, .ins = 0x20, .p2 = 0x81, .data = secret}}) {
      ChannelLog log(channel);
      log.command(command, to_hex(secret) + "9000");
      const auto found = taught(log.text());
      EXPECT_THAT(found.last, HasSubstr("    R-MAC: "));
      EXPECT_THAT(found.text, Not(HasSubstr("DEADBEEF"))) << found.last;
      EXPECT_THAT(found.json, Not(HasSubstr("DEADBEEF")));
    }
  }
}

TEST(Teach, Json) {
  const auto json = taught(ChannelLog({}).text()).json;
  EXPECT_THAT(json,
              HasSubstr("\"name\":\"S-ENC\",\"meaning\":\"triple DES in CBC mode under the static key, ICV "
                        "of zeros (GPCS 2.3.1 section E.4.1)\",\"fields\":"));
  EXPECT_THAT(json, HasSubstr("\"name\":\"in the log\",\"value\":\""));
}

}  // namespace
}  // namespace gpsh::sessions
