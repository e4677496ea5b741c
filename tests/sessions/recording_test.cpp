// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording.h"

#include <gmock/gmock.h>

#include <sstream>

#include "sessions/recording_json.h"
#include "sessions/recording_line.h"
#include "sessions/recording_reader.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

using test::thrown_error;

RecordingHeader small_header() {
  return {.gpsh = "0.1.0",
          .script = "../list.txt",
          .script_sha256 = std::string(64, 'a'),
          .options = {.wire = gp::Wire::gpshell, .force = true},
          .card = ConnectionInfo{
              .reader = "Reader \"A\" 00", .protocol = TransmissionProtocol::t0, .atr = hex("3B00")}};
}

RecordedFailure card_removed() {
  RecordedFailure failure{.code = "card-removed", .facts = {}};
  failure.facts.kind = ErrorKind::reader;
  failure.facts.message = "the card was removed";
  failure.facts.advice = "put it back";
  failure.facts.native_code = 0x80100069;
  failure.facts.native_text = "Card was removed.";
  return failure;
}

/// One of each kind.
std::vector<RecordedHappening> all_kinds() {
  return {
      RecordedCommand{.script_line = 3, .text = "select"},
      RecordedReaders{.readers = {{.name = "Reader A", .atr = hex("3B00")}, {.name = "empty", .atr = {}}}},
      RecordedConnection{.card = *small_header().card},
      RecordedExchange{.apdus = {.plain_command = hex("80D80081"),
                                 .wire_command = hex("84D8008102AABB"),
                                 .wire_response = hex("9000")},
                       .hidden = 2,
                       .duration = std::chrono::microseconds(1250)},
      RecordedUnwrapped{.response = hex("019000")},
      RecordedExchange{.apdus = {.plain_command = {}, .wire_command = hex("00C0000010"), .wire_response = {}},
                       .failure = card_removed()},
      RecordedCallFailure{.call = CardCall::transaction, .failure = card_removed()},
      RecordedResult{.code = "card-removed", .sw = StatusWord(0x6A88)},
      RecordedResult{},
      RecordedEnd{.exit_code = 3}};
}

std::string sealed(const std::vector<std::string>& objects) {
  LineSeal seal;
  std::string text;
  for (const auto& object : objects) text += seal.seal(object) + "\n";
  return text;
}

std::string file_of(const RecordingHeader& header, const std::vector<RecordedHappening>& events) {
  std::vector<std::string> objects{header_text(header)};
  for (const auto& event : events) objects.push_back(event_text(event));
  return sealed(objects);
}

std::string small_file() {
  return file_of(small_header(), all_kinds());
}

ErrorFacts refusal(const std::string& text) {
  return thrown_error([&] { return parse_recording(text, "a.jsonl"); });
}

TEST(Recording, IsReadAsItWasWritten) {
  const auto recording = parse_recording(small_file(), "a.jsonl");
  EXPECT_TRUE(recording.complete);
  EXPECT_EQ(header_text(recording.header), header_text(small_header()));
  ASSERT_EQ(recording.events.size(), all_kinds().size());
  for (std::size_t at = 0; at < recording.events.size(); ++at) {
    EXPECT_EQ(recording.events[at].line, at + 2);
    EXPECT_EQ(event_text(recording.events[at].what), event_text(all_kinds()[at]));
  }
  const auto exchanges = recording.exchanges();
  ASSERT_EQ(exchanges.size(), 2U);
  EXPECT_EQ(exchanges[0].line, 5U);
  EXPECT_EQ(to_hex(exchanges[0].wire_response), "9000");
  EXPECT_TRUE(exchanges[1].wire_response.empty());
}

TEST(Recording, LinesLookAsDocumented) {
  EXPECT_EQ(
      header_text(small_header()),
      R"({"format":"gpsh-recording","version":1,"gpsh":"0.1.0","script":"../list.txt","script_sha256":")" +
          std::string(64, 'a') +
          R"(","options":{"wire":"gpshell","lenient":false,"no_check":false,"force":true},)"
          R"("reader":"Reader \"A\" 00","atr":"3B00","protocol":"T=0"})");
  std::vector<std::string> lines;
  for (const auto& event : all_kinds()) lines.push_back(event_text(event));
  const std::string failure =
      R"({"kind":"reader","code":"card-removed","message":"the card was removed",)"
      R"("advice":"put it back","native_code":2148532329,"native_text":"Card was removed."})";
  EXPECT_THAT(
      lines,
      ::testing::ElementsAre(
          R"({"event":"command","line":3,"text":"select"})",
          R"({"event":"readers","readers":[{"name":"Reader A","atr":"3B00"},{"name":"empty","atr":""}]})",
          R"({"event":"connection","reader":"Reader \"A\" 00","atr":"3B00","protocol":"T=0"})",
          R"({"event":"exchange","plain":"80D80081","hidden":2,"wire":"84D8008102AABB","response":"9000","us":1250})",
          R"({"event":"unwrapped","response":"019000"})",
          R"({"event":"exchange","wire":"00C0000010","failure":)" + failure + R"(,"us":0})",
          R"({"event":"failure","call":"transaction","failure":)" + failure + "}",
          R"({"event":"result","status":"failed","code":"card-removed","sw":"6A88"})",
          R"({"event":"result","status":"ok"})", R"({"event":"end","exit":3})"));
}

TEST(Recording, RecordedErrorIsThrownAgainAsItWas) {
  const auto failure = card_removed();
  const auto error = failure.error();
  EXPECT_EQ(error.kind(), ErrorKind::reader);
  EXPECT_EQ(error.code(), "card-removed");
  EXPECT_EQ(error.facts().native_code, 0x80100069U);
}

// The check value covers every byte of its line, blanks too, and the line before. So after any change of any
// byte the recording is refused, or, where the last line end is gone, known to be incomplete.
TEST(Recording, AnyChangedByteIsFound) {
  const auto good = small_file();
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const int flip : {0x01, 0x20, 0x80}) {
      auto bad = good;
      bad[at] = static_cast<char>(bad[at] ^ flip);
      try {
        EXPECT_FALSE(parse_recording(bad, "a.jsonl").complete) << at;
      } catch (const Error& error) {
        const auto line = static_cast<std::size_t>(std::count(
                              good.begin(), good.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
                          1;
        EXPECT_TRUE(error.facts().message.starts_with("a.jsonl:" + std::to_string(line) + ": "))
            << error.what();
      }
    }
  }
}

TEST(Recording, ChangedValueIsToldWithItsLine) {
  auto text = small_file();
  text.replace(text.find("\"us\":1250"), 9, "\"us\":1251");
  const auto facts = refusal(text);
  EXPECT_EQ(facts.kind, ErrorKind::file);
  EXPECT_EQ(facts.code, "bad-recording");
  EXPECT_EQ(
      facts.message,
      "a.jsonl:5: its check value does not fit: this line was changed, or lines before it were removed, "
      "added or moved");
  EXPECT_EQ(facts.advice, "take the recording from where it was kept, or record the session again");
}

TEST(Recording, NothingStandsBehindTheEnd) {
  const auto facts = refusal(small_file() + "x");
  EXPECT_EQ(facts.code, "bad-recording");
  EXPECT_EQ(facts.message.substr(facts.message.find(' ')),
            " something stands behind the end of the recorded run");
}

TEST(Recording, MissingAndMovedLinesAreFound) {
  const auto good = small_file();
  const auto second = good.find('\n') + 1;
  const auto third = good.find('\n', second) + 1;
  EXPECT_TRUE(
      refusal(good.substr(0, second) + good.substr(third)).message.starts_with("a.jsonl:2: its check"));
  EXPECT_TRUE(refusal(good.substr(second)).message.starts_with("a.jsonl:1: "));
}

TEST(Recording, BrokenJsonIsToldWithItsByte) {
  auto text = small_file();
  text[text.find("{\"event\"") + 1] = '!';
  EXPECT_EQ(refusal(text).message, "a.jsonl:2: it is no JSON, wrong at byte 2");
}

// With a check value that fits: what another program may have written.
TEST(Recording, WrongFieldsAreNamed) {
  const auto with = [](const std::string& event) { return sealed({header_text(small_header()), event}); };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"event":"exchange","response":"9000","us":1})", "field \"wire\": it is missing"},
      {R"({"event":"exchange","wire":"","response":"9000","us":1})", "field \"wire\": it is empty"},
      {R"({"event":"exchange","wire":"00A","response":"9000","us":1})", "field \"wire\": it is no hex"},
      {R"({"event":"exchange","wire":"00","response":"9000","us":-1})",
       "field \"us\": it is no number of 0 to 9223372036854775807"},
      {R"({"event":"command","line":1,"text":7})", "field \"text\": it is no text"},
      {R"({"event":"connection","reader":"a","atr":"","protocol":"T=2"})",
       "field \"protocol\": \"T=2\" is none of its words"},
      {R"({"event":"readers","readers":{}})", "field \"readers\": it is no list"},
      {R"({"event":"readers","readers":[1]})", "it is no JSON object"},
      {R"({"event":"failure","call":"connect","failure":1})", "field \"failure\": it is no object"},
      {R"({"event":"result","status":"good"})", "field \"status\": it is neither \"ok\" nor \"failed\""},
      {R"({"event":"result","status":"failed","code":""})", "field \"code\": it is empty"},
      {R"({"event":"result","status":"failed","code":"x","sw":"90"})", "field \"sw\": it is no status word"},
      {R"({"event":"end","exit":256})", "field \"exit\": it is no number of 0 to 255"},
      {R"({"event":"end","exit":1E999})", "a number in it is too large"},
      {R"({"event":"dance"})", "field \"event\": \"dance\" is none"}};
  for (const auto& [event, message] : cases) EXPECT_EQ(refusal(with(event)).message, "a.jsonl:2: " + message);
}

TEST(Recording, NestedTooDeep) {
  const auto nested = [](std::size_t levels) {
    std::string event = R"({"event":"failure","call":"connect","failure":)";
    for (std::size_t level = 2; level <= levels; ++level) event += R"({"a":)";
    return sealed({header_text(small_header()), event + "1" + std::string(levels, '}')});
  };
  for (const std::size_t levels : {33U, 200000U}) {
    EXPECT_EQ(refusal(nested(levels)).message, "a.jsonl:2: it is nested deeper than 32 levels") << levels;
  }
  EXPECT_EQ(refusal(nested(32)).message, "a.jsonl:2: field \"code\": it is missing");
}

TEST(Recording, LinesOfAnyLengthAreReadWhole) {
  const RecordingReader reader("a.jsonl");
  for (const std::size_t size : {0U, 1U, 4094U, 4095U, 4096U, 8189U, 8190U, 8191U, 100000U}) {
    std::istringstream in(std::string(size, 'a') + "\n" + std::string(size + 1, 'b'));
    const auto first = reader.next(in);
    ASSERT_TRUE(first) << size;
    EXPECT_EQ(first->text, std::string(size, 'a'));
    EXPECT_EQ(first->end, RecordingReader::LineEnd::there) << size;
    const auto second = reader.next(in);
    ASSERT_TRUE(second) << size;
    EXPECT_EQ(second->text, std::string(size + 1, 'b'));
    EXPECT_EQ(second->end, RecordingReader::LineEnd::missing) << size;
    EXPECT_FALSE(reader.next(in)) << size;
  }
}

TEST(Recording, ALineThatIsTooLong) {
  const RecordingReader reader("a.jsonl");
  std::istringstream longest(std::string(RecordingReader::kLongest, 'a'));
  EXPECT_TRUE(reader.next(longest));
  std::istringstream longer(std::string(RecordingReader::kLongest + 1, 'a'));
  const auto error = thrown_error([&] { return reader.next(longer); });
  EXPECT_EQ(error.code, "bad-recording");
  EXPECT_EQ(error.message, "a.jsonl:1: the line has more than 4 MiB");
  EXPECT_EQ(error.advice, "is it a recording?");
}

TEST(Recording, UnknownFieldsArePassedOver) {
  const auto text = sealed({header_text(small_header()), R"({"event":"end","exit":0,"mood":"good"})"});
  EXPECT_TRUE(parse_recording(text, "a.jsonl").complete);
}

TEST(Recording, LaterVersionIsRefused) {
  auto header = header_text(small_header());
  header.replace(header.find("\"version\":1"), 11, "\"version\":2");
  const auto facts = refusal(sealed({header}));
  EXPECT_EQ(facts.code, "recording-version");
  EXPECT_EQ(facts.message, "a.jsonl:1: it has version 2 of the format, this gpsh reads 1");
  EXPECT_EQ(facts.advice, "use the gpsh that made it, or a later one");
}

TEST(Recording, CutAnywhereAfterTheHeaderItIsReadable) {
  const auto good = small_file();
  const auto whole = parse_recording(good, "a.jsonl").exchanges();
  for (auto length = good.find('\n') + 1; length < good.size(); ++length) {
    const auto cut = parse_recording(good.substr(0, length), "a.jsonl");
    EXPECT_FALSE(cut.complete) << length;
    const auto exchanges = cut.exchanges();
    ASSERT_LE(exchanges.size(), whole.size());
    for (std::size_t at = 0; at < exchanges.size(); ++at)
      EXPECT_EQ(exchanges[at].wire_command, whole[at].wire_command);
  }
}

TEST(Recording, CommandThatWasNotAnsweredIsThere) {
  auto text = small_file();
  text.resize(text.find(",\"response\":\"9000\",\"us\""));
  const auto recording = parse_recording(text, "a.jsonl");
  EXPECT_FALSE(recording.complete);
  ASSERT_EQ(recording.exchanges().size(), 1U);
  EXPECT_EQ(to_hex(recording.exchanges()[0].wire_command), "84D8008102AABB");
  EXPECT_TRUE(recording.exchanges()[0].wire_response.empty());
  EXPECT_EQ(recording.exchanges()[0].line, 5U);
}

TEST(Recording, EmptyFileSaysWhy) {
  for (const auto* text : {"", R"({"format":"gpsh-recording","version":1,"gp)"}) {
    const auto facts = refusal(text);
    EXPECT_EQ(facts.code, "empty-recording");
    EXPECT_EQ(facts.message, "a.jsonl is empty: the run was ended before it reached a card");
    EXPECT_EQ(facts.advice, "record the session again");
  }
}

TEST(Recording, OtherFilesAreNone) {
  EXPECT_EQ(refusal("mode_211").message, "a.jsonl:1: it is no JSON, wrong at byte 1");
  EXPECT_EQ(refusal("{}\n").message, "a.jsonl:1: field \"format\": it is missing");
  EXPECT_FALSE(is_recording("mode_211\n"));
  EXPECT_TRUE(is_recording(small_file()));
}

}  // namespace
}  // namespace gpsh::sessions
