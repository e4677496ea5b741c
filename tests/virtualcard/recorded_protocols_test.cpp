// SPDX-License-Identifier: Apache-2.0
// Real SCP01 and SCP03 sessions of other tools, played to the card's half of the protocol.
#include <gtest/gtest.h>

#include <ostream>

#include "core/apdu.h"
#include "tests/virtualcard/fixed_random.h"
#include "tests/virtualcard/recorded_exchanges.h"
#include "virtualcard/aes_crypto.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::test {
namespace {

using virtualcard::KeySet;
using virtualcard::ResponseProtection;
using virtualcard::Scp01Card;
using virtualcard::Scp03Card;
using virtualcard::SecurityLevel;

constexpr std::string_view kPublicKey = "404142434445464748494A4B4C4D4E4F";
constexpr std::string_view kDoubledKey = "404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F";
constexpr std::string_view kKaohEnc = "F995D0A069335C7DF42E590317FFEA6D";
constexpr std::string_view kKaohMac = "58563362EC5A4541ABCD32B34B1EAE7D";
constexpr std::string_view kKaoh192 = "DE2A3629CBC24E8D8869E82C8B4C0D874D88166B6F8A1C12";
constexpr std::string_view kSecurityDomain = "A000000151000000";
constexpr std::string_view kPysimDomain = "A0000005591010FFFFFFFF8900000100";
constexpr std::size_t kKeyBytes = 16;

/// How the card's keys come from the key in the table.
enum class Derivation { none, visa2 };

struct Recording {
  const char* file;
  std::string_view enc = kPublicKey;
  std::string_view mac = kPublicKey;
  std::string_view aid{};  ///< whose pseudo-random challenges the log has; empty: not known, or random ones
  Derivation derivation = Derivation::none;
  std::size_t commands = 0;   ///< with a C-MAC after EXTERNAL AUTHENTICATE, as expected.json counts them
  std::size_t responses = 0;  ///< with an R-MAC
  bool scp01 = false;

  friend std::ostream& operator<<(std::ostream& out, const Recording& recording) {
    return out << recording.file;
  }
};

/// VISA2 of one key, n = 1 ENC, 2 MAC: bytes 0 to 1 and 4 to 7 of the diversification data, twice.
virtualcard::Key visa2(const virtualcard::Key& master, ByteView data, std::uint8_t n) {
  const auto half = concat({data.first(2), data.subspan(4, 4)});
  return virtualcard::triple_des_encrypt_ecb(master, concat({half, Bytes{0xF0, n}, half, Bytes{0x0F, n}}));
}

KeySet keys_of(const Recording& recording, ByteView answer) {
  KeySet keys{.version = answer[10],
              .enc = virtualcard::make_key(hex(recording.enc)),
              .mac = virtualcard::make_key(hex(recording.mac)),
              .dek = virtualcard::make_key(hex(recording.mac))};
  if (!recording.scp01) keys.type = virtualcard::KeyType::aes;
  if (recording.derivation == Derivation::visa2) {
    keys.enc = visa2(keys.enc, answer.first(10), 1);
    keys.mac = visa2(keys.mac, answer.first(10), 2);
  }
  return keys;
}

/// The session's exchanges, INITIALIZE UPDATE first.
struct Session {
  std::vector<RecordedExchange> exchanges;
  [[nodiscard]] Bytes host_challenge() const { return CommandApdu::parse(exchanges.at(0).command).data; }
  [[nodiscard]] Bytes answer() const { return ResponseApdu::parse(exchanges.at(0).response).data; }
  [[nodiscard]] CommandApdu external_authenticate() const {
    return CommandApdu::parse(exchanges.at(1).command);
  }
};

std::optional<Session> read_session(const Recording& recording) {
  const auto path = outside_file("recordings/" + std::string(recording.file));
  if (!path) return std::nullopt;
  auto exchanges = read_exchanges(*path);
  const auto first =
      std::ranges::find_if(exchanges, [](const auto& exchange) { return exchange.command.at(1) == 0x50; });
  exchanges.erase(exchanges.begin(), first);
  return Session{std::move(exchanges)};
}

bool secured(const RecordedExchange& exchange) {
  return (exchange.command.front() & 0x7F) == 0x04;
}

class RecordedProtocols : public testing::TestWithParam<Recording> {};

/// What the test needs of both protocols, on top of the session's answer.
template <typename Card>
std::size_t play_commands(const Session& session, Card& card) {
  EXPECT_EQ(to_hex(ByteView(session.external_authenticate().data).first(8)), to_hex(card.host_cryptogram()));
  EXPECT_TRUE(card.unwrap(session.external_authenticate(), SecurityLevel::c_mac));
  const auto level = static_cast<SecurityLevel>(session.external_authenticate().p1);
  std::size_t commands = 0;
  for (std::size_t i = 2; i < session.exchanges.size(); ++i) {
    if (!secured(session.exchanges.at(i))) continue;
    ++commands;
    EXPECT_TRUE(card.unwrap(CommandApdu::parse(session.exchanges.at(i).command), level)) << i;
  }
  return commands;
}

/// The session's S-ENC key and the ICV of the response to the n-th command (AmdD 6.2.7).
Bytes decrypted(const virtualcard::Key& enc, std::size_t n, ByteView encrypted) {
  Bytes block(kKeyBytes, 0x00);
  block.front() = 0x80;
  block.back() = static_cast<std::uint8_t>(n);
  const auto padded = virtualcard::aes_decrypt(enc, virtualcard::aes_encrypt_block(enc, block), encrypted);
  return virtualcard::unpad_blocks(padded, kKeyBytes).value_or(Bytes{});
}

/// Gives the plain responses with an R-MAC to the card, which must protect them as the recorded one did.
std::size_t play_responses(const Session& session, const KeySet& keys, Scp03Card card) {
  static_cast<void>(card.unwrap(session.external_authenticate(), SecurityLevel::c_mac));
  const auto level = static_cast<SecurityLevel>(session.external_authenticate().p1);
  if (!virtualcard::has_r_mac(level)) return 0;
  const bool encrypted = virtualcard::has_r_encryption(level);
  const auto enc = virtualcard::aes_derive(
      keys.enc, 0x04, keys.enc.size(),
      concat({session.host_challenge(), ByteView(session.exchanges.at(0).response).subspan(13, 8)}));
  std::size_t responses = 0;
  std::size_t n = 0;
  for (const auto& [command, response] : session.exchanges) {
    if (command.at(1) == 0x82 || (command.front() & 0x7F) != 0x04) continue;
    ++n;
    EXPECT_TRUE(card.unwrap(CommandApdu::parse(command), level));
    if (response.size() < 2 + 8) continue;
    const auto wire = ResponseApdu::parse(response);
    const auto body = ByteView(wire.data).first(wire.data.size() - 8);
    const ResponseApdu plain{.data = encrypted ? decrypted(enc, n, body) : to_bytes(body), .sw = wire.sw};
    const auto protection = encrypted ? ResponseProtection::r_encryption_r_mac : ResponseProtection::r_mac;
    EXPECT_EQ(to_hex(card.protect(plain, protection).encode()), to_hex(response));
    ++responses;
  }
  return responses;
}

TEST_P(RecordedProtocols, EveryMacIsAccepted) {
  const auto session = read_session(GetParam());
  if (!session) GTEST_SKIP() << "the recordings are not there: set GPSH_TEST_DATA";
  const auto answer = session->answer();
  const auto keys = keys_of(GetParam(), answer);
  if (GetParam().scp01) {
    Scp01Card card(keys, 0x05,
                   {.host = session->host_challenge(), .card = to_bytes(ByteView(answer).subspan(12, 8))});
    EXPECT_EQ(to_hex(card.card_cryptogram()), to_hex(ByteView(answer).subspan(20, 8)));
    EXPECT_EQ(play_commands(*session, card), GetParam().commands);
    return;
  }
  Scp03Card card(keys, answer.at(12),
                 {.host = session->host_challenge(), .card = to_bytes(ByteView(answer).subspan(13, 8))});
  EXPECT_EQ(to_hex(card.card_cryptogram()), to_hex(ByteView(answer).subspan(21, 8)));
  EXPECT_EQ(play_responses(*session, keys, card), GetParam().responses);
  EXPECT_EQ(play_commands(*session, card), GetParam().commands);
}

/// A card with the recorded one's keys, and its counter as it was before INITIALIZE UPDATE.
virtualcard::Profile profile_of(const Recording& recording, ByteView answer) {
  auto profile = virtualcard::load_profile(recording.scp01 ? "generic-scp01" : "scp03-i00");
  profile.diversification_data = to_bytes(answer.first(10));
  profile.card.issuer_security_domain.domain.key_sets = {keys_of(recording, answer)};
  if (!recording.scp01) profile.secure_channels.front().i = answer[12];
  if (!recording.aid.empty()) {
    profile.card.issuer_security_domain.aid = *Aid::from_bytes(hex(recording.aid));
  }
  if (profile.default_options().pseudo_random_challenge()) {
    ByteReader counter(answer.last(3), "sequence counter");
    const auto high = counter.u8();
    profile.card.issuer_security_domain.domain.key_sets.front().sequence_counter =
        static_cast<std::uint32_t>(high << 16 | counter.u16()) - 1;
  }
  return profile;
}

class RecordedOpenings : public testing::TestWithParam<Recording> {};

TEST_P(RecordedOpenings, TheWholeCardAnswersInitializeUpdateByteForByte) {
  const auto session = read_session(GetParam());
  if (!session) GTEST_SKIP() << "the recordings are not there: set GPSH_TEST_DATA";
  const auto answer = session->answer();
  const auto profile = profile_of(GetParam(), answer);
  FixedRandom random(to_hex(ByteView(answer).subspan(GetParam().scp01 ? 12 : 13, 8)));
  virtualcard::VirtualCard card(profile, random);
  auto initialize_update = session->exchanges.at(0).command;
  initialize_update.at(2) = 0x00;  // the version of the answer may be another than the one asked for
  EXPECT_EQ(to_hex(card.transmit(initialize_update)), to_hex(session->exchanges.at(0).response));
  EXPECT_EQ(to_hex(card.transmit(session->exchanges.at(1).command)), "9000");
  for (const auto& exchange : session->exchanges) {
    if (exchange.command.at(1) == 0x82 || !secured(exchange)) continue;
    EXPECT_NE(to_hex(card.transmit(exchange.command)), "6982") << to_hex(exchange.command);
  }
}

std::vector<Recording> scp01_recordings() {
  return {Recording{.file = "vec-kaoh-scp01-get-status.log", .commands = 3, .scp01 = true},
          Recording{.file = "vec-kaoh-scp01-get-status-mac-enc.log", .commands = 4, .scp01 = true},
          Recording{.file = "vec-kaoh-scp01-install.log",
                    .derivation = Derivation::visa2,
                    .commands = 7,
                    .scp01 = true},
          Recording{
              .file = "vec-kaoh-scp01-mutual-auth-visa2.log", .derivation = Derivation::visa2, .scp01 = true},
          Recording{.file = "jcardmanager-02-scp01-gemxpresso-auth-level0.log",
                    .enc = "47454D5850524553534F53414D504C45",
                    .mac = "47454D5850524553534F53414D504C45",
                    .derivation = Derivation::visa2,
                    .scp01 = true}};
}

Recording kaoh(const char* file, std::size_t commands) {
  return {.file = file, .enc = kKaohEnc, .mac = kKaohMac, .aid = kSecurityDomain, .commands = commands};
}

Recording pysim(const char* file, std::string_view enc, std::string_view mac, std::size_t responses) {
  return {.file = file, .enc = enc, .mac = mac, .aid = kPysimDomain, .commands = 5, .responses = responses};
}

constexpr std::string_view kPysimEnc = "000102030405060708090A0B0C0D0E0F";
constexpr std::string_view kPysimMac = "101112131415161718191A1B1C1D1E1F";
constexpr std::string_view kPysimEnc192 = "000102030405060708090A0B0C0D0E0F0001020304050607";
constexpr std::string_view kPysimMac192 = "101112131415161718191A1B1C1D1E1F1011121314151617";
constexpr std::string_view kPysimEnc256 = "000102030405060708090A0B0C0D0E0F000102030405060708090A0B0C0D0E0F";
constexpr std::string_view kPysimMac256 = "101112131415161718191A1B1C1D1E1F101112131415161718191A1B1C1D1E1F";

std::vector<Recording> scp03_recordings() {
  return {
      Recording{.file = "gp-04-scp03-i70-mac-list.log", .aid = kSecurityDomain, .commands = 4},
      Recording{.file = "gp-05-scp03-i70-enc-list.log", .aid = kSecurityDomain, .commands = 4},
      Recording{
          .file = "gp-06-scp03-i70-rmac-list.log", .aid = kSecurityDomain, .commands = 4, .responses = 3},
      Recording{
          .file = "gp-07-scp03-i70-renc-list.log", .aid = kSecurityDomain, .commands = 4, .responses = 3},
      Recording{.file = "gpshell-26-scp03-i60-level33-getstatus.log", .commands = 1, .responses = 1},
      Recording{.file = "gpshell-27-scp03-i60-level11-getstatus.log", .commands = 1, .responses = 1},
      Recording{.file = "securo-01-scp03-i70-aes256-level33.log",
                .enc = kDoubledKey,
                .mac = kDoubledKey,
                .aid = kSecurityDomain,
                .commands = 2,
                .responses = 2},
      Recording{.file = "securo-02-scp03-i60-mac-getstatus.log", .commands = 1},
      Recording{.file = "vec-kaoh-scp03-get-status-aes-192.log",
                .enc = kKaoh192,
                .mac = kKaoh192,
                .aid = kSecurityDomain,
                .commands = 1},
      kaoh("vec-kaoh-scp03-delete-application.log", 1),
      kaoh("vec-kaoh-scp03-get-status-enc-mac.log", 4),
      kaoh("vec-kaoh-scp03-get-status.log", 1),
      kaoh("vec-kaoh-scp03-mutual-auth.log", 0),
      Recording{.file = "vec-kaoh-scp03-send-apdu-rmac-rencryption.log", .commands = 3, .responses = 3},
      pysim("vec-pysim-scp03-i70-aes128-level03.log", kPysimEnc, kPysimMac, 0),
      pysim("vec-pysim-scp03-i70-aes128-level11.log", kPysimEnc, kPysimMac, 1),
      pysim("vec-pysim-scp03-i70-aes128-level33.log", kPysimEnc, kPysimMac, 1),
      pysim("vec-pysim-scp03-i70-aes192-level03.log", kPysimEnc192, kPysimMac192, 0),
      pysim("vec-pysim-scp03-i70-aes192-level11.log", kPysimEnc192, kPysimMac192, 1),
      pysim("vec-pysim-scp03-i70-aes192-level33.log", kPysimEnc192, kPysimMac192, 1),
      pysim("vec-pysim-scp03-i70-aes256-level03.log", kPysimEnc256, kPysimMac256, 0),
      pysim("vec-pysim-scp03-i70-aes256-level11.log", kPysimEnc256, kPysimMac256, 1),
      pysim("vec-pysim-scp03-i70-aes256-level33.log", kPysimEnc256, kPysimMac256, 1),
      Recording{
          .file = "vec-yubico-scp03-i60-level33-empty-data-encrypted.log", .commands = 1, .responses = 1}};
}

/// Without the one whose pseudo-random challenges belong to an AID that is not known.
std::vector<Recording> scp03_openings() {
  auto all = scp03_recordings();
  std::erase_if(all, [](const auto& recording) {
    return std::string_view(recording.file) == "vec-kaoh-scp03-send-apdu-rmac-rencryption.log";
  });
  return all;
}

INSTANTIATE_TEST_SUITE_P(Scp01, RecordedProtocols, testing::ValuesIn(scp01_recordings()));
INSTANTIATE_TEST_SUITE_P(Scp03, RecordedProtocols, testing::ValuesIn(scp03_recordings()));
INSTANTIATE_TEST_SUITE_P(Scp01, RecordedOpenings, testing::ValuesIn(scp01_recordings()));
INSTANTIATE_TEST_SUITE_P(Scp03, RecordedOpenings, testing::ValuesIn(scp03_openings()));

}  // namespace
}  // namespace gpsh::test
