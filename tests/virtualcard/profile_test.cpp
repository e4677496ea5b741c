// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/profile.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <numeric>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

using testing::HasSubstr;

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return std::string(error.code()) + ": " + error.what();
  }
  return "no error";
}

/// The default profile with one piece of its text replaced.
std::string altered(std::string_view piece, std::string_view by) {
  std::string text(profile_text(kDefaultProfile));
  const auto at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  return text.replace(at, piece.size(), by);
}

std::string complaint(std::string_view piece, std::string_view by) {
  const auto text = altered(piece, by);
  return message_of([&] { static_cast<void>(parse_profile(text, "p.json")); });
}

TEST(Profile, BuiltInNames) {
  EXPECT_THAT(profile_names(),
              testing::ElementsAre("generic-scp02", "generic-scp02-i55", "jcop-j2a040", "jcop-not-fused"));
}

TEST(Profile, EveryBuiltInProfileLoads) {
  for (const auto& name : profile_names()) {
    const auto profile = load_profile(name);
    EXPECT_EQ(profile.name, name);
    EXPECT_FALSE(profile.description.empty());
    EXPECT_EQ(profile.atr.front(), 0x3B);
    EXPECT_EQ(std::accumulate(profile.atr.begin() + 1, profile.atr.end(), 0, std::bit_xor<>()), 0) << name;
    EXPECT_EQ(profile.card.load_files.size(), 2U);
    EXPECT_EQ(profile.card.applications.size(), 1U);
  }
}

TEST(Profile, TheJcopIsTheRecordedOne) {
  const auto profile = load_profile("jcop-j2a040");
  EXPECT_EQ(to_hex(profile.diversification_data), "00001202102560956619");
  EXPECT_EQ(profile.card.default_key_set().version, 0xFF);
  EXPECT_EQ(profile.scp02_options, 0x15);
}

TEST(Profile, AnUnknownNameListsTheKnownOnes) {
  try {
    static_cast<void>(load_profile("jcop"));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_EQ(error.code(), "unknown-profile");
    EXPECT_STREQ(error.what(), "there is no card profile named jcop");
    EXPECT_EQ(
        error.facts().advice,
        "the profiles are: generic-scp02, generic-scp02-i55, jcop-j2a040, jcop-not-fused; a file's name "
        "ends in .json");
  }
}

TEST(Profile, LoadsAFile) {
  const auto path = testing::TempDir() + "gpsh_profile_test.json";
  std::ofstream(path) << altered("\"generic-scp02\"", "\"mine\"");
  const auto profile = load_profile(path);
  std::remove(path.c_str());
  EXPECT_EQ(profile.name, "mine");
}

TEST(Profile, AFileThatIsNotThere) {
  EXPECT_EQ(message_of([] { static_cast<void>(load_profile("no/such.json")); }),
            "unreadable-profile: no/such.json: the profile cannot be read");
}

TEST(Profile, BrokenJsonHasAPosition) {
  EXPECT_EQ(message_of([] { static_cast<void>(parse_profile("{\n  \"kind\": ]\n}", "p.json")); }),
            "bad-json: p.json:2:11: the JSON cannot be read here");
  EXPECT_THAT(message_of([] { static_cast<void>(parse_profile("", "p.json")); }), HasSubstr("p.json:1:1"));
}

TEST(Profile, ComplaintsNameTheField) {
  EXPECT_EQ(complaint("\"version\": \"01\"", "\"version\": \"0102\""),
            "bad-profile: p.json: key_sets[0].version must have 1 bytes, has 2");
  EXPECT_EQ(complaint("\"version\": \"01\"", "\"version\": \"00\""),
            "bad-profile: p.json: key_sets[0].version must not be 00, which stands for the first key set");
  EXPECT_EQ(complaint("\"version\": \"01\"", "\"version\": 1"),
            "bad-profile: p.json: key_sets[0].version must be a string");
  EXPECT_EQ(complaint("\"sequence_counter\": 0", "\"sequence_counter\": 65536"),
            "bad-profile: p.json: key_sets[0].sequence_counter must be 0 to 65535");
  EXPECT_EQ(complaint("\"sequence_counter\": 0", "\"sequence_counter\": -1"),
            "bad-profile: p.json: key_sets[0].sequence_counter must be a whole number, 0 to 65535");
  EXPECT_EQ(complaint("\"enc\": \"40", "\"enc\": \"4"),
            "bad-profile: p.json: key_sets[0].enc must be an even number of hex digits");
  EXPECT_EQ(complaint("\"i\": \"15\"", "\"i\": \"1A\""),
            "bad-profile: p.json: secure_channel.i must be 15 or 55");
  EXPECT_EQ(complaint("\"protocol\": \"SCP02\"", "\"protocol\": \"SCP99\""),
            "bad-profile: p.json: secure_channel.protocol must be SCP02");
  EXPECT_EQ(complaint("\"SECURED\"", "\"LOCKED\""),
            "bad-profile: p.json: issuer_security_domain.life_cycle must be one of: OP_READY, INITIALIZED, "
            "SECURED");
  EXPECT_EQ(complaint("\"kind\": \"profile\"", "\"kind\": \"state\""),
            "bad-profile: p.json: kind must be profile");
  EXPECT_EQ(complaint("21100A\"", "21100B\""), "bad-profile: p.json: atr has a wrong check byte TCK");
  EXPECT_EQ(complaint("\"9F7F\"", "\"9F7\""),
            "bad-profile: p.json: data_objects.9F7 must be named by a tag of 1 or 2 bytes in hex");
}

TEST(Profile, MissingAndMisspeltFieldsAreNamed) {
  EXPECT_EQ(complaint("\"atr\"", "\"art\""), "bad-profile: p.json: art is not a field of this object");
  EXPECT_EQ(complaint("\"count_at\"", "\"count\""),
            "bad-profile: p.json: authentication.count is not a field of this object");
  EXPECT_EQ(message_of([] { static_cast<void>(parse_profile("{\"kind\": \"profile\"}", "p.json")); }),
            "bad-profile: p.json: the document has no member name");
  EXPECT_EQ(message_of([] { static_cast<void>(parse_profile("[]", "p.json")); }),
            "bad-profile: p.json: the document must be an object");
}

TEST(Profile, KeysAreNeverInAComplaint) {
  const auto text =
      complaint("\"enc\": \"404142434445464748494A4B4C4D4E4F", "\"enc\": \"404142434445464748494A4B4C4D");
  EXPECT_THAT(text, HasSubstr("key_sets[0].enc must have 16 bytes"));
  EXPECT_THAT(text, testing::Not(HasSubstr("4041")));
}

}  // namespace
}  // namespace gpsh::virtualcard
