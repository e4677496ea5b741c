// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/state_file.h"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"
#include "tests/support/thrown_error.h"
#include "tests/virtualcard/fixed_random.h"
#include "virtualcard/card_json.h"
#include "virtualcard/inserted_card.h"
#include "virtualcard/profile_document.h"

namespace gpsh::virtualcard {
namespace {

class StateFileTest : public testing::Test {
 protected:
  std::string error_of(std::string_view profile) {
    const auto error = test::thrown_error([&] { return StateFile(path_, profile), 0; });
    return std::string(error.code) + ": " + error.message;
  }

  const test::TemporaryFolder folder_;
  const std::string path_ = folder_.path / "card.json";
};

TEST_F(StateFileTest, ANewFileHoldsTheProfile) {
  StateFile file(path_, "generic-scp02");
  EXPECT_TRUE(is_state_file(path_));
  EXPECT_EQ(file.profile().name, "generic-scp02");
  struct stat found {};
  ASSERT_EQ(stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U) << "the card's keys stand in it";
}

TEST_F(StateFileTest, EachNewFileHasACardNumberThatItKeeps) {
  const auto number = StateFile(path_, "generic-scp02").card_number();
  EXPECT_EQ(number.size(), 16U);
  {
    StateFile again(path_, "generic-scp02");
    EXPECT_EQ(again.card_number(), number);
    auto state = again.profile().card;
    state.issuer_security_domain.domain.failed_authentications = 1;
    again.save(state);
  }
  EXPECT_EQ(StateFile(path_, "").card_number(), number) << "after a change too";
  EXPECT_NE(StateFile(folder_.path / "other.json", "generic-scp02").card_number(), number);
  std::filesystem::remove(path_);
  EXPECT_NE(StateFile(path_, "generic-scp02").card_number(), number) << "another card in the same place";
}

TEST_F(StateFileTest, AFileMayHaveNoCardNumber) {
  auto document = profile_document("generic-scp02");
  document["kind"] = "state";
  std::ofstream(path_) << document.dump();
  EXPECT_EQ(StateFile(path_, "").card_number(), Bytes());
}

/// Everything a card keeps, other than the profile has it.
CardState changed_state() {
  auto state = load_profile("generic-scp02").card;
  auto& issuer = state.issuer_security_domain;
  issuer.life_cycle = CardLifeCycle::locked;
  issuer.domain.key_sets.front().sequence_counter = 17;
  issuer.domain.failed_authentications = 3;
  issuer.domain.confirmation_counter = 4;
  issuer.domain.data[0x42] = hex("112233");
  issuer.domain.data[0x5F50] = hex("616263");
  issuer.domain.service_keys.push_back({.version = 0x70,
                                        .identifier = 0x01,
                                        .components = {{.type = 0xA1, .value = make_key(Bytes(128, 0xC5))},
                                                       {.type = 0xA0, .value = make_key(hex("010001"))}}});
  state.load_files.push_back({.aid = *Aid::from_bytes(hex("A00000000401")),
                              .version = hex("0102"),
                              .modules = {*Aid::from_bytes(hex("A0000000040101"))},
                              .imports = {*Aid::from_bytes(hex("A0000000620001"))},
                              .memory = {.non_volatile = 100, .volatile_bytes = 0}});
  Application domain{.aid = *Aid::from_bytes(hex("A000000151535041")),
                     .life_cycle = 0x0F,
                     .privileges = Privileges(0x800000),
                     .load_file = *Aid::from_bytes(hex("A0000000035350")),
                     .module = *Aid::from_bytes(hex("A000000003535041")),
                     .memory = {.non_volatile = 5, .volatile_bytes = 6}};
  domain.domain.emplace().key_sets = issuer.domain.key_sets;
  state.applications.push_back(domain);
  Application inside = state.applications.front();
  inside.aid = *Aid::from_bytes(hex("A000000004010101"));
  inside.life_cycle = 0x87;
  inside.implicit_selection = hex("C1");
  inside.counter = 7;
  inside.associated_domain = domain.aid;
  state.applications.push_back(inside);
  state.stored_data = hex("5A5A");
  return state;
}

TEST_F(StateFileTest, EverythingTheCardKeepsComesBack) {
  const auto state = changed_state();
  StateFile(path_, "generic-scp02").save(state);
  const auto back = StateFile(path_, "").profile().card;
  EXPECT_EQ(with_card_state({}, back), with_card_state({}, state));
  const auto& issuer = back.issuer_security_domain;
  EXPECT_EQ(issuer.life_cycle, CardLifeCycle::locked);
  EXPECT_EQ(issuer.domain.key_sets.front().sequence_counter, 17U);
  EXPECT_EQ(issuer.domain.failed_authentications, 3U);
  EXPECT_EQ(to_hex(issuer.domain.data.at(0x5F50)), "616263");
  EXPECT_EQ(issuer.domain.service_keys.front().components.size(), 2U);
  EXPECT_EQ(issuer.domain.confirmation_counter, 4U);
  EXPECT_EQ(back.applications.back().counter, 7U);
  EXPECT_EQ(to_hex(back.applications.back().implicit_selection), "C1");
  EXPECT_EQ(back.applications.back().life_cycle, 0x87);
  EXPECT_EQ(to_hex(back.stored_data), "5A5A");
}

TEST_F(StateFileTest, ACommandThatChangesTheCardIsOnTheDiskBeforeItsAnswer) {
  test::FixedRandom random("112233445566");
  InsertedCard card(std::make_unique<StateFile>(path_, "scp03-i70"), random);
  const auto answer = card.transmit(hex("8050000008010203040506070800"));
  EXPECT_EQ(to_hex(ByteView(answer).last(5)), "0000019000");
  const auto kept = read_profile(parse_json(load_profile_text(path_), path_), path_);
  EXPECT_EQ(kept.card.default_key_set().sequence_counter, 1U);
}

TEST_F(StateFileTest, TheSecondProgramIsRefused) {
  const StateFile first(path_, "generic-scp02");
  EXPECT_EQ(error_of("generic-scp02"), "state-in-use: " + path_ + ": another program has this card");
}

TEST_F(StateFileTest, WhatIsNoStateIsRefused) {
  EXPECT_EQ(error_of(""), "unreadable-state: " + path_ + ": there is no such file");
  EXPECT_EQ(error_of("none").substr(0, 16), "unknown-profile:");
  std::ofstream(path_) << profile_text("generic-scp02");
  EXPECT_FALSE(is_state_file(path_));
  EXPECT_EQ(error_of("generic-scp02"),
            "unreadable-state: " + path_ + ": the file keeps no card: its kind is not state");
  std::ofstream(path_) << "{";
  EXPECT_EQ(error_of("generic-scp02").substr(0, 9), "bad-json:");
  std::remove(path_.c_str());
  { const StateFile made(path_, "scp03-i70"); }
  EXPECT_EQ(error_of("generic-scp02"),
            "state-of-another-profile: " + path_ + ": the card in this file is of the profile scp03-i70");
}

TEST_F(StateFileTest, AFileThatIsTooLong) {
  { const StateFile made(path_, "generic-scp02"); }
  std::filesystem::resize_file(path_, (std::size_t{64} << 20) + 1);
  EXPECT_FALSE(is_state_file(path_));
  EXPECT_EQ(error_of("generic-scp02"),
            "unreadable-state: " + path_ + ": the card's state has more than 64 MiB");
}

TEST_F(StateFileTest, AFolderThatIsNotThereCannotBeWritten) {
  const auto error = test::thrown_error([] { return StateFile("/nowhere/card.json", "generic-scp02"), 0; });
  EXPECT_EQ(error.code, "unwritable-state");
  EXPECT_EQ(error.message, "/nowhere/card.json: the card's state cannot be written");
}

/// Saves as fast as it can, and says so after each time. Never returns.
[[noreturn]] void save_for_ever(const std::string& path, int told) {
  StateFile file(path, "generic-scp02");
  auto state = file.profile().card;
  while (true) {
    ++state.issuer_security_domain.domain.key_sets.front().sequence_counter;
    file.save(state);
    if (write(told, "x", 1) != 1) _exit(1);
  }
}

TEST_F(StateFileTest, AKilledProgramLeavesAReadableFile) {
  std::uint32_t counter = 0;
  for (int round = 1; round <= 20; ++round) {
    std::array<int, 2> channel{};
    ASSERT_EQ(pipe(channel.data()), 0);
    const auto child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) save_for_ever(path_, channel[1]);
    close(channel[1]);
    std::uint8_t told = 0;
    for (int saves = 0; saves < round; ++saves) ASSERT_EQ(read(channel[0], &told, 1), 1);
    ASSERT_EQ(kill(child, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    close(channel[0]);
    EXPECT_TRUE(WIFSIGNALED(status));
    const auto kept = StateFile(path_, "generic-scp02").profile().card.default_key_set().sequence_counter;
    EXPECT_GE(kept, counter + static_cast<std::uint32_t>(round));
    counter = kept;
  }
}

}  // namespace
}  // namespace gpsh::virtualcard
