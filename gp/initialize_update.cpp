// SPDX-License-Identifier: Apache-2.0
#include "gp/initialize_update.h"

#include <array>

#include "core/error.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kDiversificationBytes = 10;
constexpr std::size_t kScp02CounterBytes = 2;
constexpr std::uint8_t kScp02 = 2;

/// The response's length decides its layout; the protocol byte does not, as it may be a key index.
struct Layout {
  std::size_t total;
  bool has_i;
  std::size_t challenge;
  std::size_t counter;
};

constexpr std::array kLayouts = {
    Layout{.total = 28, .has_i = false, .challenge = 8, .counter = 0},
    Layout{.total = 29, .has_i = true, .challenge = 8, .counter = 0},
    Layout{.total = 32, .has_i = true, .challenge = 8, .counter = 3},
    Layout{.total = 45, .has_i = true, .challenge = 16, .counter = 0},
    Layout{.total = 48, .has_i = true, .challenge = 16, .counter = 3},
};

const Layout& layout_of(std::size_t total) {
  for (const auto& layout : kLayouts) {
    if (layout.total == total) return layout;
  }
  throw Error({.kind = ErrorKind::card,
               .code = "bad-response",
               .message = "the answer to INITIALIZE UPDATE has " + std::to_string(total) +
                          " bytes; 28, 29, 32, 45 or 48 are known",
               .advice = "check that the selected application is a security domain"});
}

}  // namespace

InitializeUpdateResponse InitializeUpdateResponse::parse(ByteView data) {
  const auto& layout = layout_of(data.size());
  ByteReader reader(data, "INITIALIZE UPDATE response");
  InitializeUpdateResponse response;
  response.diversification_data = to_bytes(reader.take(kDiversificationBytes));
  response.key_version = reader.u8();
  response.protocol = reader.u8();
  if (layout.has_i) response.i = reader.u8();
  response.card_challenge = to_bytes(reader.take(layout.challenge));
  response.card_cryptogram = to_bytes(reader.take(layout.challenge));
  response.sequence_counter = to_bytes(reader.take(layout.counter));
  if (!layout.has_i && response.protocol == kScp02) {
    response.sequence_counter = to_bytes(ByteView(response.card_challenge).first(kScp02CounterBytes));
  }
  return response;
}

}  // namespace gpsh::gp
