// SPDX-License-Identifier: Apache-2.0
#include "gp/secure_channel.h"

namespace gpsh::gp {

CommandApdu SecureChannel::wrap(const CommandApdu& plain, Extent extent) {
  return std::visit([&](auto& protocol) { return protocol.wrap(plain, extent); }, protocol_);
}

ResponseApdu SecureChannel::unwrap(const ResponseApdu& response) {
  return std::visit([&response](auto& protocol) { return protocol.unwrap(response); }, protocol_);
}

ResponseProof SecureChannel::response_proof() const {
  return std::visit([](const auto& protocol) { return protocol.response_proof(); }, protocol_);
}

std::size_t SecureChannel::max_plain_data(std::size_t limit) const {
  return std::visit([limit](const auto& protocol) { return protocol.max_plain_data(limit); }, protocol_);
}

SecurityLevel SecureChannel::level() const {
  return std::visit([](const auto& protocol) { return protocol.level(); }, protocol_);
}

Bytes SecureChannel::encrypt_sensitive(ByteView blocks) const {
  return std::visit([blocks](const auto& protocol) { return protocol.encrypt_sensitive(blocks); }, protocol_);
}

}  // namespace gpsh::gp
