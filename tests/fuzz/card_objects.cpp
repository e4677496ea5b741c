// SPDX-License-Identifier: Apache-2.0
// Any data as each of the data objects a card gives out without being asked twice: listings, key information,
// card production life cycle data, capabilities, resources, numbers, and TLV of any kind.
#include "core/error.h"
#include "gp/application_list.h"
#include "gp/card_capabilities.h"
#include "gp/card_numbers.h"
#include "gp/card_resources.h"
#include "gp/cplc.h"
#include "gp/key_information.h"
#include "gp/registry.h"
#include "gp/tlv_tree.h"

namespace {

using namespace gpsh;

void read_listing(ByteView data, std::uint8_t choice) {
  const auto format = (choice & 1) != 0 ? gp::ListingFormat::tlv : gp::ListingFormat::aid_state;
  const std::uint8_t element = (choice & 2) != 0 ? 0x10 : 0x40;
  static_cast<void>(gp::parse_registry(data, {.element = element, .format = format}));
}

void read_production_data(ByteView data) {
  for (const auto& field : gp::cplc_fields(gp::parse_cplc(data))) {
    if (field.date) static_cast<void>(field.date->text(2026));
  }
}

void read_capabilities(ByteView data) {
  const auto card = gp::parse_card_capabilities(data);
  static_cast<void>(gp::load_file_hash_names(card.load_file_hashes));
  static_cast<void>(gp::signature_suite_names(card.token_suites));
}

void read_object(std::uint8_t kind, ByteView data) {
  switch (kind % 10) {
    case 0: return read_listing(data, kind / 10);
    case 1: return read_production_data(data);
    case 2: return read_capabilities(data);
    case 3: return static_cast<void>(gp::parse_key_information(data));
    case 4: return static_cast<void>(gp::parse_card_resources(data));
    case 5: return static_cast<void>(gp::parse_application_list(data));
    case 6: return static_cast<void>(gp::parse_issuer_number(data));
    case 7: return static_cast<void>(gp::parse_sequence_counter(data));
    case 8: return static_cast<void>(gp::parse_diversification_data(data));
    default: return static_cast<void>(gp::tlv_tree_lines(gp::parse_tlv_tree(data)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    read_object(data[0], ByteView(data + 1, size - 1));
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
