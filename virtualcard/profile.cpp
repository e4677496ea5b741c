// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/profile.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "core/error.h"
#include "virtualcard/atr.h"
#include "virtualcard/card_json.h"
#include "virtualcard/json_choice.h"
#include "virtualcard/json_field.h"
#include "virtualcard/profile_behaviours.h"
#include "virtualcard/profile_document.h"
#include "virtualcard/profile_keys.h"
#include "virtualcard/profile_registry.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kDiversificationBytes = 10;
constexpr std::size_t kMaxResponseBytes = 256;
constexpr std::size_t kMaxSupplementaryChannels = 3;

Bytes read_atr(const JsonField& field) {
  auto atr = field.bytes({2, 33});
  if (const auto wrong = complaint_about_atr(atr)) field.complain(*wrong);
  return atr;
}

/// "strict": nothing is tolerated; else what "tolerate" lists, without it everything.
Tolerance read_tolerance(const JsonField& root) {
  if (root.has("strict") && root.at("strict").boolean()) {
    if (root.has("tolerate")) root.at("tolerate").complain("contradicts strict");
    return Tolerance::none();
  }
  if (!root.has("tolerate")) return {};
  auto tolerance = Tolerance::none();
  for (const auto& field : root.at("tolerate").elements()) {
    const auto member =
        choose<bool Tolerance::*>(field, {{"aes-key-without-length", &Tolerance::aes_key_without_length},
                                          {"store-data-bit-02", &Tolerance::store_data_bit_02},
                                          {"padded-empty-data", &Tolerance::padded_empty_data}});
    tolerance.*member = true;
  }
  return tolerance;
}

std::vector<Fault> read_faults(const JsonField& field) {
  std::vector<Fault> faults;
  for (const auto& element : field.elements()) {
    try {
      for (auto& fault : parse_faults(element.text())) faults.push_back(std::move(fault));
    } catch (const Error& error) {
      if (error.code() != "bad-fault") throw;
      element.complain(std::string("is not a fault: ") + error.what());
    }
  }
  return faults;
}

AuthenticationPolicy read_policy(const JsonField& field) {
  field.allow_only({"count_at", "limit"});
  return {.count_at = choose<CountAt>(field.at("count_at"),
                                      {{"initialize_update", CountAt::initialize_update},
                                       {"external_authenticate", CountAt::external_authenticate}}),
          .limit = static_cast<unsigned>(field.at("limit").number({0, 255}))};
}

SelectAnswer read_select_answer(const JsonField& field) {
  field.allow_only({"aid", "answer", "sw"});
  return {.aid = field.at("aid").aid(),
          .answer = field.at("answer").bytes({0, kMaxResponseBytes}),
          .sw = StatusWord(field.at("sw").u16())};
}

void read_answers(const JsonField& root, Profile& profile) {
  const auto& domain = root.at("issuer_security_domain");
  if (domain.has("select_response")) {
    profile.select_response = domain.at("select_response").bytes({1, kMaxResponseBytes});
  }
  if (root.has("data_objects")) {
    for (const auto& [name, field] : root.at("data_objects").members()) {
      profile.data_objects[read_tag(name, field)] = field.bytes({0, kMaxResponseBytes - 5});
    }
  }
  if (root.has("data_refusals")) {
    for (const auto& [name, field] : root.at("data_refusals").members()) {
      profile.data_refusals[read_tag(name, field)] = StatusWord(field.u16());
    }
  }
  if (root.has("select_answers")) {
    for (const auto& field : root.at("select_answers").elements()) {
      profile.select_answers.push_back(read_select_answer(field));
    }
  }
}

void check_kind(const JsonField& field) {
  const auto kind = field.text();
  if (kind != "profile" && kind != "state")
    field.complain("must be profile, or state in a file that keeps a card");
}

/// What the document says about the built-in profile it extends, put into that (RFC 7396).
nlohmann::json extended(nlohmann::json document, std::string_view source) {
  const JsonField root(document, source);
  if (!root.has("extends")) return document;
  const auto name = root.at("extends").text();
  const auto names = profile_names();
  if (std::ranges::find(names, name) == names.end()) {
    root.at("extends").complain("must be a built-in profile");
  }
  auto base = extended(parse_json(profile_text(name), name), name);
  document.erase("extends");
  base.merge_patch(document);
  return base;
}

}  // namespace

TransmissionProtocol Profile::protocol() const {
  return first_protocol(atr);
}

nlohmann::json profile_document(std::string_view name_or_path) {
  return extended(parse_json(load_profile_text(name_or_path), name_or_path), name_or_path);
}

const SecureChannelOptions& Profile::default_options() const {
  return options_of(card.default_key_set());
}

const SecureChannelOptions& Profile::options_of(const KeySet& keys) const {
  const auto found = std::ranges::find_if(
      secure_channels, [&](const auto& options) { return options.key_type() == keys.type; });
  return found == secure_channels.end() ? secure_channels.front() : *found;
}

Profile parse_profile(std::string_view text, std::string_view source) {
  return read_profile(extended(parse_json(text, source), source), source);
}

Profile read_profile(const nlohmann::json& document, std::string_view source) {
  const JsonField root(document, source);
  check_kind(root.at("kind"));
  root.allow_only({"kind",
                   "name",
                   "description",
                   "specification",
                   "atr",
                   "secure_channel",
                   "key_sets",
                   "diversification_data",
                   "authentication",
                   "issuer_security_domain",
                   "load_files",
                   "applications",
                   "data_objects",
                   "data_refusals",
                   "select_answers",
                   "response_limit",
                   "memory",
                   "supplementary_channels",
                   "behaviours",
                   "faults",
                   "tolerate",
                   "strict",
                   "stored_data",
                   "card_number"});
  auto name = root.at("name").text();
  const auto channels = read_secure_channels(root.at("secure_channel"));
  Profile profile{.name = std::move(name),
                  .description = root.at("description").text(),
                  .specification = choose<CardSpecification>(
                      root.at("specification"),
                      {{"2.1.1", CardSpecification::gp_2_1_1}, {"2.3.1", CardSpecification::gp_2_3_1}}),
                  .atr = read_atr(root.at("atr")),
                  .secure_channels = channels,
                  .diversification_data =
                      root.at("diversification_data").bytes({kDiversificationBytes, kDiversificationBytes}),
                  .card = read_card_state(root, channels)};
  if (root.has("authentication")) profile.authentication = read_policy(root.at("authentication"));
  if (root.has("response_limit")) {
    profile.response_limit = root.at("response_limit").number({1, kMaxResponseBytes});
  }
  if (root.has("behaviours")) profile.behaviours = read_behaviours(root.at("behaviours"));
  profile.tolerance = read_tolerance(root);
  if (root.has("faults")) profile.faults = read_faults(root.at("faults"));
  if (root.has("supplementary_channels")) {
    profile.supplementary_channels = root.at("supplementary_channels").number({0, kMaxSupplementaryChannels});
  }
  read_answers(root, profile);
  return profile;
}

}  // namespace gpsh::virtualcard
