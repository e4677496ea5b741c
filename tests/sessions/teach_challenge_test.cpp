// SPDX-License-Identifier: Apache-2.0
// gpsh explain --teach where a card's challenge is pseudo-random.
#include "sessions/teach_challenge.h"

#include <gmock/gmock.h>

#include <sstream>

#include "sessions/explain.h"
#include "tests/sessions/explain_printer.h"

namespace gpsh::sessions {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string taught(const std::string& log) {
  std::istringstream in(log);
  test::ExplainPrinter printer;
  explain_log(in, {.derivations = gp::known_diversifications(), .teaching = Teaching::on}, printer);
  return printer.text;
}

constexpr auto kSelect = "> 00A4040008A000000151000000\n< 6F108408A000000151000000A5049F6501FF9000\n";

// AID, i, challenge and cryptogram of recording gpshell-01.
std::string scp02(const std::string& i) {
  return kSelect + ("> 80CA006600\n< 660F730D640B06092A864886FC6B0402" + i) +
         "9000\n"
         "> 80500000081443E205269A2AB500\n"
         "< 00002345558083204839010200013C2B9786B83B4A40328149BB6F3F9000\n";
}

TEST(TeachChallenge, OfScp02) {
  EXPECT_THAT(
      taught(scp02("55")),
      HasSubstr("    card challenge: pseudo-random: the first 6 bytes of single DES in CBC mode under the "
                "left half of S-MAC, the last block with triple DES, ICV of zeros (GPCS 2.3.1 section "
                "E.4.2.3)\n"
                "      input: A0000001510000008000000000000000\n"
                "        AID of the selected application: A000000151000000\n"
                "        padding: 8000000000000000\n"
                "      result: 3C2B9786B83B"));
  EXPECT_THAT(taught(scp02("55")), HasSubstr("      in the log: 3C2B9786B83B (equal)\n"));
  EXPECT_THAT(taught(scp02("15")), Not(HasSubstr("pseudo-random: ")));
}

// The answer of recording gp-07.
std::string scp03(const std::string& aid) {
  return "> 00A4040008" + aid +
         "\n< 9000\n"
         "> 8050000008A51709B085AF91C100\n"
         "< 03700000000000000000010370BE906A81C79CAF176D073D7EF2F518F300004F9000\n";
}

TEST(TeachChallenge, OfScp03) {
  EXPECT_THAT(
      taught(scp03("A000000151000000")),
      HasSubstr("    card challenge: pseudo-random: the first bytes of CMAC under the static ENC key (AmdD "
                "sections 4.1.5 and 6.2.2.1)\n"
                "      input: 0000000000000000000000020000400100004FA000000151000000\n"
                "        label: 0000000000000000000000\n"
                "        derivation constant: 02\n"
                "        separator: 00\n"
                "        L: 0040 (64 bits)\n"
                "        counter: 01\n"
                "        sequence counter: 00004F\n"
                "        AID of the selected application: A000000151000000\n"
                "      result: BE906A81C79CAF17\n"
                "      in the log: BE906A81C79CAF17 (equal)\n"));
}

TEST(TeachChallenge, OfAnotherApplicationIsNotEqual) {
  EXPECT_THAT(taught(scp03("A000000003000000")),
              HasSubstr("      in the log: BE906A81C79CAF17 (not equal)\n"));
}

TEST(TeachChallenge, IsNothingWhereTheApplicationIsNotKnown) {
  const auto log = scp03("A000000151000000");
  EXPECT_THAT(taught(log.substr(log.find("> 80"))), Not(HasSubstr("pseudo-random: ")));
}

}  // namespace
}  // namespace gpsh::sessions
