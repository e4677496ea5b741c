// SPDX-License-Identifier: Apache-2.0
#include "gp/new_key_derivation.h"

#include <string>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/card_data.h"
#include "gp/key_data_field.h"

namespace gpsh::gp {
namespace {

constexpr std::uint16_t kSecurityDomainAid = 0x004F;
constexpr std::uint16_t kCplc = 0x9F7F;
constexpr std::uint16_t kDiversificationData = 0x00CF;
constexpr std::size_t kChipNumberAt = 10;  // of the CPLC: fabrication date, serial number, batch
constexpr std::size_t kChipNumberBytes = 8;
constexpr std::size_t kDateBytes = 2;
constexpr std::size_t kSerialBytes = 4;
constexpr std::size_t kAidTailBytes = 2;
constexpr std::size_t kDiversificationBytes = 10;

Error too_short(std::uint16_t tag, std::size_t bytes) {
  const Bytes name{static_cast<std::uint8_t>(tag >> 8), static_cast<std::uint8_t>(tag)};
  return Error({.kind = ErrorKind::card,
                .code = "bad-response",
                .message = "keys cannot be derived: data object " + to_hex(name) + " of the card has only " +
                           std::to_string(bytes) + " bytes",
                .advice = "use another -keyDerivation, or give the three keys"});
}

/// The value of a data object, at least `bytes` long.
Bytes object(CardSession& session, std::uint16_t tag, std::size_t bytes) {
  const auto data = get_data(session, tag);
  const auto found = find_path(data, {tag}, "data object");
  const auto value = found ? found->value : ByteView(data);
  if (value.size() < bytes) throw too_short(tag, value.size());
  return to_bytes(value);
}

/// Fabrication date (2 bytes), serial number (4) and batch (2) of the chip.
Bytes chip_number(CardSession& session) {
  const auto cplc = object(session, kCplc, kChipNumberAt + kChipNumberBytes);
  return to_bytes(ByteView(cplc).subspan(kChipNumberAt, kChipNumberBytes));
}

/// The 10 bytes at whose places diversify() looks for what the method needs, as INITIALIZE UPDATE has them.
Bytes derivation_data(CardSession& session, const Diversification& method) {
  if (method.name() == "visa2") {
    const auto aid = object(session, kSecurityDomainAid, kAidTailBytes);
    const auto number = chip_number(session);
    const auto serial = ByteView(number).subspan(kDateBytes, kSerialBytes);
    return concat({ByteView(aid).last(kAidTailBytes), Bytes(2), serial, Bytes(2)});
  }
  if (method.name() == "visa1") return concat({Bytes(2), chip_number(session)});
  if (method.name() == "emvcps11") return object(session, kDiversificationData, kDiversificationBytes);
  return session.channel()->diversification_data;
}

}  // namespace

KeySet derive_new_keys(CardSession& session, const NewKeyDerivation& derivation) {
  if (derivation.master.empty()) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "new-keys-missing",
                 .message = "there is no master key to derive the new keys from",
                 .advice = "give -key; nothing was sent to the card"});
  }
  // Without a DEK the new keys could not be sent: nothing is asked of the card for them.
  if (derivation.current_kek == nullptr || session.channel() == nullptr) {
    static_cast<void>(channel_key_encryption(session));
  }
  const auto protocol = session.channel()->protocol;
  return diversify(derivation.method, derivation.master, derivation_data(session, derivation.method),
                   protocol);
}

}  // namespace gpsh::gp
