// SPDX-License-Identifier: Apache-2.0
#include "sessions/public_key_watch.h"

#include "tests/support/collecting_observer.h"
#include <gtest/gtest.h>

namespace gpsh::sessions {
namespace {

// Of the virtual card with the public test key, SCP02 i=15; the cryptogram is what gp's own tests prove.
constexpr auto kInitializeUpdate = "805000000821B513021E3DC4E700";
constexpr auto kAnswer = "00004750534800000001010200001D18D6C14F30BE16F5BFC4D2065C9000";
constexpr auto kPutKey = "84D800810A01020000000000000000";

std::size_t warnings_of(std::string_view answer, std::initializer_list<std::string_view> commands) {
  test::CollectingObserver observer;
  PublicKeyWatch watch(observer);
  watch.sending(hex(kInitializeUpdate));
  watch.answered(hex(answer));
  for (const auto command : commands) watch.sending(hex(command));
  return observer.remarks.size();
}

TEST(PublicKeyWatch, WarnsOnce) {
  test::CollectingObserver observer;
  PublicKeyWatch watch(observer);
  watch.sending(hex(kInitializeUpdate));
  watch.answered(hex(kAnswer));
  watch.sending(hex(kPutKey));
  watch.answered(hex("9000"));
  watch.sending(hex(kPutKey));
  ASSERT_EQ(observer.remarks.size(), 1U);
  const auto& remark = observer.remarks.front();
  EXPECT_EQ(remark.severity, Severity::warning);
  EXPECT_EQ(remark.code, "recording-discloses-keys");
  EXPECT_EQ(
      remark.text,
      "this channel was opened with a public test key, so whoever has the recording can decrypt the keys of "
      "this PUT KEY");
  EXPECT_EQ(remark.advice, "keep the recording as you keep the new keys, or remove it");
}

TEST(PublicKeyWatch, OtherKeysAndOtherCommandsAreNotWarnedOf) {
  EXPECT_EQ(warnings_of(kAnswer, {kPutKey}), 1U);
  EXPECT_EQ(warnings_of(kAnswer, {"84F280020A4F007D7FEBE95D2E82E500", "80"}), 0U);
  EXPECT_EQ(warnings_of(kAnswer, {"04D800810A01020000000000000000"}), 0U);
  EXPECT_EQ(warnings_of("00004750534800000001010200001D18D6C14F30BE16F5BFC4D2065D9000", {kPutKey}), 0U);
  EXPECT_EQ(warnings_of("6A88", {kPutKey}), 0U);
  EXPECT_EQ(warnings_of("00", {kPutKey}), 0U);
}

}  // namespace
}  // namespace gpsh::sessions
