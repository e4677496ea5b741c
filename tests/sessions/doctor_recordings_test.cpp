// SPDX-License-Identifier: Apache-2.0
// What the doctor finds in other programs' logs, compared with what an independent implementation found.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "gp/protocol_choice.h"
#include "sessions/doctor_log.h"
#include "tests/support/test_data.h"

namespace gpsh::sessions {
namespace {

using nlohmann::json;

std::vector<gp::CandidateKeys> candidates_for(DoctorLog& log) {
  auto candidates = gp::published_candidates();
  for (auto& found : log.keys) {
    candidates.push_back({.name = "log", .words = "the log's key", .keys = std::move(found.keys)});
  }
  return candidates;
}

/// "default+visa2".
std::string keys_of(const gp::Fit& fit) {
  return fit.keys + (fit.derivation.none() ? "" : "+" + fit.derivation.name());
}

void expect_session(const DoctorSession& session, const gp::Diagnosis& diagnosis, const json& expected) {
  EXPECT_EQ(to_hex(session.asked.answer.key_version), expected.at("key_version"));
  ASSERT_EQ(diagnosis.fits.size(), 1U) << diagnosis.advice;
  const auto& fit = diagnosis.fits.front();
  EXPECT_EQ(gp::protocol_name(fit.protocol), expected.at("protocol"));
  // AES-256 test keys that also stand in the log go by either name.
  const bool doubled = expected.at("keys") == "log" && keys_of(fit) == "default";
  EXPECT_TRUE(doubled || keys_of(fit) == expected.at("keys")) << keys_of(fit);
}

TEST(DoctorRecordings, EverySessionIsFoundAndFits) {
  const auto expectations = test::outside_file("recordings/expected.json");
  if (!expectations)
    GTEST_SKIP() << "recordings are not there; set GPSH_TEST_DATA to the folder that has them";
  std::size_t sessions = 0;
  std::size_t proven_by_challenge = 0;
  const auto all = json::parse(test::read_file(*expectations));
  for (const auto& [file, expected] : all.items()) {
    SCOPED_TRACE(file);
    const auto path = test::outside_file("recordings/" + file);
    ASSERT_TRUE(path);
    auto log = read_doctor_log(*path);
    ASSERT_EQ(log.sessions.size(), expected.size());
    const auto candidates = candidates_for(log);
    for (std::size_t n = 0; n < expected.size(); ++n, ++sessions) {
      const auto& session = log.sessions[n];
      const auto diagnosis = gp::examine(session.asked, candidates, gp::known_diversifications());
      expect_session(session, diagnosis, expected[n]);
      const bool proven =
          !diagnosis.fits.empty() && diagnosis.fits.front().challenge == gp::ChallengeProof::fits;
      if (proven) ++proven_by_challenge;
    }
  }
  EXPECT_GT(sessions, 40U);
  EXPECT_GE(proven_by_challenge, 14U) << "challenges of real cards, over the AID in the log";
}

TEST(DoctorRecordings, Gpshell21IsScp02InMode201) {
  const auto path =
      test::outside_file("recordings/gpshell-21-scp02-cryptogram-mismatch-smartcafe-mode201.log");
  if (!path) GTEST_SKIP() << "recordings are not there; set GPSH_TEST_DATA to the folder that has them";
  auto log = read_doctor_log(*path);
  ASSERT_EQ(log.sessions.size(), 1U);
  const auto diagnosis =
      gp::examine(log.sessions[0].asked, candidates_for(log), gp::known_diversifications());
  EXPECT_EQ(diagnosis.advice,
            "SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: add mode_211");
}

}  // namespace
}  // namespace gpsh::sessions
