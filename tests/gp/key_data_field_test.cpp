// SPDX-License-Identifier: Apache-2.0
#include "gp/key_data_field.h"

#include "tests/gp/key_channel.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

class KeyDataFieldTest : public KeyChannelTest {
 protected:
  [[nodiscard]] std::string field(std::string_view key, std::uint8_t type, KeyFormat format) const {
    return to_hex(symmetric_key_field(key_of(key), type, format, channel_key_encryption(session)).bytes);
  }
};

constexpr std::string_view k128 = "505152535455565758595A5B5C5D5E5F";
constexpr std::string_view k192 = "505152535455565758595A5B5C5D5E5F5051525354555657";
constexpr std::string_view k256 = "505152535455565758595A5B5C5D5E5F505152535455565758595A5B5C5D5E5F";

// GPShell 3.0.0, runs scp02-55-putkeys-1 and scp01-15-putkeys-1.
TEST_F(KeyDataFieldTest, TripleDesUnderTheDekOfScp02AndScp01) {
  open({.protocol = 2});
  EXPECT_EQ(field(k128, kDesKey, KeyFormat::gpshell), "801013F567387299BA1FA179EAAF18C8CDE403A4B7D6");
  open({.protocol = 1, .i = 0x15});
  EXPECT_EQ(field(k128, kDesKey, KeyFormat::gpshell), "80106C242DC05240ED834127E298A97B574D03A4B7D6");
}

// GPShell 3.0.0, run scp03-70-putkeys-1; the longer keys encrypted with OpenSSL 3.0.
TEST_F(KeyDataFieldTest, AesAsGpshellSendsIt) {
  open({.protocol = 3, .i = 0x70});
  EXPECT_EQ(field(k128, kAesKey, KeyFormat::gpshell), "8810C62E5212589B9EAF19AE940D03C3B7C203F2A8DF");
  EXPECT_EQ(field(k192, kAesKey, KeyFormat::gpshell),
            "882118C62E5212589B9EAF19AE940D03C3B7C29604BFD906E8155098BD63E731DF737903F6CEC5");
  EXPECT_EQ(field(k256, kAesKey, KeyFormat::gpshell),
            "8820C62E5212589B9EAF19AE940D03C3B7C237D15B2012A42327B4204FECA727B2E3039E614D");
}

TEST_F(KeyDataFieldTest, AesWithItsLength) {
  open({.protocol = 3, .i = 0x70});
  EXPECT_EQ(field(k128, kAesKey, KeyFormat::length_prefixed),
            "881110C62E5212589B9EAF19AE940D03C3B7C203F2A8DF");
  EXPECT_EQ(field(k192, kAesKey, KeyFormat::length_prefixed), field(k192, kAesKey, KeyFormat::gpshell));
  EXPECT_EQ(field(k256, kAesKey, KeyFormat::length_prefixed),
            "882120C62E5212589B9EAF19AE940D03C3B7C237D15B2012A42327B4204FECA727B2E3039E614D");
  EXPECT_EQ(field(k128, kDesKey, KeyFormat::length_prefixed), field(k128, kDesKey, KeyFormat::gpshell));
}

TEST_F(KeyDataFieldTest, OtherTypesAndLengthsAreRefused) {
  open({.protocol = 3, .i = 0x70});
  const auto wrong_type = thrown_error([&] { return field(k128, 0x89, KeyFormat::gpshell); });
  EXPECT_EQ(wrong_type.code, "key-type");
  EXPECT_EQ(wrong_type.message, "key type 89 is neither triple DES (80 to 84) nor AES (88)");
  EXPECT_EQ(thrown_error([&] { return field(k128, 0x85, KeyFormat::gpshell); }).code, "key-type");
  EXPECT_EQ(thrown_error([&] { return field(k192, kDesCbcKey, KeyFormat::gpshell); }).code, "key-length");
}

TEST_F(KeyDataFieldTest, WithoutChannelOrDekThereIsNoEncryption) {
  const auto closed = thrown_error([&] { return channel_key_encryption(session); });
  EXPECT_EQ(closed.code, "no-channel");
  EXPECT_EQ(closed.message, "keys are sent through a secure channel only, and none is open");
  EXPECT_EQ(closed.advice, "put open_sc before this line");
  for (const std::uint8_t protocol : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{3}}) {
    open({.protocol = protocol, .i = static_cast<std::uint8_t>(protocol == 3 ? 0x70 : 0x15), .dek = ""});
    EXPECT_EQ(thrown_error([&] { return channel_key_encryption(session); }).code, "key-missing");
  }
}

TEST_F(KeyDataFieldTest, StaticKeyEncryptionIsScp01s) {
  open({.protocol = 1, .i = 0x15, .dek = ""});
  const auto kek = key_of(kStaticKey);
  EXPECT_EQ(
      to_hex(symmetric_key_field(key_of(k128), kDesCbcKey, KeyFormat::gpshell, static_key_encryption(kek))
                 .bytes),
      "81106C242DC05240ED834127E298A97B574D03A4B7D6");
}

}  // namespace
}  // namespace gpsh::gp
