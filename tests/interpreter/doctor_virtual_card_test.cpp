// SPDX-License-Identifier: Apache-2.0
// gpsh doctor on sessions of the virtual card, whose keys the test derives with the bare library.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/interpreter/virtual_session_log.h"
#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

constexpr auto kDefault = "404142434445464748494A4B4C4D4E4F";
constexpr auto kDoubled = "404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F";
constexpr auto kGemXpresso = "47454D5850524553534F53414D504C45";
constexpr auto kMine = "0102030405060708090A0B0C0D0E0F10";
constexpr auto kMineAes192 = "0102030405060708090A0B0C0D0E0F101112131415161718";

struct Expected {
  DerivedCard card{};
  std::string keys{};  ///< "default", "gemxpresso" or "given"
};

std::string file_of(const Expected& one) {
  return "scp0" + std::to_string(one.card.protocol) + "-" + to_hex(one.card.i) + "-" + one.card.derivation +
         "-" + one.keys + "-" + std::to_string(one.card.enc.size() * 8) + ".log";
}

/// Every protocol, S8 and S16, every derivation that makes keys for it, both public keys and one of the
/// user's; longer AES keys with the derivations that make such.
std::vector<Expected> every_combination() {
  const std::vector<std::pair<int, std::uint8_t>> channels{{1, 0x05}, {1, 0x15}, {2, 0x15}, {2, 0x55},
                                                           {3, 0x00}, {3, 0x70}, {3, 0x01}, {3, 0x71}};
  const std::vector<std::pair<std::string, std::string>> keys{
      {"default", kDefault}, {"gemxpresso", kGemXpresso}, {"given", kMine}};
  const std::vector<std::pair<std::string, std::string>> long_keys{{"default", kDoubled},
                                                                   {"given", kMineAes192}};
  std::vector<Expected> all;
  for (const auto& [protocol, i] : channels) {
    const auto add = [&](const std::string& derivation, const std::pair<std::string, std::string>& key) {
      all.push_back({.card = {.protocol = protocol, .i = i, .derivation = derivation, .enc = hex(key.second)},
                     .keys = key.first});
    };
    for (const auto& key : keys) {
      for (const auto* derivation : {"none", "visa1", "visa", "visa2", "emvcps11"}) add(derivation, key);
      if (protocol == 3) add("kdf3", key);
    }
    if (protocol != 3) continue;
    for (const auto& key : long_keys) {
      for (const auto* derivation : {"none", "kdf3"}) add(derivation, key);
    }
  }
  return all;
}

TEST(DoctorOnTheVirtualCard, NamesProtocolDerivationAndKeyOfEveryCombination) {
  const WorkingFolder folder;
  const auto all = every_combination();
  std::vector<std::string> arguments{"doctor", "--key", kMine, "--key", kMineAes192, "--format", "json"};
  for (const auto& one : all) {
    folder.write(file_of(one), session_log(one.card));
    arguments.push_back(file_of(one));
  }
  const auto run = folder.run(arguments);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto found = json::parse(run.out);
  ASSERT_EQ(found.size(), all.size());
  ASSERT_EQ(all.size(), 4U * 15U + 4U * (18U + 4U));
  for (const auto& one : all) {
    SCOPED_TRACE(file_of(one));
    ASSERT_EQ(found.at(file_of(one)).size(), 1U);
    const auto& finding = found.at(file_of(one)).at(0);
    EXPECT_EQ(finding.at("protocol"), "SCP0" + std::to_string(one.card.protocol));
    EXPECT_EQ(finding.at("keys"), one.keys);
    EXPECT_EQ(finding.at("derivation"), one.card.derivation);
    EXPECT_EQ(finding.at("fits"), true);
  }
}

/// The second and third line of what the doctor prints, which say what is proven.
std::string proof_of(const DerivedCard& card, const std::vector<std::string>& keys = {}) {
  const WorkingFolder folder;
  folder.write("x.log", session_log(card));
  std::vector<std::string> arguments{"doctor", "x.log"};
  arguments.insert(arguments.end(), keys.begin(), keys.end());
  const auto run = folder.run(arguments);
  EXPECT_EQ(run.err, "");
  const auto first = run.out.find("\n  ");
  return run.out.substr(first + 3, run.out.find('\n', first + 1) - first - 3);
}

TEST(DoctorOnTheVirtualCard, PseudoRandomChallengeProvesTheOtherKey) {
  constexpr auto kBoth = "the card has proven that it knows the ENC and MAC keys; the DEK is unproven";
  EXPECT_EQ(proof_of({.protocol = 2, .i = 0x55, .enc = hex(kDefault)}), kBoth);
  EXPECT_EQ(proof_of({.protocol = 2, .i = 0x44, .enc = hex(kDefault)}), kBoth) << "one base key";
  EXPECT_EQ(proof_of({.protocol = 2, .i = 0x55, .derivation = "visa2", .enc = hex(kDefault)}), kBoth);
  EXPECT_EQ(proof_of({.protocol = 3, .i = 0x70, .enc = hex(kDefault)}), kBoth);
  EXPECT_EQ(proof_of({.protocol = 3, .i = 0x71, .derivation = "kdf3", .enc = hex(kDoubled)}), kBoth);
}

TEST(DoctorOnTheVirtualCard, RandomChallengeProvesNothingMore) {
  EXPECT_EQ(proof_of({.protocol = 1, .i = 0x15, .enc = hex(kDefault)}),
            "the card has proven that it knows the ENC key; MAC and DEK are unproven");
  EXPECT_EQ(proof_of({.protocol = 2, .i = 0x15, .enc = hex(kDefault)}),
            "the card has proven that it knows the ENC key; MAC and DEK are unproven");
  EXPECT_EQ(proof_of({.protocol = 3, .i = 0x60, .enc = hex(kDefault)}),
            "the card has proven that it knows the MAC key; ENC and DEK are unproven");
}

TEST(DoctorOnTheVirtualCard, WrongOtherKeyIsSeen) {
  const DerivedCard scp02{.protocol = 2, .i = 0x55, .enc = hex(kDefault), .mac = hex(kMine)};
  EXPECT_EQ(proof_of(scp02),
            "the card has proven that it knows the ENC key; its challenge is that of none of these keys as "
            "MAC key for A000000003000000: that key or the AID is another, or the card makes its challenge "
            "otherwise; the DEK is unproven");
  const DerivedCard scp03{.protocol = 3, .i = 0x71, .enc = hex(kMine), .mac = hex(kDefault)};
  EXPECT_EQ(proof_of(scp03),
            "the card has proven that it knows the MAC key; its challenge is that of none of these keys as "
            "ENC key for A000000151000000: that key or the AID is another, or the card makes its challenge "
            "otherwise; the DEK is unproven");
}

/// The first line of what the doctor prints, behind the place.
std::string advice_for(const DerivedCard& card, const std::vector<std::string>& keys) {
  const WorkingFolder folder;
  folder.write("x.log", session_log(card));
  std::vector<std::string> arguments{"doctor", "x.log"};
  arguments.insert(arguments.end(), keys.begin(), keys.end());
  const auto out = folder.run(arguments).out;
  const auto place = out.find(": ");
  return out.substr(place + 2, out.find('\n') - place - 2);
}

TEST(DoctorOnTheVirtualCard, WrongGivenKeyIsNotCalledRight) {
  const DerivedCard scp02{.protocol = 2, .i = 0x55, .enc = hex(kDefault)};
  EXPECT_EQ(
      advice_for(scp02, {"--enc", kDefault, "--mac", kMine}),
      "SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: protocol and derivation "
      "are right; the given MAC key is another");
  EXPECT_EQ(
      advice_for(scp02, {"--enc", kDefault, "--mac", kDefault}),
      "SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: protocol, derivation and "
      "key are right");
  const DerivedCard scp03{
      .protocol = 3, .i = 0x70, .enc = hex("C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF"), .mac = hex(kMine)};
  EXPECT_EQ(advice_for(scp03, {"--enc", "00112233445566778899AABBCCDDEEFF", "--mac", kMine}),
            "SCP03 with your key: protocol and derivation are right; the given ENC key is not proven");
}

TEST(DoctorOnTheVirtualCard, OtherKeyAmongTheCandidatesIsNamed) {
  const WorkingFolder folder;
  folder.write("x.log", session_log({.protocol = 2, .i = 0x55, .enc = hex(kMine), .mac = hex(kDefault)}));
  const auto run = folder.run({"doctor", "x.log", "--key", kMine});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(
      run.out.starts_with("x.log:10: SCP02 with your key: the MAC key is the GlobalPlatform test key "
                          "404142434445464748494A4B4C4D4E4F, give it as -mac_key\n"
                          "  the card has proven that it knows the ENC and MAC keys; the DEK is unproven\n"))
      << run.out;
}

TEST(DoctorOnTheVirtualCard, SwappedKeysAreNamed) {
  const WorkingFolder folder;
  folder.write("x.log", session_log({.protocol = 2, .i = 0x55, .enc = hex(kMine), .mac = hex(kGemXpresso)}));
  const auto run = folder.run({"doctor", "x.log", "--enc", kGemXpresso, "--mac", kMine});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with(
      "x.log:10: SCP02 with your key: what is given as the MAC key is the card's ENC key, give it as "
      "-enc_key; "
      "the MAC key is the GemXpresso sample key 47454D5850524553534F53414D504C45, give it as -mac_key\n"))
      << run.out;
}

}  // namespace
}  // namespace gpsh::test
