// SPDX-License-Identifier: Apache-2.0
// Once the channel is closed no key is left in the memory of the program that a script or a person gave it.
#include <filesystem>
#include <random>

#include "tests/interpreter/script_files.h"
#include "tests/support/pseudo_terminal.h"
#include "tests/support/watched_program.h"

#include "gp/scp02.h"
#include "gp/scp03.h"
#include "gp/secret_access.h"
#include "sessions/initialize_update_in.h"
#include "sessions/recording.h"
#include "tests/support/test_data.h"
#include <gmock/gmock.h>

namespace gpsh::test {
namespace {

using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kClosed = "the channel is closed";
constexpr auto kConnect = "mode_211\nestablish_context\ncard_connect\nselect\n";

/// A run cannot end before this is read.
const auto kMuch = "print " + std::string(20000, 'x') + "\n";

/// Three keys that nobody has used before, as hex digits.
struct RandomKeys {
  std::string enc = random_key();
  std::string mac = random_key();
  std::string dek = random_key();

  static std::string random_key() {
    std::random_device random;
    Bytes bytes(16);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    return to_lower_hex(bytes);
  }
  [[nodiscard]] std::string options() const {
    return " -enc_key " + enc + " -mac_key " + mac + " -kek_key " + dek;
  }
  [[nodiscard]] MemoryPatterns patterns(const std::string& whose) const {
    auto all = patterns_of(whose + " ENC", enc);
    all.merge(patterns_of(whose + " MAC", mac));
    all.merge(patterns_of(whose + " DEK", dek));
    return all;
  }
  [[nodiscard]] gp::KeySet key_set() const {
    return {.enc = *gp::Secret::from_hex(enc),
            .mac = *gp::Secret::from_hex(mac),
            .dek = *gp::Secret::from_hex(dek)};
  }
};

/// What a script does between open_sc and the end of the channel.
struct Work {
  std::string name;
  std::string lines;  ///< NEW: the options with the new keys
  std::string end = "card_disconnect\n";
};

struct Case {
  std::string profile;
  Work work;

  [[nodiscard]] std::string name() const { return profile.substr(8, 5) + "_" + work.name; }
  friend void PrintTo(const Case& one, std::ostream* out) { *out << one.name(); }
};

/// A card with keys of its own, a script that uses it, and the recording of that: to run it again in a
/// process where the card itself is not.
class RecordedSession {
 public:
  explicit RecordedSession(const Case& what) : profile_(what.profile) {
    write_script_files(folder);
    folder.write("card.json", R"({"kind": "profile", "extends": ")" + what.profile +
                                  R"(", "key_sets": [{"version": "01", "enc": ")" + keys.enc +
                                  R"(", "mac": ")" + keys.mac + R"(", "dek": ")" + keys.dek +
                                  R"(", "sequence_counter": 0}]})");
    auto lines = what.work.lines;
    if (const auto at = lines.find("NEW"); at != std::string::npos) lines.replace(at, 3, new_keys.options());
    open_line = "open_sc -security 3 -keyver 0" + keys.options() + "\n";
    folder.write("script.txt",
                 kConnect + open_line + lines + what.work.end + "print " + kClosed + "\n" + kMuch + kMuch);
    const auto run = folder.run({"--card", "virtual:card.json", "--record", "card.jsonl", "script.txt"});
    if (run.exit_code != 0) throw std::runtime_error("the card refused: " + run.err);
    recording_ = sessions::parse_recording(read_file(folder.path("card.jsonl")), "card.jsonl");
  }

  /// All keys of the session: of the card, new ones, and those derived from them.
  [[nodiscard]] MemoryPatterns secrets() const {
    auto all = keys.patterns("old");
    all.merge(new_keys.patterns("new"));
    all.merge(session_keys());
    return all;
  }

  WorkingFolder folder;
  RandomKeys keys;
  RandomKeys new_keys;
  std::string open_line;

 private:
  [[nodiscard]] MemoryPatterns session_keys() const {
    MemoryPatterns all;
    const auto add = [&all](const std::string& name, const gp::Secret& key) {
      all.merge(patterns_of(name, to_hex(gp::SecretAccess::view(key))));
    };
    for (const auto& exchange : recording_.exchanges()) {
      const auto host = sessions::host_challenge_in(exchange.wire_command);
      const auto answer = sessions::answer_in(exchange.wire_response);
      if (!host || !answer) continue;
      const auto set = keys.key_set();
      if (profile_.find("scp03") != std::string::npos) {
        const auto derived = gp::Scp03::session_keys(set, *host, answer->card_challenge);
        add("session ENC", derived.enc);
        add("session MAC", derived.mac);
        add("session R-MAC", derived.response_mac);
      } else {
        const auto derived = gp::Scp02::session_keys(set, answer->sequence_counter);
        add("session ENC", derived.enc);
        add("session MAC", derived.mac);
        add("session DEK", derived.dek);
      }
    }
    if (all.empty()) throw std::runtime_error("no channel was opened");
    return all;
  }

  std::string profile_;
  sessions::Recording recording_;
};

const MemoryPatterns kPublic = {{"what the script prints", kClosed}};

const Work kList{.name = "list", .lines = "get_status -element 40\nget_status -element 20\n"};
const Work kInstall{.name = "install", .lines = "install -file hello.cap -priv 0\n"};
const Work kPutKeys{.name = "put_sc_key", .lines = "put_sc_key -keyver 0 -newkeyver 2NEW\n"};
const Work kLeftOpen{.name = "channel_left_open", .lines = "get_status -element 40\n", .end = ""};
const Work kReleased{
    .name = "context_released", .lines = "get_status -element 40\n", .end = "release_context\n"};

class SecretsInMemory : public ::testing::TestWithParam<Case> {};

TEST_P(SecretsInMemory, AreGoneWithTheChannel) {
  const RecordedSession session(GetParam());
  const auto secrets = session.secrets();
  WatchedProgram gpsh(session.folder, {"--replay", "card.jsonl", "script.txt"}, "script.txt");
  if (!GetParam().work.end.empty()) {
    gpsh.read_until(kClosed);
    EXPECT_THAT(gpsh.memory().found(kPublic), Not(IsEmpty()));
    EXPECT_THAT(gpsh.memory().found(secrets), IsEmpty());
  }
  gpsh.run_to_the_end();
  EXPECT_THAT(gpsh.memory().found(secrets), IsEmpty());
  EXPECT_EQ(gpsh.exit_code(), 0) << read_file(session.folder.path("err"));
}

INSTANTIATE_TEST_SUITE_P(Scripts, SecretsInMemory,
                         ::testing::Values(Case{"generic-scp02", kList}, Case{"generic-scp02", kInstall},
                                           Case{"generic-scp02", kPutKeys}, Case{"generic-scp02", kLeftOpen},
                                           Case{"generic-scp03-i60", kList},
                                           Case{"generic-scp03-i60", kInstall},
                                           Case{"generic-scp03-i60", kPutKeys},
                                           Case{"generic-scp03-i60", kReleased}),
                         [](const auto& one) { return one.param.name(); });

/// What shows that the search finds keys: those of a card in the same process are there as long as it is.
TEST(SecretsInMemory, OfACardInTheSameProcessAreFound) {
  const RecordedSession session({"generic-scp03-i60", kList});
  WatchedProgram gpsh(session.folder, {"--card", "virtual:card.json", "script.txt"}, "script.txt");
  gpsh.read_until(kClosed);
  EXPECT_THAT(gpsh.memory().found(session.keys.patterns("old")), SizeIs(Ge(6U)));
}

TEST(SecretsInMemory, OfAKeysFileAreGoneToo) {
  const RecordedSession session({"generic-scp02", kList});
  session.folder.write("keys.txt", "E = " + session.keys.enc + "\nM = " + session.keys.mac +
                                       "\nD = " + session.keys.dek + "\n");
  std::filesystem::permissions(session.folder.path("keys.txt"), std::filesystem::perms::owner_read);
  session.folder.write("named.txt", kConnect +
                                        std::string("open_sc -security 3 -keyver 0 -enc_key ${E} -mac_key "
                                                    "${M} -kek_key ${D}\n") +
                                        kList.lines + kList.end + "print " + kClosed + "\n" + kMuch + kMuch);
  WatchedProgram gpsh(session.folder, {"--replay", "card.jsonl", "--keys", "keys.txt", "-"}, "named.txt");
  gpsh.read_until(kClosed);
  EXPECT_THAT(gpsh.memory().found(kPublic), Not(IsEmpty()));
  EXPECT_THAT(gpsh.memory().found(session.secrets()), IsEmpty());
}

TEST(SecretsInMemory, OfAScriptAreGoneWhenTheShellGoesOn) {
  const RecordedSession session({"generic-scp03-i60", kPutKeys});
  PseudoTerminal terminal(session.folder, {"--replay", "card.jsonl", "-i", "script.txt"}, Start::watched);
  terminal.expect(kClosed);
  terminal.expect("gp211> ");
  terminal.type("help card_disconnect\r");
  terminal.expect("gp211> ");
  EXPECT_THAT(terminal.memory().found({{"what is remembered", "help card_disconnect"}}), Not(IsEmpty()));
  EXPECT_THAT(terminal.memory().found(session.secrets()), IsEmpty());
  terminal.type("exit\r");
  EXPECT_EQ(terminal.exit_code(), 0);
}

TEST(SecretsInMemory, TypedInTheShellAreGoneWithTheChannel) {
  const RecordedSession session({"generic-scp03-i60", kList});
  PseudoTerminal terminal(session.folder, {"--replay", "card.jsonl", "-i"}, Start::watched);
  terminal.expect("op201> ");
  terminal.type("mode_211\r");
  terminal.expect("gp211> ");
  terminal.type("establish_context\r");
  terminal.expect("gp211> ");
  terminal.type("card_connect\r");
  terminal.expect("gp211 replay> ");
  terminal.type("select\r");
  terminal.expect("gp211 replay A000\u202600> ");
  auto line = session.open_line;
  line.back() = '\r';
  terminal.type(line);
  terminal.expect("scp03:mac+enc> ");
  terminal.type("get_status -element 40\r");
  terminal.expect("scp03:mac+enc> ");
  terminal.type("get_status -element 20\r");
  terminal.expect("scp03:mac+enc> ");
  terminal.type("card_disconnect\r");
  terminal.expect("gp211> ");
  EXPECT_THAT(terminal.memory().found({{"what is remembered", "get_status -element 40"}}), Not(IsEmpty()));
  EXPECT_THAT(terminal.memory().found(session.secrets()), IsEmpty());
  terminal.type("exit\r");
  EXPECT_EQ(terminal.exit_code(), 0);
}

}  // namespace
}  // namespace gpsh::test
