// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/fault.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::virtualcard {
namespace {

TEST(FaultSpec, EveryEffectHasItsWord) {
  const auto first = [](std::string_view text) { return parse_faults(text).front(); };
  EXPECT_EQ(first("sw=6985"), (Fault{.effect = FaultEffect::status_word, .sw = StatusWord(0x6985)}));
  EXPECT_EQ(first("truncate"), (Fault{.effect = FaultEffect::truncated, .number = 1}));
  EXPECT_EQ(first("truncate=0"), (Fault{.effect = FaultEffect::truncated, .number = 0}));
  EXPECT_EQ(first("garbage"), (Fault{.effect = FaultEffect::garbage, .bytes = hex("DEADBEEF")}));
  EXPECT_EQ(first("garbage=0102"), (Fault{.effect = FaultEffect::garbage, .bytes = hex("0102")}));
  EXPECT_EQ(first("remove"), (Fault{.effect = FaultEffect::removed}));
  EXPECT_EQ(first("mute"), (Fault{.effect = FaultEffect::mute}));
  EXPECT_EQ(first("rmac"), (Fault{.effect = FaultEffect::wrong_response_mac}));
  EXPECT_EQ(first("t0-61"), (Fault{.effect = FaultEffect::get_response}));
  EXPECT_EQ(first("t0-6c"), (Fault{.effect = FaultEffect::wrong_length}));
}

TEST(FaultSpec, ACryptogramIsWrongAtEveryInitializeUpdateAndASlowCardIsAlwaysSlow) {
  EXPECT_EQ(parse_faults("cryptogram").front(),
            (Fault{.effect = FaultEffect::wrong_cryptogram, .trigger = {.ins = 0x50, .occurrence = {}}}));
  EXPECT_EQ(parse_faults("slow=250").front(),
            (Fault{.effect = FaultEffect::slow, .trigger = {.ins = {}, .occurrence = {}}, .number = 250}));
}

TEST(FaultSpec, SaysWhen) {
  const auto trigger = [](std::string_view text) { return parse_faults(text).front().trigger; };
  EXPECT_EQ(trigger("mute"), (FaultTrigger{.ins = {}, .occurrence = 1}));
  EXPECT_EQ(trigger("mute@7"), (FaultTrigger{.ins = {}, .occurrence = 7}));
  EXPECT_EQ(trigger("mute@*"), (FaultTrigger{.ins = {}, .occurrence = {}}));
  EXPECT_EQ(trigger("mute@ins:e8"), (FaultTrigger{.ins = 0xE8, .occurrence = 1}));
  EXPECT_EQ(trigger("mute@ins:E8#3"), (FaultTrigger{.ins = 0xE8, .occurrence = 3}));
  EXPECT_EQ(trigger("mute@ins:E8#*"), (FaultTrigger{.ins = 0xE8, .occurrence = {}}));
}

TEST(FaultSpec, SeveralAreSeparatedByCommas) {
  const auto faults = parse_faults("sw=6985@2,remove@ins:E8");
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].sw, StatusWord(0x6985));
  EXPECT_EQ(faults[1].effect, FaultEffect::removed);
}

TEST(FaultSpec, WhatCannotBeReadIsSaid) {
  const auto complaint = [](std::string_view text) {
    const auto error = test::thrown_error([&] { return parse_faults(text).size(); });
    EXPECT_EQ(error.code, "bad-fault");
    return error.message;
  };
  EXPECT_EQ(complaint(""),
            "the fault \"\" must begin with one of: sw, cryptogram, truncate, garbage, remove, mute, rmac, "
            "t0-61, t0-6c, slow");
  EXPECT_EQ(complaint("sw=6985,"),
            "the fault \"\" must begin with one of: sw, cryptogram, truncate, garbage, remove, mute, rmac, "
            "t0-61, t0-6c, slow");
  EXPECT_EQ(complaint("sw=69"), "the fault \"sw=69\" needs a status word of four hex digits, as sw=6985");
  EXPECT_EQ(complaint("sw"), "the fault \"sw\" needs a status word of four hex digits, as sw=6985");
  EXPECT_EQ(complaint("mute=1"), "the fault \"mute=1\" takes no value");
  EXPECT_EQ(complaint("truncate=x"),
            "the fault \"truncate=x\" needs the number of bytes that arrive, as truncate=1");
  EXPECT_EQ(complaint("garbage=1"),
            "the fault \"garbage=1\" needs an even number of hex digits, as garbage=DEADBEEF");
  EXPECT_EQ(complaint("slow"), "the fault \"slow\" needs the microseconds a byte takes, as slow=500");
  EXPECT_EQ(complaint("slow=99999999999"),
            "the fault \"slow=99999999999\" needs the microseconds a byte takes, as slow=500");
  EXPECT_EQ(complaint("mute@0"), "the fault \"mute@0\" needs a number from 1, or *, after its @ or #");
  EXPECT_EQ(complaint("mute@ins:E8#"),
            "the fault \"mute@ins:E8#\" needs a number from 1, or *, after its @ or #");
  EXPECT_EQ(complaint("mute@ins:E"), "the fault \"mute@ins:E\" needs two hex digits after ins:");
}

}  // namespace
}  // namespace gpsh::virtualcard
