// SPDX-License-Identifier: Apache-2.0
// Every command of the language with every kind of fault at each of its exchanges: what the user is told,
// what the card gets, what is written down, and whether the script can go on.
#include <gmock/gmock.h>

#include <array>
#include <iostream>
#include <map>

#include "interpreter/command_table.h"
#include "sessions/recording.h"
#include "tests/interpreter/swept_run.h"
#include "tests/interpreter/written_file.h"
#include "tests/support/small_cap.h"

namespace gpsh::test {
namespace {

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kExternalAuthenticate = 0x82;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kGetStatus = 0xF2;
constexpr std::uint8_t kGetResponse = 0xC0;
constexpr std::uint8_t kDelete = 0xE4;
// INITIALIZE UPDATE, EXTERNAL AUTHENTICATE, PUT KEY, STORE DATA, DELETE, INSTALL, LOAD.
constexpr std::array<std::uint8_t, 7> kNeverRepeated = {0x50, 0x82, 0xD8, 0xE2, kDelete, 0xE6, 0xE8};

struct Swept {
  SweptCard card;
  SweptCommand command;

  [[nodiscard]] bool opens() const { return command.line == "open_sc"; }
  [[nodiscard]] std::string line() const { return opens() ? card.open_sc : command.line; }
  [[nodiscard]] std::string before() const {
    auto text = command.connected ? card.opening() : "";
    if (opens()) text.resize(text.size() - card.open_sc.size() - 1);
    return text + command.before;
  }
};

std::map<std::uint8_t, int> counts(const std::vector<SweptExchange>& exchanges) {
  std::map<std::uint8_t, int> by_ins;
  for (const auto& exchange : exchanges) ++by_ins[exchange.ins()];
  return by_ins;
}

/// The attempts that the card has not accepted: begun by INITIALIZE UPDATE, or by the first wrapped command.
std::size_t attempts_not_accepted(const Swept& swept, const std::vector<SweptExchange>& exchanges) {
  std::size_t open = 0;
  bool first = true;
  for (const auto& exchange : exchanges) {
    const bool wrapped = swept.card.implicit && (exchange.wire.at(0) & 0x04U) != 0;
    if (exchange.ins() == kInitializeUpdate || (wrapped && first)) ++open;
    if (wrapped) first = false;
    if ((wrapped || exchange.ins() == kExternalAuthenticate) && exchange.accepted()) open = 0;
  }
  return open;
}

// GoogleTest destroys it through its base.
class FaultSweep
    : public ::testing::TestWithParam<Swept> {  // NOLINT(cppcoreguidelines-virtual-class-destructor)
 protected:
  FaultSweep() : cap_("small.cap", large_cap().zipped()) {}

  static SmallCap large_cap() {
    SmallCap cap;
    cap.method = component(7, Bytes(600, 0x7A));
    return cap;
  }
  [[nodiscard]] std::string with_file(std::string text) const {
    for (auto at = text.find("CAP"); at != std::string::npos; at = text.find("CAP", at)) {
      text.replace(at, 3, cap_.path());
    }
    return text;
  }
  [[nodiscard]] std::string script() const {
    return with_file(GetParam().before() + GetParam().line() + "\n");
  }
  /// The line may fail; then the rest of the session is used, and after it a new one.
  [[nodiscard]] std::string long_script() const {
    return with_file(GetParam().before() + GetParam().line() + " -noStop\n" +
                     "get_status -element 80 -noStop\nget_data -identifier 66 -noStop\n"
                     "release_context\n" +
                     GetParam().card.opening() + "get_status -element 40\nprint recovered\n");
  }

  void sweep_exchanges();
  void sweep_calls();
  void try_fault(const SweptFault& fault);
  void judge(const SweptFault& fault, const SweptRun& run);
  void judge_failure(const SweptFault& fault, const SweptRun& run);
  void judge_success(const SweptFault& fault, const SweptRun& run);
  void judge_records(const SweptRun& run);
  [[nodiscard]] bool may_pass(const SweptFault& fault) const;
  [[nodiscard]] bool goes_on(const SweptFault& fault) const;

  WrittenFile cap_;
  SweptRun prelude_;
  SweptRun good_;
  std::size_t failed_ = 0;
  std::size_t passed_ = 0;
};

/// Whether the script cannot or need not notice.
bool FaultSweep::may_pass(const SweptFault& fault) const {
  const auto& swept = GetParam();
  if (fault.of_call() || fault.name == "remove" || fault.name == "mute") return false;
  const auto ins = good_.exchanges.at(fault.at - 1).ins();
  const bool detecting = swept.opens() && ins == kGetData;
  const bool any_status = swept.command.name().starts_with("send_apdu");
  if (detecting) return true;
  if (fault.other_length()) {
    // Asked again, which changes nothing on the card.
    return any_status || ins == kSelect || ins == kGetData || ins == kGetStatus || ins == kGetResponse;
  }
  if (fault.name.starts_with("sw=")) return any_status;
  if (fault.name.starts_with("truncate")) return false;
  if (ins == kInitializeUpdate) return swept.card.profile == "t0-card";  // 61xx has nothing to spoil
  // A wrong answer is noticed where a MAC says so, else only where it cannot be read.
  return !swept.card.response_mac || ins == kSelect || ins == kExternalAuthenticate;
}

/// Whether the language itself goes on after this failure.
bool FaultSweep::goes_on(const SweptFault& fault) const {
  const auto name = GetParam().command.name();
  if (name == "send_apdu_nostop") return true;
  return name == "delete" && fault.name == "sw=6985" && good_.exchanges.at(fault.at - 1).ins() == kDelete;
}

void FaultSweep::judge_records(const SweptRun& run) {
  EXPECT_EQ(run.connections, 0) << "the card is disconnected";
  EXPECT_EQ(run.open_attempts, attempts_not_accepted(GetParam(), run.exchanges));
  const auto recording = sessions::parse_recording(run.recording, "run.jsonl");
  EXPECT_TRUE(recording.complete);
  const auto exchanges = recording.exchanges();
  ASSERT_EQ(exchanges.size(), run.exchanges.size());
  if (exchanges.empty()) return;
  EXPECT_EQ(to_hex(exchanges.back().wire_command), to_hex(run.exchanges.back().wire));
}

void FaultSweep::judge_failure(const SweptFault& fault, const SweptRun& run) {
  ++failed_;
  const auto& facts = run.failures.back().facts();
  EXPECT_NE(facts.kind, ErrorKind::internal);
  EXPECT_FALSE(facts.message.empty());
  EXPECT_NE(interpreter::diagnose(run.failures.back(), std::nullopt).advice, "") << facts.message;
  const auto kind = interpreter::exit_code(facts.kind);
  EXPECT_TRUE(kind == 1 || kind == 3) << kind << ": " << facts.message;
  EXPECT_EQ(run.script.exit_code, goes_on(fault) ? 0 : kind) << run.script.err;
  EXPECT_THAT(run.script.out, testing::ContainsRegex(" 0x[0-9A-F]+ \\(.+\\)\n$"));
  if (fault.of_call()) return;
  // GET RESPONSE, and what may be sent with another Le.
  const std::size_t more = fault.other_length() ? 1 : 0;
  EXPECT_LE(run.exchanges.size(), fault.at + more) << "something was sent after the failure";
}

void FaultSweep::judge_success(const SweptFault& fault, const SweptRun& run) {
  ++passed_;
  EXPECT_TRUE(may_pass(fault)) << run.script.out << run.script.err;
  EXPECT_EQ(run.script.exit_code, 0);
  for (const auto ins : kNeverRepeated) {
    EXPECT_EQ(counts(run.exchanges)[ins], counts(good_.exchanges)[ins]) << to_hex(ins);
  }
}

void FaultSweep::judge(const SweptFault& fault, const SweptRun& run) {
  judge_records(run);
  for (const auto ins : kNeverRepeated) {
    EXPECT_LE(counts(run.exchanges)[ins], counts(good_.exchanges)[ins]) << to_hex(ins) << " was repeated";
  }
  if (run.failures.empty()) {
    judge_success(fault, run);
  } else {
    judge_failure(fault, run);
  }
}

void FaultSweep::try_fault(const SweptFault& fault) {
  SCOPED_TRACE(fault.text());
  judge(fault, run_swept(script(), GetParam().card, fault));
  const auto& info = *interpreter::find_command(GetParam().command.name());
  if (info.rest != interpreter::Rest::options) return;  // it cannot have -noStop
  const auto recovered = run_swept(long_script(), GetParam().card, fault);
  EXPECT_TRUE(recovered.script.out.ends_with("# recovered\n\n"))
      << recovered.script.out << recovered.script.err;
  EXPECT_EQ(recovered.script.exit_code, 0);
  EXPECT_EQ(recovered.connections, 0);
}

void FaultSweep::sweep_exchanges() {
  for (auto at = prelude_.exchanges.size() + 1; at <= good_.exchanges.size(); ++at) {
    for (const auto& name : swept_faults(static_cast<unsigned>(at))) try_fault({.name = name, .at = at});
  }
}

void FaultSweep::sweep_calls() {
  for (auto at = prelude_.calls + 1; at <= good_.calls; ++at) try_fault({.name = "service", .at = at});
}

TEST_P(FaultSweep, EndsWell) {
  const auto& card = GetParam().card;
  prelude_ = run_swept(with_file(GetParam().before()), card);
  good_ = run_swept(script(), card);
  ASSERT_EQ(good_.script.exit_code, GetParam().command.exit_code) << good_.script.err;
  sweep_exchanges();
  sweep_calls();
  std::cout << GetParam().command.name() << " on " << card.name << ": "
            << good_.exchanges.size() - prelude_.exchanges.size() << " exchanges, "
            << good_.calls - prelude_.calls << " other calls; of " << failed_ + passed_ << " faults "
            << failed_ << " reported, " << passed_ << " of no consequence; "
            << (HasFailure() ? "UNEXPECTED" : "as expected") << "\n";
}

std::vector<Swept> everything() {
  std::vector<Swept> all;
  for (const auto& card : swept_cards()) {
    for (const auto& command : swept_commands()) all.push_back({.card = card, .command = command});
  }
  for (const auto& card : more_openings()) {
    all.push_back({.card = card, .command = {.line = "open_sc"}});
    all.push_back({.card = card, .command = {.line = "get_status -element 40"}});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, FaultSweep, ::testing::ValuesIn(everything()), [](const auto& one) {
  return one.param.card.name + "_" + one.param.command.name();
});

TEST(FaultSweepTable, HasEveryCommand) {
  std::vector<std::string> swept;
  for (const auto& command : swept_commands()) swept.push_back(command.name());
  EXPECT_THAT(swept, testing::UnorderedElementsAreArray(interpreter::command_names()));
}

}  // namespace
}  // namespace gpsh::test
