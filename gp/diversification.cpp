// SPDX-License-Identifier: Apache-2.0
#include "gp/diversification.h"

#include <algorithm>
#include <array>

#include "core/error.h"

namespace gpsh::gp {
namespace {

constexpr std::uint8_t kEncNumber = 1;
constexpr std::uint8_t kMacNumber = 2;
constexpr std::uint8_t kDekNumber = 3;
constexpr std::uint8_t kScp03 = 3;

struct Method {
  std::string_view name;
  std::string_view title;
  std::array<std::string_view, 3> templates;  // ENC, MAC, DEK
};

constexpr std::array<std::string_view, 3> all_three(std::string_view text) {
  return {text, text, text};
}

// visa2, emvcps11 and the layouts of visa and kdf3 as in martinpaljak/GlobalPlatformPro,
// keys/PlaintextKeys.java at c5703ef14263. visa1 is what GPShell's put_sc_key means to do; its chip serial
// number of 8 bytes is fabrication date, serial number and batch of the IC, bytes 2 to 9 of the data.
constexpr std::array kMethods = {
    Method{"visa2", "VISA 2", all_three("$0 $1 $4 $5 $6 $7 F0 $k $0 $1 $4 $5 $6 $7 0F $k")},
    Method{"emvcps11", "EMV CPS 1.1", all_three("$4 $5 $6 $7 $8 $9 F0 $k $4 $5 $6 $7 $8 $9 0F $k")},
    Method{"kdf3", "KDF3", all_three("$_ 00 00 00 $k 00 $0 $1 $2 $3 $4 $5 $6 $7 $8 $9")},
    Method{"visa", "VISA", all_three("$0 $1 $2 $3 $8 $9 F0 $k $0 $1 $2 $3 $8 $9 0F $k")},
    Method{
        "visa1",
        "VISA 1",
        {"FF FF $2 $3 $4 $5 $6 $7 $8 $9 $k 00 00 00 00 00", "00 00 $2 $3 $4 $5 $6 $7 $8 $9 $k 00 00 00 00 00",
         "F0 F0 $2 $3 $4 $5 $6 $7 $8 $9 $k 00 00 00 00 00"}},
};

constexpr std::string_view kNone = "none";
constexpr std::string_view kEmvAlias = "emv";
constexpr std::string_view kEmv = "emvcps11";

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::vector<DerivationTemplate> read_templates(const std::array<std::string_view, 3>& texts) {
  std::vector<DerivationTemplate> templates;
  templates.reserve(texts.size());
  for (const auto text : texts) templates.push_back(DerivationTemplate::parse(text));
  return templates;
}

}  // namespace

Diversification Diversification::parse(std::string_view text) {
  Diversification parsed;
  if (text.find('$') != std::string_view::npos) {
    parsed.name_ = text;
    parsed.templates_ = read_templates(all_three(text));
    return parsed;
  }
  const auto written = lower(text);
  if (written == kNone) return parsed;
  const auto name = written == kEmvAlias ? kEmv : std::string_view(written);
  const auto* method = std::ranges::find(kMethods, name, &Method::name);
  if (method == kMethods.end()) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "key-derivation",
                 .message = "there is no key derivation \"" + std::string(text) + "\"",
                 .advice = "use " + diversification_names() + ", or a template with $0 to $9 and $k"});
  }
  parsed.name_ = method->name;
  parsed.templates_ = read_templates(method->templates);
  return parsed;
}

std::string_view Diversification::title() const {
  if (none()) return "no";
  const auto* method = std::ranges::find(kMethods, std::string_view(name_), &Method::name);
  return method == kMethods.end() ? "template" : method->title;
}

std::vector<Diversification> known_diversifications() {
  std::vector<Diversification> known = {Diversification()};
  for (const auto& method : kMethods) known.push_back(Diversification::parse(method.name));
  return known;
}

std::string diversification_names() {
  std::string names(kNone);
  for (const auto& method : kMethods) names += ", " + std::string(method.name);
  return names;
}

KeySet diversify(const Diversification& method, const KeySet& masters, ByteView data, std::uint8_t protocol) {
  if (method.none()) return masters.clone();
  if (method.counter_mode() && protocol != kScp03) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "derivation-protocol",
                 .message = "the key derivation " + method.name() +
                            " makes keys for SCP03, and this is SCP0" + std::to_string(protocol),
                 .advice = "leave out -keyDerivation, or use visa2 or emvcps11"});
  }
  const auto derive = [&](const Secret& master, std::uint8_t number) {
    return master.empty() ? Secret() : method.template_of(number).derive(master, data, number);
  };
  return {.enc = derive(masters.enc, kEncNumber),
          .mac = derive(masters.mac, kMacNumber),
          .dek = derive(masters.dek, kDekNumber)};
}

KeySet diversify(const Diversification& method, const Secret& master, ByteView data, std::uint8_t protocol) {
  const KeySet masters{.enc = master.clone(), .mac = master.clone(), .dek = master.clone()};
  return diversify(method, masters, data, protocol);
}

}  // namespace gpsh::gp
