// SPDX-License-Identifier: Apache-2.0
#include "interpreter/shell.h"

#include <gmock/gmock.h>

#include <deque>
#include <sstream>

#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

using namespace interpreter;
using ::testing::ElementsAre;
using ::testing::EndsWith;

/// Somebody who types these lines; those that end with \n are pasted together with the next one.
class TypingEditor final : public LineEditor {
 public:
  explicit TypingEditor(std::deque<std::string> lines) : lines_(std::move(lines)) {}

  TypedLine read(const std::string& prompt) override {
    prompts.push_back(prompt);
    waits_ = false;
    if (lines_.empty()) return {.kind = TypedLine::Kind::end};
    auto text = std::move(lines_.front());
    lines_.pop_front();
    if (text == "^C") return {.kind = TypedLine::Kind::cancelled};
    waits_ = text.ends_with('\n');
    if (waits_) text.pop_back();
    last_ = text;
    return {.text = std::move(text)};
  }
  bool input_waits() override { return waits_; }
  void forget() override { forgotten.push_back(last_); }
  void remember(const std::string& line) override { remembered.push_back(line); }

  std::vector<std::string> prompts;
  std::vector<std::string> remembered;
  std::vector<std::string> forgotten;

 private:
  std::deque<std::string> lines_;
  std::string last_;
  bool waits_ = false;
};

struct Session {
  std::vector<std::string> prompts;
  std::vector<std::string> remembered;
  std::vector<std::string> forgotten;
  std::string out;
  std::string err;
};

/// A session of these lines. `interrupted` is asked as a Ctrl-C would be noticed.
Session typed(
    const std::deque<std::string>& lines, const ScriptedConnection& card,
    const std::function<bool()>& interrupted = [] { return false; }) {
  std::ostringstream out;
  std::ostringstream err;
  DiagnosticSink diagnostics(err, Colour::off);
  Output output(out);
  ScriptedAccess access(card);
  gp::FixedRandom random(hex("0001020304050607"));
  SeenAids seen;
  RunEnvironment environment{
      .access = access, .random = random, .output = output, .recorder = &seen, .interrupted = interrupted};
  Run run(environment, diagnostics);
  TypingEditor editor(lines);
  const Environment no_variables = no_environment;
  Shell shell(
      {.run = run,
       .editor = editor,
       .seen = seen,
       .output = output,
       .diagnostics = diagnostics,
       .check =
           [&](Source text, const checks::Known& known) {
             const CheckRequest request{
                 .environment = no_variables, .end = TextEnd::of_entry, .known = known};
             return check(std::move(text), request);
           },
       .forget_interrupt = [] {},
       .ended = [] { return false; },
       .keep = [](const std::string&) {},
       .recording = {.start = [](const std::string&) {}, .stop = [] {}, .file = [] { return std::string(); }},
       .card_change = [](const std::string&) { return std::optional<CardChange>(); }},
      {});
  shell.loop();
  return {editor.prompts, editor.remembered, editor.forgotten, out.str(), err.str()};
}

TEST(Shell, PromptFollowsTheSession) {
  const auto session =
      typed({"mode_211", "establish_context", "card_connect", "select -AID A000000003000000"},
            ScriptedConnection().expect("00A4040008A000000003000000", "9000"));
  EXPECT_THAT(session.prompts,
              ElementsAre("op201> ", "gp211> ", "gp211> ", "gp211 Scripted> ", "gp211 Scripted A000..00> "));
  EXPECT_EQ(session.out, "");
  EXPECT_EQ(session.err, "");
}

TEST(Shell, EachLineIsCheckedWithWhatTheSessionIs) {
  const auto session = typed(
      {"mode_211", "card_connect", "establish_context", "card_connect", "select -AID D0D1D2D3D4D501",
       "get_data -identifier 9F7F"},
      ScriptedConnection().expect("00A4040007D0D1D2D3D4D501", "6A82").expect("80CA9F7F00", "9F7F0147109000"));
  EXPECT_EQ(session.err,
            "input:1:1: error[gpsh.no-context]: there is no connection to the PC/SC service\n"
            "  card_connect\n"
            "  ^^^^^^^^^^^^\n"
            "  advice: put establish_context before this line\n"
            "input:1:1: error[gpsh.card-status]: SELECT was refused: 6A82, no application with this AID\n"
            "  select -AID D0D1D2D3D4D501\n"
            "  ^^^^^^\n"
            "  sent 00A4040007D0D1D2D3D4D501, answered 6A82\n"
            "  advice: list what is there with get_status, or select without -AID for the issuer security "
            "domain\n");
  EXPECT_EQ(session.prompts.size(), 7U);
}

TEST(Shell, APasteIsOneEntryThatIsCheckedFirst) {
  const auto wrong = typed({"mode_211\n", "establish_contxt\n", "print never"}, ScriptedConnection());
  EXPECT_EQ(wrong.out, "");
  EXPECT_THAT(wrong.prompts, ElementsAre("op201> ", "... ", "... ", "op201> "));
  const auto right = typed({"mode_211\n", "print one\n", "# two"}, ScriptedConnection());
  EXPECT_EQ(right.out, "mode_211\n# one\n\n");
}

TEST(Shell, AWordOfTheShellWithinAPasteStandsAlone) {
  const auto session = typed({"mode_211\n", "trace on\n", "print one"}, ScriptedConnection());
  EXPECT_EQ(session.out, "# one\n\n");
  EXPECT_EQ(session.err, "");
  EXPECT_THAT(session.remembered, ElementsAre("mode_211", "trace on", "print one"));
}

TEST(Shell, ACancelledEntryIsForgotten) {
  const auto session = typed({"mode_211\n", "^C", "print one"}, ScriptedConnection());
  EXPECT_EQ(session.out, "# one\n\n");
  EXPECT_THAT(session.prompts, ElementsAre("op201> ", "... ", "op201> ", "op201> "));
}

TEST(Shell, AnInterruptEndsTheEntryNotTheSession) {
  int asked = 0;
  const auto session = typed({"establish_context\n", "card_connect\n", "select\n", "print never", "print on"},
                             ScriptedConnection(), [&] { return ++asked == 4; });
  EXPECT_EQ(session.out,
            "establish_context\ncard_connect\nselect\n"
            "select_application() returns 0x8030F000 (stopped on request, before the next APDU was sent)\n"
            "# on\n\n");
}

TEST(Shell, WhatWasTypedBeforeAQuestionIsNoAnswer) {
  const auto session =
      typed({"establish_context", "card_connect", "send_apdu -APDU 80F080FF00\n", "trace on", "y"},
            ScriptedConnection());
  EXPECT_EQ(session.out,
            "send_apdu: this terminates the card: it can never be used again\n"
            "nothing was done: more was typed before the question could be asked\n");
  EXPECT_NE(session.err.find("unknown command y"), std::string::npos);
}

TEST(Shell, OnlyYesIsAnAnswer) {
  const auto card = ScriptedConnection().expect("80F080FF00", "9000");
  const auto session = typed({"establish_context", "card_connect", "send_apdu -APDU 80F080FF00", "Y ",
                              "send_apdu -APDU 80F080FF00", "^C", "send_apdu -APDU 80F080FF00", "yes"},
                             card);
  const std::string question = "send_apdu: this terminates the card: it can never be used again\n";
  EXPECT_EQ(session.out, question + "nothing was done\n" + question + "nothing was done\n" + question +
                             "send_APDU() returns 0x80209000 (Success)\n");
}

TEST(Shell, KeysEndWithTheConnection) {
  constexpr auto kKey = "open_sc -key 000102030405060708090a0b0c0d0e0f";
  const auto card = ScriptedConnection()
                        .expect("80CA006600", "6A88")
                        .expect("8050000008000102030405060700", "6985")
                        .expect("80CA006600", "6A88")
                        .expect("8050000008000102030405060700", "6985");
  const auto session = typed({"mode_211", "establish_context", "card_connect", kKey, "open_sc",
                              "card_disconnect", "card_connect", "open_sc"},
                             card);
  EXPECT_THAT(session.forgotten, ElementsAre(kKey));
  EXPECT_THAT(session.err, EndsWith("input:1:1: error[gpsh.key-missing]: a secure channel needs the ENC key\n"
                                    "  open_sc\n"
                                    "  ^^^^^^^\n"
                                    "  advice: give -enc_key, -mac_key and -kek_key, or -key\n"));
}

TEST(Shell, ExitLeaves) {
  EXPECT_THAT(typed({"exit", "print never"}, ScriptedConnection()).prompts, ElementsAre("op201> "));
}

}  // namespace
}  // namespace gpsh::test
