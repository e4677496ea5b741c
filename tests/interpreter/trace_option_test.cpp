// SPDX-License-Identifier: Apache-2.0
// --trace: what reaches the card, in words or as JSON.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include <sstream>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

ProgramRun run_with(const std::vector<std::string>& options, const std::string& script,
                    const std::vector<std::string>& environment = {}) {
  const WorkingFolder folder;
  folder.write("a.txt", script);
  std::vector<std::string> arguments = {"--card", "virtual", "--fixed-host-challenge", "0001020304050607"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.emplace_back("a.txt");
  return folder.run(arguments, "", environment);
}

const std::string kOpened =
    "mode_211\nestablish_context\ncard_connect\nselect -AID A000000003000000\n"
    "open_sc -security 3 -key 404142434445464748494a4b4c4d4e4f\n";

TEST(TraceOption, EachExchangeInWords) {
  const auto run = run_with({"--trace", "explain"}, kOpened + "delete -AID D0D1D2D3D4D509\n");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, Not(HasSubstr("Command -->")));
  EXPECT_THAT(run.out, HasSubstr("select -AID A000000003000000\n"
                                 "  9000  SELECT                                  AID "
                                 "A000000003000000\n"));
  EXPECT_THAT(run.out, HasSubstr("  9000  EXTERNAL AUTHENTICATE (security level 03)  host cryptogram "));
  EXPECT_THAT(run.out, HasSubstr("delete -AID D0D1D2D3D4D509\n"
                                 "  6A88  DELETE"));
  EXPECT_THAT(run.out, HasSubstr("-> referenced data not found\n"));
  EXPECT_EQ(run.out.find('\033'), std::string::npos) << "no colour but on a terminal";
}

/// The lines of a page between four blanks at their start, without these.
std::string shown_in(const std::string& page, const std::string& first_line) {
  std::istringstream in(page);
  std::string shown;
  for (std::string line; std::getline(in, line);) {
    if (line == "    " + first_line)
      shown = first_line + "\n";
    else if (!shown.empty() && line.starts_with("    "))
      shown += line.substr(4) + "\n";
    else if (!shown.empty())
      break;
  }
  return shown;
}

TEST(TraceOption, ThePageShowsWhatIsPrinted) {
  const auto run =
      run_with({"--trace", "explain"},
               "establish_context\ncard_connect\nget_data -identifier C1\nget_data -identifier E1 "
               "-noStop\n");
  const auto shown = shown_in(read_file(source_file("docs/trace.md")), "get_data -identifier C1");
  EXPECT_FALSE(shown.empty());
  EXPECT_THAT(run.out, testing::EndsWith(shown));
}

TEST(TraceOption, EnableTraceKeepsTheStyleThatWasAskedFor) {
  const auto run =
      run_with({"--trace", "explain"}, "establish_context\nenable_trace\ncard_connect\nselect\n");
  EXPECT_THAT(run.out, HasSubstr("  9000  SELECT"));
  EXPECT_THAT(run.out, Not(HasSubstr("Command -->")));
}

TEST(TraceOption, AnObjectForEachExchange) {
  const auto run = run_with({"--trace", "json"}, kOpened + "get_data -identifier C1\n");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  std::vector<json> objects;
  std::istringstream in(run.out);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('{')) objects.push_back(json::parse(line));
  }
  ASSERT_GE(objects.size(), 4U);
  EXPECT_EQ(objects.front()["name"], "SELECT");
  EXPECT_EQ(objects.front()["line"], 4);
  EXPECT_EQ(objects.front()["sw"], "9000");
  EXPECT_EQ(objects.back()["name"], "GET DATA 00C1 (sequence counter of the default key set)");
  EXPECT_EQ(objects.back()["response"][0]["name"], "sequence counter");
}

TEST(TraceOption, WithJsonResultsTheyStandInTheirCommand) {
  const auto run = run_with({"--trace", "json", "--format", "json"}, kOpened);
  std::istringstream in(run.out);
  std::vector<json> objects;
  for (std::string line; std::getline(in, line);) objects.push_back(json::parse(line));
  ASSERT_EQ(objects.size(), 5U);
  EXPECT_EQ(objects[3]["trace"][0]["name"], "SELECT");
}

TEST(TraceOption, NoSecretIsInIt) {
  const std::string key = "0123456789ABCDEF0123456789ABCDE0";
  const auto script =
      kOpened + "put_sc_key -newkeyver 2 -enc_key " + key + " -mac_key " + key + " -kek_key " + key +
      "\nstore_data -dataFormat 0x10 -data 4206C0FFEEC0FFEE\nsend_apdu -APDU 0020000104C0DEC0DE\n";
  for (const std::string style : {"explain", "json"}) {
    const auto run = run_with({"--trace", style, "--no-check"}, script);
    const auto trace = run.out + run.err;
    // The script's own echo shows what the script gives in clear.
    std::string shown;
    std::istringstream in(trace);
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("store_data ") && !line.starts_with("send_apdu ")) shown += line + "\n";
    }
    EXPECT_THAT(shown, HasSubstr("PUT KEY"));
    EXPECT_THAT(shown, HasSubstr("STORE DATA"));
    for (const auto* secret : {key.c_str(), "C0FFEE", "C0DE"}) EXPECT_THAT(shown, Not(HasSubstr(secret)));
  }
}

TEST(TraceOption, InClearDataIsShown) {
  const auto run =
      run_with({"--trace", "explain"},
               "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc -security 1 -key "
               "404142434445464748494a4b4c4d4e4f\nstore_data -dataFormat 0x10 -data 4203C0FFEE\n");
  EXPECT_THAT(run.out, HasSubstr("42 issuer identification number C0FFEE"));
}

TEST(TraceOption, AnAnswerThatDoesNotCome) {
  const auto run = run_with({"--trace", "explain", "--fault", "remove@ins:CA"},
                            "establish_context\ncard_connect\nget_data -identifier C1\n");
  EXPECT_NE(run.exit_code, 0);
  EXPECT_THAT(run.out,
              HasSubstr("  ----  GET DATA 00C1 (sequence counter of the default key set)  -> no answer\n"))
      << run.err;
}

}  // namespace
}  // namespace gpsh::test
