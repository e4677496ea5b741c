// SPDX-License-Identifier: Apache-2.0
#include "gp/scp02_response_mac.h"

#include <utility>

#include "gp/secure_messaging.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kMacBytes = 8;

bool succeeded(StatusWord sw) {
  return sw.ok() || sw.warning();
}

}  // namespace

Scp02ResponseMac::Scp02ResponseMac(const Secret& session_key, ByteView start, ResponseProtection protection)
    : mac_(session_key), protection_(protection), chain_(to_bytes(start)) {}

void Scp02ResponseMac::sent(const CommandApdu& plain) {
  command_.clear();
  append(command_, {plain_class(plain.cla), plain.ins, plain.p1, plain.p2});
  append_lc(command_, plain.data.size());
  append(command_, plain.data);
}

Bytes Scp02ResponseMac::next(ByteView chain, const ResponseApdu& plain) {
  Bytes input;
  input.reserve(command_.size() + plain.data.size() + 2 * kDesBlockBytes);
  append(input, command_);
  const auto data = succeeded(plain.sw) ? ByteView(plain.data) : ByteView();
  append(input, {static_cast<std::uint8_t>(data.size())});
  append(input, data);
  append(input, {plain.sw.sw1(), plain.sw.sw2()});
  append_pad80(input, kDesBlockBytes);
  return mac_.compute(chain, input);
}

ResponseApdu Scp02ResponseMac::received(const ResponseApdu& response) {
  if (protection_ == ResponseProtection::at_end) {
    received_unprotected(response);
    return response;
  }
  if (response.data.size() >= kMacBytes) {
    const auto bytes = ByteView(response.data);
    ResponseApdu plain{.data = to_bytes(bytes.first(bytes.size() - kMacBytes)), .sw = response.sw};
    if (accepts(plain, bytes.last(kMacBytes))) {
      proof_ = ResponseProof::verified;
      return plain;
    }
  }
  if (succeeded(response.sw)) {
    throw wrong_response_mac(response.data.size() < kMacBytes
                                 ? "the card answered " + response.sw.text() + " without an R-MAC"
                                 : "the R-MAC of a response is wrong");
  }
  pass_over(response);
  proof_ = ResponseProof::unauthenticated;
  return response;
}

bool Scp02ResponseMac::accepts(const ResponseApdu& plain, ByteView mac) {
  auto counted = next(chain_, plain);
  if (constant_time_equal(counted, mac)) {
    chain_ = std::move(counted);
    uncounted_.reset();
    return true;
  }
  if (!uncounted_) return false;
  auto uncounted = next(*uncounted_, plain);
  if (!constant_time_equal(uncounted, mac)) return false;
  chain_ = std::move(uncounted);
  uncounted_.reset();
  return true;
}

void Scp02ResponseMac::pass_over(const ResponseApdu& plain) {
  if (!uncounted_) uncounted_ = chain_;
  chain_ = next(chain_, plain);
}

void Scp02ResponseMac::received_unprotected(const ResponseApdu& response) {
  chain_ = next(chain_, response);
  proof_ = ResponseProof::not_asked;
}

bool Scp02ResponseMac::is_current(ByteView data) {
  if (constant_time_equal(chain_, data)) {
    uncounted_.reset();
  } else if (uncounted_ && constant_time_equal(*uncounted_, data)) {
    chain_ = std::move(*uncounted_);
    uncounted_.reset();
  } else {
    return false;
  }
  proof_ = ResponseProof::verified;
  return true;
}

}  // namespace gpsh::gp
