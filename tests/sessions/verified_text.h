// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "sessions/verify.h"

namespace gpsh::test {

/// What gpsh verify finds in the text of a log: its channels, and what is wrong.
struct Verified final : sessions::VerifySink {
  void verdict(const sessions::ChannelVerdict& verdict) override { verdicts.push_back(verdict); }
  void finding(const sessions::VerifyFinding& finding) override {
    if (finding.kind == sessions::VerifyFinding::Kind::wrong) wrong.push_back(finding.text);
  }

  std::vector<sessions::ChannelVerdict> verdicts;
  std::vector<std::string> wrong;
};

inline Verified verified(const std::string& text) {
  std::istringstream in(text);
  Verified found;
  sessions::verify_log(in, {.derivations = gp::known_diversifications()}, found);
  return found;
}

}  // namespace gpsh::test
