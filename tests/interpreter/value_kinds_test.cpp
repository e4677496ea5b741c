// SPDX-License-Identifier: Apache-2.0
#include "interpreter/value_kinds.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

template <class T>
std::string problem(std::string_view text) {
  const auto reading = ValueKind<T>::read(text);
  return reading.problem ? std::string(reading.problem->code) + ": " + reading.problem->text : "";
}

TEST(ValueKinds, IdentifierOfOneByteIsTheLowOne) {
  EXPECT_EQ(ValueKind<DataIdentifier>::read("66").value->value, 0x0066);
  EXPECT_EQ(ValueKind<DataIdentifier>::read("9F7F").value->value, 0x9F7F);
  EXPECT_EQ(problem<DataIdentifier>("9F7"), "odd-hex: 3 hex digits do not make whole bytes");
  EXPECT_EQ(problem<DataIdentifier>("9F7F00"), "bad-length: 3 bytes given, 1 to 2 are possible");
}

TEST(ValueKinds, HexSaysWhichCharacterIsForeign) {
  EXPECT_EQ(problem<Aid>("A00G"), "bad-hex: \"G\" at character 4 is not a hex digit");
  EXPECT_EQ(problem<Aid>("A0\x01"), "bad-hex: an unprintable character at character 3 is not a hex digit");
  EXPECT_EQ(problem<Aid>("${NOVAR}"), "unset-variable: \"${NOVAR}\" names a variable that is not set");
}

TEST(ValueKinds, AidHasAtMostSixteenBytes) {
  EXPECT_TRUE(ValueKind<Aid>::read("A0000000030000").value);
  EXPECT_TRUE(ValueKind<Aid>::read(std::string(32, 'A')).value);
  EXPECT_EQ(problem<Aid>(std::string(34, 'A')), "bad-length: an AID has 5 to 16 bytes, this one has 17");
  EXPECT_EQ(problem<Aid>(""), "bad-length: an AID has 5 to 16 bytes, this one has 0");
}

TEST(ValueKinds, KeyHasTheLengthOfACipher) {
  for (const auto digits : {32, 48, 64}) {
    EXPECT_TRUE(ValueKind<gp::Secret>::read(std::string(static_cast<std::size_t>(digits), '4')).value)
        << digits;
  }
  EXPECT_EQ(problem<gp::Secret>("4041"), "bad-length: a key has 16, 24 or 32 bytes, this one has 2");
}

TEST(ValueKinds, HexPrivilegesWarnWithWhatGpshellWouldNotHaveGranted) {
  const auto reading = ValueKind<PrivilegeNumber>::read("0x04");
  EXPECT_EQ(reading.value->value, 4U);
  EXPECT_EQ(reading.problem->severity, Severity::warning);
  EXPECT_EQ(reading.problem->text,
            "0x04 grants Default Selected / Card Reset; GPShell reads it as 0 and would grant nothing");
}

TEST(ValueKinds, ReadersCountFromOne) {
  EXPECT_EQ(problem<ReaderNumber>("0"), "bad-number: readers are counted from 1");
  EXPECT_EQ(ValueKind<ReaderNumber>::read("2").value->value, 2U);
}

TEST(ValueKinds, WordsAreListedWhenOneIsWrong) {
  EXPECT_EQ(problem<StatusFormat>("1"), "bad-value: \"1\" is not a GET STATUS format");
  EXPECT_EQ(ValueKind<Wrapping>::read("1").value, Wrapping::on);
}

}  // namespace
}  // namespace gpsh::interpreter
