// SPDX-License-Identifier: Apache-2.0
#include "interpreter/recorded_text.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

TEST(RecordedText, IsTheLineWithoutCommentAndLineEnd) {
  EXPECT_EQ(recorded_text("get_status   -element 40 -noStop // list them\r\n"),
            "get_status -element 40 -noStop");
  EXPECT_EQ(recorded_text("mode_211 # newer cards\n"), "mode_211");
  EXPECT_EQ(recorded_text("install -file \"my applet.cap\"\n"), "install -file my applet.cap");
  EXPECT_EQ(recorded_text("\n"), "");
}

TEST(RecordedText, ValuesThatMayBeSecretAreHidden) {
  EXPECT_EQ(recorded_text("open_sc -security 1 -key 404142434445464748494A4B4C4D4E4F -keyver 2\n"),
            "open_sc -security 1 -key <hidden> -keyver 2");
  EXPECT_EQ(recorded_text("put_dm_token_keys -file a.pem -pass 1234\n"),
            "put_dm_token_keys -file a.pem -pass <hidden>");
  EXPECT_EQ(recorded_text("send_apdu -sc 1 -APDU 0020000108AABB\n"), "send_apdu -sc 1 -APDU <hidden>");
  EXPECT_EQ(recorded_text("store_data -data 0102 -dataFormat 8\n"),
            "store_data -data <hidden> -dataFormat 8");
}

TEST(RecordedText, WhatBelongsToNoOptionIsHidden) {
  EXPECT_EQ(recorded_text("print the PIN is 1234\n"), "print <hidden> <hidden> <hidden> <hidden>");
  EXPECT_EQ(recorded_text("opensc -kee 4041\n"), "opensc <hidden> <hidden>");
  EXPECT_EQ(recorded_text("open_sc -key -key 4041\n"), "open_sc -key -key <hidden>");
}

}  // namespace
}  // namespace gpsh::interpreter
