// SPDX-License-Identifier: Apache-2.0
// Scripts that manage content and keys, of examples/ and tests/scripts/every-card/, on every profile that
// they fit. A card with other keys gets the script with them in the place of the public test key, each at its
// highest level.
#include <filesystem>

#include "tests/interpreter/script_expectations.h"
#include "tests/interpreter/script_files.h"
#include "tests/interpreter/standing_in.h"

#include "gp/cap_file.h"
#include "tests/support/small_cap.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

const std::string kTestKey = "404142434445464748494a4b4c4d4e4f";
const std::string kTestKeys = "-enc_key " + kTestKey + " -mac_key " + kTestKey + " -kek_key " + kTestKey;

const std::vector<std::string> kWithResponses = {"0", "1", "3", "17", "19"};
const std::vector<std::string> kAllOfScp03 = {"0", "1", "3", "17", "19", "51"};

/// What a card wants otherwise than generic-scp02.
struct CardWants {
  std::string profile;
  std::vector<std::string> levels = {"0", "1", "3"};
  std::size_t key_bytes = 16;
  std::string derivation{};
  std::vector<std::string> cannot{};  ///< scripts that do not fit
};

void PrintTo(const CardWants& card, std::ostream* out) {
  *out << card.profile;
}

/// Not here: jcop-not-fused, whose keys nobody knows, and card-locked, on which nothing can be changed.
std::vector<CardWants> cards() {
  return {{.profile = "generic-scp01"},
          {.profile = "generic-scp01-15"},
          {.profile = "generic-scp02"},
          // An implicit channel names no key version, and asks the domain for its own counter and AID.
          {.profile = "generic-scp02-i1a",
           .levels = {"1 -scpimpl 0x1A"},
           .cannot = {"put-keys", "create-security-domain", "forbidden-security-domain", "terminate-card"}},
          {.profile = "scp02-i55"},
          {.profile = "scp02-rmac", .levels = kWithResponses},
          {.profile = "scp03-i00"},
          {.profile = "generic-scp03-i10"},
          {.profile = "generic-scp03-i60", .levels = kAllOfScp03},
          {.profile = "scp03-i70", .levels = kAllOfScp03},
          {.profile = "scp03-s16", .levels = kAllOfScp03},
          {.profile = "generic-scp03-aes192", .levels = kAllOfScp03, .key_bytes = 24},
          {.profile = "scp03-aes256", .levels = kAllOfScp03, .key_bytes = 32},
          {.profile = "visa2-diversified", .derivation = "visa2"},
          {.profile = "emv-diversified", .derivation = "emvcps11"},
          {.profile = "jcop-j2a040"},
          {.profile = "jcop31-scp02-i15"},
          {.profile = "nokia6131"},
          {.profile = "t0-card"},
          {.profile = "small-memory"},
          {.profile = "yubikey-like", .levels = kAllOfScp03}};
}

std::vector<std::filesystem::path> management_scripts() {
  std::vector<std::filesystem::path> found;
  for (const auto* name :
       {"install", "put-keys", "personalise", "create-security-domain", "lock-and-unlock"}) {
    found.push_back(source_file(std::string("examples/") + name + ".txt"));
  }
  for (const auto& entry : std::filesystem::directory_iterator(source_file("tests/scripts/every-card"))) {
    found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// The script as the card wants it: keys repeat their beginning until they are long enough.
std::string fitted(std::string text, const CardWants& card, const std::string& level) {
  text = replaced(text, "-security 3 ", "-security " + level + " ");
  if (!card.derivation.empty()) {
    text = replaced(text, kTestKeys, "-key " + kTestKey + " -keyDerivation " + card.derivation);
  }
  const std::string option = "_key ";
  for (auto at = text.find(option); at != std::string::npos; at = text.find(option, at)) {
    at += option.size();
    if (text[at] == '-') continue;  // put_sc_key and its first option
    const auto key = text.substr(at, kTestKey.size());
    text.insert(at + key.size(), key.substr(0, 2 * card.key_bytes - key.size()));
  }
  return text;
}

class ExamplesOn : public ::testing::TestWithParam<CardWants> {};

TEST_P(ExamplesOn, EveryCardThatTheyFit) {
  const auto& card = GetParam();
  const WorkingFolder folder;
  write_script_files(folder);
  const StandingIn standing(folder.path("."));
  for (const auto& path : management_scripts()) {
    if (std::ranges::find(card.cannot, path.stem().string()) != card.cannot.end()) continue;
    const auto text = read_file(path);
    for (const auto& level : card.levels) {
      SCOPED_TRACE(path.filename().string() + " at level " + level);
      virtualcard::SystemRandom challenges;
      virtualcard::VirtualReader access(virtualcard::load_profile(card.profile), challenges);
      expect_as_written(run_text(fitted(text, card, level), access), expectations_of(text));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ExamplesOn, ::testing::ValuesIn(cards()),
                         [](const auto& one) { return replaced(one.param.profile, "-", "_"); });

TEST(Examples, HelloCapIsTheSmallOneOfTheTests) {
  const auto bytes = read_file(source_file("examples/hello.cap"));
  const auto cap = gp::parse_cap_file(Bytes(bytes.begin(), bytes.end()), "hello.cap");
  EXPECT_EQ(to_hex(cap.load_file(gp::Wire::gpsh)), to_hex(SmallCap().load_file()));
}

}  // namespace
}  // namespace gpsh::test
