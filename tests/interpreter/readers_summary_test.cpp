// SPDX-License-Identifier: Apache-2.0
#include "interpreter/readers_summary.h"

#include <gtest/gtest.h>

namespace gpsh::test {
namespace {

using interpreter::ReaderReport;
using interpreter::ReaderStatus;

std::vector<ReaderReport> one_of_each() {
  const Error wrong_key({.kind = ErrorKind::security, .code = "card-cryptogram", .message = "wrong"});
  return {
      {.reader = {.name = "Reader A", .atr = hex("3B80800101")},
       .status = ReaderStatus::good,
       .run = {.exit_code = 0, .cost = {.apdus = 137, .sent = 33241, .received = 400}},
       .spent = std::chrono::milliseconds(12345)},
      {.reader = {.name = "B", .atr = hex("3B00")},
       .status = ReaderStatus::failed,
       .run = {.exit_code = 1, .failure = wrong_key, .cost = {.apdus = 3, .sent = 20, .received = 99}},
       .spent = std::chrono::milliseconds(8)},
      {.reader = {.name = "C", .atr = hex("3B00")}, .status = ReaderStatus::not_started},
      {.reader = {.name = "D", .atr = {}}, .status = ReaderStatus::no_card},
      {.reader = {.name = "E", .atr = hex("3B00")}, .status = ReaderStatus::failed, .run = {.exit_code = 2}}};
}

TEST(ReadersSummary, IsATable) {
  EXPECT_EQ(readers_summary(one_of_each()),
            "Reader    ATR         Result                        Time      APDUs\n"
            "Reader A  3B80800101  good                          12.345 s  137\n"
            "B         3B00        failed: gpsh.card-cryptogram  0.008 s   3\n"
            "C         3B00        not started                   -         -\n"
            "D         -           no card                       -         -\n"
            "E         3B00        failed                        0.000 s   0\n"
            "5 readers: 1 good, 2 failed, 1 not started, 1 without a card\n");
}

TEST(ReadersSummary, OneReader) {
  auto reports = one_of_each();
  reports.resize(1);
  EXPECT_EQ(readers_summary(reports),
            "Reader    ATR         Result  Time      APDUs\n"
            "Reader A  3B80800101  good    12.345 s  137\n"
            "1 reader: 1 good\n");
}

TEST(ReadersSummary, IsOneObjectAReader) {
  EXPECT_EQ(
      readers_summary_json(one_of_each()),
      R"({"reader":"Reader A","atr":"3B80800101","run":"good","exit_code":0,"milliseconds":12345,)"
      R"("apdus":137,"bytes_sent":33241,"bytes_received":400})"
      "\n"
      R"({"reader":"B","atr":"3B00","run":"failed","exit_code":1,"code":"card-cryptogram","milliseconds":8,)"
      R"("apdus":3,"bytes_sent":20,"bytes_received":99})"
      "\n"
      R"({"reader":"C","atr":"3B00","run":"not_started"})"
      "\n"
      R"({"reader":"D","run":"no_card"})"
      "\n"
      R"({"reader":"E","atr":"3B00","run":"failed","exit_code":2,"milliseconds":0,"apdus":0,"bytes_sent":0,)"
      R"("bytes_received":0})"
      "\n");
}

TEST(ReadersSummary, Label) {
  EXPECT_EQ(interpreter::reader_label("Reader A"), "=== Reader A ===\n");
}

}  // namespace
}  // namespace gpsh::test
