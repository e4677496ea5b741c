// SPDX-License-Identifier: Apache-2.0
#include "sessions/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "gp/digest.h"
#include "tests/sessions/channel_log.h"
#include "tests/sessions/report_logs.h"
#include "tests/support/test_data.h"

namespace gpsh::sessions {
namespace {

using nlohmann::json;
using test::recorded;
using test::recording_of;
using test::report_of;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kDataStart = R"(<script type="application/json" id="data">)";

std::string between(const std::string& page, std::string_view start, std::string_view end) {
  const auto from = page.find(start) + start.size();
  return page.substr(from, page.find(end, from) - from);
}

json data_of(const std::string& page) {
  return json::parse(between(page, kDataStart, "</script>"));
}

std::string small_page() {
  return report_page(report_of("> 00A4040000\n< 6103\n> 00C0000003\n< 6F01009000\n"), "0.1.0");
}

TEST(ReportPage, HoldsTheSessionAsData) {
  const auto data = data_of(small_page());
  EXPECT_EQ(data.at("gpsh"), "0.1.0");
  const auto& session = data.at("sessions").at(0);
  EXPECT_EQ(session.at("file"), "a.log");
  EXPECT_EQ(session.at("cost"), (json{{"apdus", 2}, {"sent", 10}, {"received", 7}}));
  const auto& entry = session.at("entries").at(0);
  EXPECT_EQ(entry.at("kind"), "exchange");
  EXPECT_EQ(entry.at("name"), "SELECT");
  EXPECT_EQ(entry.at("status"), "good");
  EXPECT_EQ(entry.at("apdus").at("command"), json({"00A4040000"}));
  EXPECT_EQ(entry.at("apdus").at("response"), json({"6F01009000"}));
}

TEST(ReportPage, NothingIsLoadedFromElsewhere) {
  const auto page = small_page();
  EXPECT_TRUE(page.starts_with(kReportStart));
  EXPECT_THAT(page, HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe")));
  EXPECT_THAT(page, Not(ContainsRegex("https?://|src=|@import|url\\(")));
  EXPECT_THAT(page, Not(ContainsRegex("@[a-z_]+@"))) << "a placeholder was not filled";
  EXPECT_THAT(page, Not(ContainsRegex("innerHTML|outerHTML|insertAdjacentHTML|document\\.write")));
}

TEST(ReportPage, ThePolicyNamesTheScriptByItsHash) {
  const auto page = small_page();
  const auto script = between(page, "<script>", "</script>");
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(script.data());
  // 43 digits and a padding: 256 bits (RFC 4648 section 4).
  const auto hash = between(page, "script-src 'sha256-", "'");
  ASSERT_EQ(hash.size(), 44U);
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto digest = gp::sha256({bytes, script.size()});
  for (std::size_t bit = 0; bit < 256; ++bit) {
    const auto digit = kDigits.find(hash[bit / 6]);
    EXPECT_EQ((digit >> (5 - bit % 6)) & 1U, (digest[bit / 8] >> (7 - bit % 8)) & 1U) << "bit " << bit;
  }
}

TEST(ReportPage, WhatALogSaysIsTextAndNeverMarkup) {
  const std::string evil = "</script><script>alert(1)</script><!--&amp;\xFF";
  const auto page = report_page(
      report_of(recording_of(
          {RecordedCommand{.script_line = 1, .text = evil}, recorded("00A4040000", "9000"), RecordedResult{},
           RecordedEnd{}},
          {.gpsh = "0.1.0", .script = evil, .card = ConnectionInfo{.reader = evil, .atr = hex("3B00")}})),
      "0.1.0");
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<!--&")));
  const auto data = data_of(page);
  EXPECT_THAT(data.at("sessions").at(0).at("entries").at(0).at("text").get<std::string>(),
              HasSubstr("</script><script>alert(1)</script><!--&amp;"));
}

TEST(ReportPage, TheFileNameIsTextToo) {
  std::istringstream in("> 00A4040000\n< 9000\n");
  const auto page = report_page(read_session(in, {}, "<img src=x>&.log"), "0.1.0");
  EXPECT_THAT(page, HasSubstr("<title>&lt;img src=x&gt;&amp;.log - gpsh report</title>"));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(ReportPage, NoSecretIsInIt) {
  for (const auto level : {std::uint8_t{0x01}, std::uint8_t{0x03}}) {
    test::ChannelLog log({.level = level});
    log.command({.cla = 0x80,
                 .ins = 0xD8,
                 .p2 = 0x81,
                 .data = hex("208010DEADBEEF0102030405060708090A0B0C03112233"),
                 .le = 256},
                "20112233 9000");
    log.command({.cla = 0x80, .ins = 0xE2, .p1 = 0xE0, .data = hex("DEADBEEF0102030405060708")});
    log.command({.cla = 0x80, .ins = 0x20, .p2 = 0x80, .data = hex("DEADBEEF")});
    const auto report = report_of(log.text());
    const auto page = report_page(report, "0.1.0") + difference_page(report, report, "0.1.0");
    EXPECT_THAT(page, Not(HasSubstr("DEADBEEF")));
    EXPECT_THAT(page, HasSubstr("112233"));
    // Not even enciphered: whoever has the keys of the channel could read it.
    const auto& put_key = log.lines().at(4);
    EXPECT_THAT(page, Not(HasSubstr(put_key.substr(14, 24))));
  }
}

TEST(ReportPage, EveryLogOfOtherTools) {
  const auto expected = test::outside_file("recordings/expected.json");
  if (!expected) GTEST_SKIP() << "no recordings of other tools here";
  std::size_t pages = 0;
  for (const auto& file : std::filesystem::directory_iterator(expected->parent_path())) {
    if (file.path().extension() != ".log") continue;
    auto in = open_log(file.path());
    const auto report =
        read_session(in, {.derivations = gp::known_diversifications()}, file.path().filename().string());
    const auto session = data_of(report_page(report, "0.1.0")).at("sessions").at(0);
    std::size_t apdus = 0;
    for (const auto& entry : session.at("entries")) {
      if (entry.at("kind") == "exchange") apdus += entry.at("cost").at("apdus").get<std::size_t>();
    }
    EXPECT_EQ(apdus, report.summary.exchanges) << file.path();
    EXPECT_EQ(session.at("cost").at("apdus"), report.summary.exchanges) << file.path();
    ++pages;
  }
  EXPECT_GE(pages, 40U);
}

TEST(ReportPage, TwoSessionsSideBySide) {
  const auto page =
      difference_page(report_of("> 00A4040000\n< 9000\n"), report_of("> 00A4040000\n< 6A82\n"), "0.1.0");
  const auto data = data_of(page);
  EXPECT_EQ(data.at("sessions").size(), 2U);
  EXPECT_EQ(data.at("pairs"), json::parse(R"([{"same": false, "a": 0, "b": 0,
                                               "differences": [["status word", "9000", "6A82"]]}])"));
}

}  // namespace
}  // namespace gpsh::sessions
