// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "gp/card_session.h"
#include "tests/support/collecting_observer.h"
#include "tests/support/scripted_connection.h"

namespace gpsh::gp {

/// A session with a scripted card. The host challenge is that of recording seed-04, so the answers of that
/// card fit.
class SessionTest : public testing::Test {
 protected:
  explicit SessionTest(Wire wire = Wire::gpsh) : session(card, observer, random, wire) {}
  void TearDown() override { EXPECT_TRUE(card.done()) << "the card waits for more commands"; }

  [[nodiscard]] const Remark* remark(std::string_view code) const {
    for (const auto& candidate : observer.remarks) {
      if (candidate.code == code) return &candidate;
    }
    return nullptr;
  }
  [[nodiscard]] std::string remark_text(std::string_view code) const {
    const auto* found = remark(code);
    return found != nullptr ? found->text : "(no remark)";
  }
  void use_t0() { card.info.protocol = TransmissionProtocol::t0; }

  test::ScriptedConnection card;
  test::CollectingObserver observer;
  FixedRandom random{hex("266C8E3C10693905")};
  CardSession session;
};

}  // namespace gpsh::gp
