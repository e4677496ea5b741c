// SPDX-License-Identifier: Apache-2.0
#include "gp/life_cycle.h"

#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

TEST(LifeCycle, Card) {
  const auto text = [](std::uint8_t state) { return life_cycle_text(LifeCycleKind::card, state); };
  EXPECT_EQ(text(0x01), "OP Ready");
  EXPECT_EQ(text(0x07), "Initialized");
  EXPECT_EQ(text(0x0F), "Secured");
  EXPECT_EQ(text(0x7F), "Card Locked");
  EXPECT_EQ(text(0xFF), "Terminated");
  EXPECT_EQ(text(0x03), "03");
}

TEST(LifeCycle, Application) {
  const auto text = [](std::uint8_t state) { return life_cycle_text(LifeCycleKind::application, state); };
  EXPECT_EQ(text(0x03), "Installed");
  EXPECT_EQ(text(0x07), "Selectable");
  EXPECT_EQ(text(0x0F), "Personalized");
  EXPECT_EQ(text(0x83), "Locked");
  EXPECT_EQ(text(0x87), "Locked");
  EXPECT_EQ(text(0x00), "00");
  EXPECT_EQ(text(0x80), "80");
}

TEST(LifeCycle, BitsOfTheApplicationItselfDoNotHideItsState) {
  EXPECT_EQ(life_cycle_text(LifeCycleKind::application, 0x17), "Selectable");
  EXPECT_EQ(life_cycle_text(LifeCycleKind::application, 0x7F), "Personalized");
}

TEST(LifeCycle, LoadFile) {
  EXPECT_EQ(life_cycle_text(LifeCycleKind::load_file, 0x01), "Loaded");
  EXPECT_EQ(life_cycle_text(LifeCycleKind::load_file, 0x00), "00");
}

}  // namespace
}  // namespace gpsh::gp
