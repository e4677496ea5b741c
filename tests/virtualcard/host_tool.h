// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/tlv.h"
#include "tests/virtualcard/content_host.h"
#include "tests/virtualcard/key_host.h"

namespace gpsh::test {

/// A management tool in front of a card, with the habits of GlobalPlatformPro and pySim: SELECT without AID
/// before every session, AID and command length from its FCI, listings in TLV with 6310, LOAD blocks as long
/// as the channel carries, all keys of a set in one PUT KEY.
class HostTool : public KeyHost {
 public:
  HostTool(virtualcard::Profile profile, std::uint8_t level) : KeyHost(std::move(profile)), level_(level) {}

  /// Resets the card and selects, by default without AID. Gives the status word.
  std::string select(std::string_view aid = "") {
    card().reset();
    const auto lc = aid.empty() ? std::string() : to_hex(static_cast<std::uint8_t>(aid.size() / 2));
    const auto answer = ResponseApdu::parse(hex(send("00A40400" + lc + std::string(aid) + "00")));
    const auto found = find_path(answer.data, {0x6F, 0x84}, "FCI");
    if (found) aid_ = to_hex(found->value);
    const auto longest = find_path(answer.data, {0x6F, 0xA5, 0x9F65}, "FCI");
    longest_ = longest && !longest->value.empty() ? longest->value.back() : CommandApdu::kMaxShortData;
    return answer.sw.text();
  }
  /// The same and a session.
  void connect(std::string_view aid = "") {
    need(select(aid) == "9000", "no security domain to select");
    begin(level_);
  }
  /// That of the selected domain.
  [[nodiscard]] const std::string& aid() const { return aid_; }

  /// Header and data of a command that goes through the session. Gives the answer in hex.
  std::string command(std::string_view header, ByteView data) {
    return send_wrapped(std::string(header) + to_hex(with_length(data)));
  }
  std::string install(std::string_view p1, std::initializer_list<std::string_view> values) {
    return command("80E6" + std::string(p1) + "00", fields(values));
  }
  /// AID -> life cycle state, of what GET STATUS gives for P1. `tags`: a tag list, or none.
  std::map<std::string, std::string> list(std::string_view p1, std::string_view tags = "") {
    std::map<std::string, std::string> listed;
    const auto search = "4F00" + std::string(tags);
    const auto data = to_hex(with_length(hex(search))) + "00";
    for (std::string_view p2 = "02";; p2 = "03") {
      const auto answer =
          ResponseApdu::parse(hex(send_wrapped("80F2" + std::string(p1) + std::string(p2) + data)));
      status_ = answer.sw.text();
      for (const auto& entry : read_tlvs(answer.data, "listing")) {
        const auto parts = read_tlvs(entry.value, "entry");
        listed[to_hex(find_tlv(parts, 0x4F)->value)] = to_hex(find_tlv(parts, 0x9F70)->value);
      }
      if (status_ != "6310") return listed;
    }
  }
  /// Of the last GET STATUS.
  [[nodiscard]] const std::string& status() const { return status_; }

  /// INSTALL [for load] and LOAD. Gives the last answer, or the first that is not 00 9000.
  std::string load(const CapParts& parts, std::string_view domain) {
    auto answer = install("02", {parts.package, domain, "", "", ""});
    const auto file = load_file_of(make_cap(parts));
    ByteView left = file;
    for (std::uint8_t block = 0; answer == "009000" && !left.empty(); ++block) {
      const auto size = std::min(left.size(), block_bytes());
      const std::string p1 = size == left.size() ? "80" : "00";
      answer = command("80E8" + p1 + to_hex(block), left.first(size));
      left = left.subspan(size);
    }
    return answer;
  }
  /// Three keys in one command, added (P1 = 00) or replaced. AES keys with their length.
  std::string put_keys(std::string_view replaced, std::string_view version, const virtualcard::KeySet& keys) {
    const auto type = keys.type == virtualcard::KeyType::aes ? virtualcard::kAesKey : virtualcard::kDesKey;
    std::string data(version);
    for (const auto* key : {&keys.enc, &keys.mac, &keys.dek}) {
      const auto text = to_hex(plain_bytes(*key));
      data += type == virtualcard::kAesKey ? prefixed_field(type, text) : field(type, text);
    }
    return put_key(std::string(replaced) + "81", data);
  }

 private:
  /// What is left of a command's data for a block.
  [[nodiscard]] std::size_t block_bytes() const {
    const auto level = static_cast<SecurityLevel>(level_);
    if (!virtualcard::has_c_mac(level)) return longest_;
    const auto room = longest_ - options().mac_bytes();
    if (!virtualcard::has_c_decryption(level)) return room;
    const std::size_t cipher = options().protocol == virtualcard::Protocol::scp03 ? 16 : 8;
    return room - room % cipher - 1;
  }

  std::uint8_t level_;
  std::string aid_;
  std::string status_;
  std::size_t longest_ = CommandApdu::kMaxShortData;
};

}  // namespace gpsh::test
