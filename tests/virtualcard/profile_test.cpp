// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/profile.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <numeric>

#include "core/error.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/thrown_error.h"

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
  EXPECT_THAT(
      profile_names(),
      testing::ElementsAre("card-locked", "emv-diversified", "generic-scp01", "generic-scp01-15",
                           "generic-scp02", "generic-scp02-i1a", "generic-scp03-aes192", "generic-scp03-i10",
                           "generic-scp03-i60", "jcop-j2a040", "jcop-not-fused", "jcop31-scp02-i15",
                           "nokia6131", "scp02-i55", "scp02-rmac", "scp03-aes256", "scp03-i00", "scp03-i70",
                           "scp03-s16", "small-memory", "t0-card", "visa2-diversified", "yubikey-like"));
}

TEST(Profile, EveryBuiltInProfileLoads) {
  for (const auto& name : profile_names()) {
    const auto profile = load_profile(name);
    EXPECT_EQ(profile.name, name);
    EXPECT_FALSE(profile.description.empty());
    EXPECT_EQ(profile.atr.front(), 0x3B);
    EXPECT_EQ(profile.protocol() == TransmissionProtocol::t0, name == "t0-card");
    const bool applications = name != "yubikey-like";
    EXPECT_EQ(profile.card.load_files.size(), applications ? 2U : 1U) << name;
    EXPECT_EQ(profile.card.applications.size(), applications ? 1U : 0U) << name;
  }
}

TEST(Profile, TheNameSaysWhatTheCardIs) {
  struct Expected {
    const char* name = "";
    SecureChannelOptions options{};
    std::uint8_t version = 0;
  };
  for (const auto& [name, options, version] :
       std::initializer_list<Expected>{{"generic-scp01", {Protocol::scp01, 0x05}, 0x01},
                                       {"generic-scp02", {Protocol::scp02, 0x15}, 0x01},
                                       {"jcop31-scp02-i15", {Protocol::scp02, 0x15}, 0xFF},
                                       {"scp02-i55", {Protocol::scp02, 0x55}, 0x01},
                                       {"scp02-rmac", {Protocol::scp02, 0x35}, 0x01},
                                       {"scp03-i00", {Protocol::scp03, 0x00}, 0x01},
                                       {"scp03-i70", {Protocol::scp03, 0x70}, 0x01},
                                       {"scp03-aes256", {Protocol::scp03, 0x70}, 0x01},
                                       {"scp03-s16", {Protocol::scp03, 0x71}, 0x01},
                                       {"nokia6131", {Protocol::scp02, 0x15}, 42},
                                       {"t0-card", {Protocol::scp02, 0x55}, 0x01},
                                       {"yubikey-like", {Protocol::scp03, 0x60}, 0xFF}}) {
    const auto profile = load_profile(name);
    EXPECT_EQ(profile.default_options(), options) << name;
    EXPECT_EQ(profile.card.default_key_set().version, version) << name;
    EXPECT_EQ(profile.card.issuer_security_domain.aid.text(),
              options.protocol == Protocol::scp03 ? "A000000151000000" : "A000000003000000")
        << name;
  }
  EXPECT_EQ(load_profile("scp03-aes256").card.default_key_set().enc.size(), 32U);
  EXPECT_EQ(load_profile("card-locked").card.issuer_security_domain.life_cycle, CardLifeCycle::locked);
  EXPECT_EQ(load_profile("small-memory").card.memory.non_volatile, 2048U);
}

// The derived keys of the same master key and derivations, with other data, have the check values of
// martinpaljak/GlobalPlatformPro's TestPlaintextKeys; these were computed in the same way.
TEST(Profile, DiversifiedKeysAreStored) {
  const auto enc_of = [](const char* name) { return to_hex(load_profile(name).card.default_key_set().enc); };
  EXPECT_EQ(enc_of("visa2-diversified"), "610245D5597A2B5B79CD8B1BCE6239FB");
  EXPECT_EQ(enc_of("emv-diversified"), "CB5B1C4B635885EFC4DA8E5D7403CAA4");
}

// VISA2 takes the end of the AID and the serial number of the CPLC, EMV CPS 1.1 what tag CF has: INITIALIZE
// UPDATE tells the same.
TEST(Profile, DiversificationDataAreThoseOfTheDataObjects) {
  const auto visa2 = load_profile("visa2-diversified");
  const auto value = [](const Profile& profile, std::uint16_t tag) { return profile.data_objects.at(tag); };
  const ByteView visa2_data(visa2.diversification_data);
  EXPECT_EQ(to_hex(visa2_data.first(2)), to_hex(ByteView(value(visa2, 0x4F)).last(2)));
  EXPECT_EQ(to_hex(visa2_data.subspan(4, 4)), to_hex(ByteView(value(visa2, 0x9F7F)).subspan(12, 4)));
  const auto emv = load_profile("emv-diversified");
  EXPECT_EQ(to_hex(emv.diversification_data), to_hex(value(emv, 0xCF)));
}

TEST(Profile, FaultsAndToleranceAreRead) {
  const auto with = [](std::string_view members) {
    return parse_profile(
        R"({"kind": "profile", "extends": "generic-scp02", "name": "x", )" + std::string(members) + "}",
        "p.json");
  };
  EXPECT_EQ(with(R"("faults": ["sw=6985@3,mute@4", "rmac"])").faults.size(), 3U);
  EXPECT_TRUE(with(R"("strict": false)").tolerance.store_data_bit_02);
  EXPECT_FALSE(with(R"("strict": true)").tolerance.store_data_bit_02);
  const auto one = with(R"("tolerate": ["padded-empty-data"])").tolerance;
  EXPECT_TRUE(one.padded_empty_data);
  EXPECT_FALSE(one.aes_key_without_length);
  const auto complaint_about = [&](std::string_view members) {
    return message_of([&] { static_cast<void>(with(members)); });
  };
  EXPECT_EQ(complaint_about(R"("strict": true, "tolerate": [])"),
            "bad-profile: p.json: tolerate contradicts strict");
  EXPECT_EQ(complaint_about(R"("tolerate": ["everything"])"),
            "bad-profile: p.json: tolerate[0] must be one of: aes-key-without-length, store-data-bit-02, "
            "padded-empty-data");
  EXPECT_EQ(complaint_about(R"("faults": ["fire"])"),
            "bad-profile: p.json: faults[0] is not a fault: the fault \"fire\" must begin with one of: sw, "
            "cryptogram, truncate, garbage, remove, mute, rmac, t0-61, t0-6c, slow");
}

TEST(Profile, AnAtrMustAddUp) {
  EXPECT_EQ(complaint("3BD518FF8191FE1FC38073C821100A", "3BD518FF8191FE1FC38073C82110"),
            "bad-profile: p.json: atr has a length that its first bytes do not tell");
  EXPECT_EQ(complaint("3BD518FF8191FE1FC38073C821100A", "3BD518FF8191FE"),
            "bad-profile: p.json: atr ends before its interface and historical bytes do");
}

TEST(Profile, TheJcopIsTheRecordedOne) {
  const auto profile = load_profile("jcop-j2a040");
  EXPECT_EQ(to_hex(profile.diversification_data), "00001202102560956619");
  EXPECT_EQ(profile.card.default_key_set().version, 0xFF);
  EXPECT_EQ(profile.default_options(), (SecureChannelOptions{.protocol = Protocol::scp02, .i = 0x15}));
}

TEST(Profile, AnUnknownNameListsTheKnownOnes) {
  try {
    static_cast<void>(load_profile("jcop"));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_EQ(error.code(), "unknown-profile");
    EXPECT_STREQ(error.what(), "there is no card profile named jcop");
    EXPECT_EQ(error.facts().advice,
              "the profiles are: card-locked, emv-diversified, generic-scp01, generic-scp01-15, "
              "generic-scp02, generic-scp02-i1a, generic-scp03-aes192, generic-scp03-i10, generic-scp03-i60, "
              "jcop-j2a040, jcop-not-fused, jcop31-scp02-i15, nokia6131, scp02-i55, scp02-rmac, "
              "scp03-aes256, scp03-i00, scp03-i70, scp03-s16, small-memory, t0-card, visa2-diversified, "
              "yubikey-like; a file's name ends in .json");
  }
}

TEST(Profile, AMistypedNameIsNamedWithTheNearest) {
  const auto error = test::thrown_error([] { return load_profile("generic-spc02"); });
  EXPECT_EQ(error.message, "there is no card profile named generic-spc02");
  EXPECT_TRUE(error.advice.starts_with("did you mean generic-scp02? The profiles are: card-locked, "))
      << error.advice;
}

TEST(Profile, LoadsAFile) {
  const test::TemporaryFolder folder;
  const auto path = (folder.path / "mine.json").string();
  std::ofstream(path) << altered("\"generic-scp02\"", "\"mine\"");
  const auto profile = load_profile(path);
  EXPECT_EQ(profile.name, "mine");
}

TEST(Profile, AFileThatIsNotThere) {
  EXPECT_EQ(message_of([] { static_cast<void>(load_profile("no/such.json")); }),
            "unreadable-profile: cannot read the profile no/such.json: No such file or directory");
  const test::TemporaryFolder folder;
  EXPECT_EQ(message_of([&] { static_cast<void>(load_profile(folder.path.string())); }),
            "unreadable-profile: cannot read the profile " + folder.path.string() + ": Is a directory");
}

TEST(Profile, AFileWithoutEnd) {
  EXPECT_EQ(message_of([] { static_cast<void>(load_profile("/dev/zero")); }),
            "unreadable-profile: /dev/zero: the profile has more than 16 MiB");
}

TEST(Profile, BrokenJsonHasAPosition) {
  EXPECT_EQ(message_of([] { static_cast<void>(parse_profile("{\n  \"kind\": ]\n}", "p.json")); }),
            "bad-json: p.json:2:11: the JSON cannot be read here");
  EXPECT_THAT(message_of([] { static_cast<void>(parse_profile("", "p.json")); }), HasSubstr("p.json:1:1"));
}

TEST(Profile, ANumberThatIsTooLarge) {
  EXPECT_EQ(message_of([] { static_cast<void>(parse_profile("{\"kind\": 4E999}", "p.json")); }),
            "bad-json: p.json: a number in the JSON is too large");
}

TEST(Profile, NestedTooDeep) {
  const auto nested = [](std::size_t levels) {
    return "{\"extends\": \"generic-scp02\", \"x\": " + std::string(levels - 1, '[') + "1" +
           std::string(levels - 1, ']') + "}";
  };
  for (const std::size_t levels : {33U, 1000000U}) {
    EXPECT_EQ(message_of([&] { static_cast<void>(parse_profile(nested(levels), "p.json")); }),
              "bad-json: p.json: the JSON is nested deeper than 32 levels");
  }
  EXPECT_EQ(message_of([&] { static_cast<void>(parse_profile(nested(32), "p.json")); }),
            "bad-profile: p.json: x is not a field of this object");
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
  EXPECT_EQ(complaint("\"i\": \"15\"", "\"i\": \"0C\""),
            "bad-profile: p.json: secure_channel.i is not a parameter i that SCP02 has");
  EXPECT_EQ(complaint("\"protocol\": \"SCP02\"", "\"protocol\": \"SCP99\""),
            "bad-profile: p.json: secure_channel.protocol must be one of: SCP01, SCP02, SCP03");
  EXPECT_EQ(complaint("\"SECURED\"", "\"LOCKED\""),
            "bad-profile: p.json: issuer_security_domain.life_cycle must be one of: OP_READY, INITIALIZED, "
            "SECURED, CARD_LOCKED, TERMINATED");
  EXPECT_EQ(complaint("\"kind\": \"profile\"", "\"kind\": \"card\""),
            "bad-profile: p.json: kind must be profile, or state in a file that keeps a card");
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

/// The smallest profile with this secure channel and these key sets.
std::string extension(std::string_view secure_channel, std::string_view key_sets) {
  return R"({"kind": "profile", "extends": "generic-scp02", "secure_channel": )" +
         std::string(secure_channel) + R"(, "key_sets": )" + std::string(key_sets) + "}";
}

std::string key_set(std::string_view version, std::string_view type, std::string_view key) {
  const auto text = std::string(key);
  return R"({"version": ")" + std::string(version) + R"(", "type": ")" + std::string(type) +
         R"(", "enc": ")" + text + R"(", "mac": ")" + text + R"(", "dek": ")" + text +
         R"(", "sequence_counter": 65536})";
}

constexpr std::string_view kKey = "404142434445464748494A4B4C4D4E4F";

std::string extension_complaint(const std::string& secure_channel, const std::string& key_sets) {
  const auto text = extension(secure_channel, key_sets);
  return message_of([&] { static_cast<void>(parse_profile(text, "p.json")); });
}

TEST(Profile, ExtendsABuiltInProfile) {
  const auto profile = parse_profile(R"({"kind": "profile", "extends": "scp03-i70", "name": "mine",
    "data_objects": {"42": null, "45": "01"}})",
                                     "p.json");
  EXPECT_EQ(profile.name, "mine");
  EXPECT_EQ(profile.default_options(), (SecureChannelOptions{.protocol = Protocol::scp03, .i = 0x70}));
  EXPECT_EQ(to_hex(profile.diversification_data), "0000475053480000000A");
  EXPECT_FALSE(profile.data_objects.contains(0x42)) << "null takes a member away";
  EXPECT_EQ(to_hex(profile.data_objects.at(0x45)), "01");
  EXPECT_EQ(profile.data_objects.at(0xDF20).size(), 200U);
  EXPECT_EQ(message_of([] {
              static_cast<void>(parse_profile(R"({"kind": "profile", "extends": "none"})", "p.json"));
            }),
            "bad-profile: p.json: extends must be a built-in profile");
}

TEST(Profile, ACardCanHaveSeveralProtocols) {
  const auto text = extension(R"([{"protocol": "SCP02", "i": "55"}, {"protocol": "SCP03", "i": "70"}])",
                              "[" + key_set("30", "AES", std::string(kKey) + std::string(kKey)) + "]");
  const auto profile = parse_profile(text, "p.json");
  EXPECT_EQ(profile.secure_channels.size(), 2U);
  EXPECT_EQ(profile.default_options().protocol, Protocol::scp03) << "by the type of the first key set";
  EXPECT_EQ(profile.card.default_key_set().sequence_counter, 65536U);
  EXPECT_EQ(profile.card.default_key_set().enc.size(), 32U);
}

TEST(Profile, KeysMustFitTheProtocol) {
  const std::string scp03 = R"({"protocol": "SCP03", "i": "70"})";
  EXPECT_EQ(extension_complaint(scp03, "[" + key_set("30", "DES", kKey) + "]"),
            "bad-profile: p.json: key_sets[0] has keys that no protocol of secure_channel uses");
  EXPECT_EQ(extension_complaint(scp03,
                                "[" + key_set("30", "AES", "4041424344454647404142434445464740414243") + "]"),
            "bad-profile: p.json: key_sets[0].enc must have 16, 24 or 32 bytes, has 20");
  EXPECT_EQ(
      extension_complaint(R"({"protocol": "SCP02", "i": "1A"})", "[" + key_set("30", "DES", kKey) + "]"),
      "bad-profile: p.json: key_sets[0].sequence_counter must be 0 to 65535");
  EXPECT_EQ(extension_complaint(R"([{"protocol": "SCP02", "i": "1A"}, {"protocol": "SCP03", "i": "70"}])",
                                "[" + key_set("30", "AES", kKey) + "]"),
            "bad-profile: p.json: secure_channel must have implicit initiation alone");
  EXPECT_EQ(
      extension_complaint(scp03, "[" + key_set("30", "AES", kKey) + "," + key_set("30", "AES", kKey) + "]"),
      "bad-profile: p.json: key_sets[1].version is there already");
}

TEST(Profile, OneBaseKeyIsOneKey) {
  auto text = extension(R"({"protocol": "SCP02", "i": "04"})", "[" + key_set("30", "DES", kKey) + "]");
  text.replace(text.find("65536"), 5, "0");
  EXPECT_TRUE(parse_profile(text, "p.json").default_options().one_base_key());
  text.replace(text.find(kKey), 2, "50");
  EXPECT_EQ(message_of([&] { static_cast<void>(parse_profile(text, "p.json")); }),
            "bad-profile: p.json: key_sets[0] must have one base key as enc, mac and dek");
}

TEST(Profile, KeysAreNeverInAComplaint) {
  const auto text =
      complaint("\"enc\": \"404142434445464748494A4B4C4D4E4F", "\"enc\": \"404142434445464748494A4B4C4D");
  EXPECT_THAT(text, HasSubstr("key_sets[0].enc must have 16 bytes"));
  EXPECT_THAT(text, testing::Not(HasSubstr("4041")));
}

}  // namespace
}  // namespace gpsh::virtualcard
