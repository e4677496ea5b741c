// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/tlv.h"
#include "tests/virtualcard/card_host.h"
#include "tests/virtualcard/domain_profile.h"

namespace gpsh::test {

/// A package, its applets and what it imports, as hex; imports are "minor major AID".
struct CapParts {
  std::string_view package = "E0E1E2E3E401";
  std::vector<std::string_view> applets{"E0E1E2E3E40101"};
  std::vector<std::string> imports{
      "0001"
      "A0000000620101"};
  std::string_view version = "0201";  ///< minor, major
  std::size_t code_bytes = 100;
};

inline Bytes with_length(ByteView value) {
  return concat({Bytes{static_cast<std::uint8_t>(value.size())}, value});
}
inline Bytes component(std::uint8_t tag, ByteView value) {
  const Bytes header{tag, static_cast<std::uint8_t>(value.size() >> 8),
                     static_cast<std::uint8_t>(value.size())};
  return concat({header, value});
}

/// The components of a CAP file one after another: Header, Import, Applet, and code in Method (Java Card
/// Virtual Machine Specification 3.0.5, chapter 6).
inline Bytes make_cap(const CapParts& parts = {}) {
  const auto flags = parts.applets.empty() ? "00" : "04";
  const auto header =
      concat({hex("DECAFFED0102"), hex(flags), hex(parts.version), with_length(hex(parts.package))});
  Bytes imports{static_cast<std::uint8_t>(parts.imports.size())};
  for (const auto& import : parts.imports) {
    const auto bytes = hex(import);
    append(imports, concat({ByteView(bytes).first(2), with_length(ByteView(bytes).subspan(2))}));
  }
  Bytes applets{static_cast<std::uint8_t>(parts.applets.size())};
  for (const auto applet : parts.applets) append(applets, concat({with_length(hex(applet)), hex("0010")}));
  auto cap = concat({component(1, header), component(4, imports)});
  if (!parts.applets.empty()) append(cap, component(3, applets));
  append(cap, component(7, Bytes(parts.code_bytes, 0x7A)));
  return cap;
}

/// A load file without DAP.
inline Bytes load_file_of(ByteView cap) {
  return make_tlv(0xC4, cap);
}

/// LVs with one byte of length each, for the data field of INSTALL.
inline Bytes fields(std::initializer_list<std::string_view> values) {
  Bytes made;
  for (const auto value : values) append(made, with_length(hex(value)));
  return made;
}

/// The registry in words, to see that nothing changed.
inline std::string registry_of(const virtualcard::CardState& card) {
  std::string text = to_hex(static_cast<std::uint8_t>(card.issuer_security_domain.life_cycle)) + " " +
                     to_hex(card.issuer_security_domain.privileges.bytes());
  for (const auto& file : card.load_files) {
    text += "\nfile " + file.aid.text() + " of " + card.domain_of_entry(file).text();
    for (const auto& module : file.modules) text += " " + module.text();
  }
  for (const auto& application : card.applications) {
    text += "\napplication " + application.aid.text() + " " + to_hex(application.life_cycle) + " " +
            to_hex(application.privileges.bytes()) + " of " + card.domain_of_entry(application).text() + " " +
            to_hex(application.implicit_selection);
  }
  return text + "\nfree " + std::to_string(card.free_memory().non_volatile);
}

/// A host in an open session at level 00, so that commands stay readable.
class ContentHost : public CardHost {
 public:
  explicit ContentHost(virtualcard::Profile profile = virtualcard::load_profile("generic-scp02"))
      : CardHost(std::move(profile)) {
    open(0x00);
  }

  /// Selects the supplementary domain of profile_with_domain and opens a session with its keys.
  void enter_domain() {
    send(kSelectDomain);
    use_keys(domain_keys(state()));
    open(0x00);
  }

  std::string command(std::string_view header, ByteView data) {
    return send_bytes(concat({hex(header), with_length(data)}));
  }
  std::string install(std::string_view p1_p2, std::initializer_list<std::string_view> values) {
    return command("80E6" + std::string(p1_p2), fields(values));
  }
  std::string install_for_load(std::string_view package = "E0E1E2E3E401", std::string_view domain = "",
                               std::string_view hash = "") {
    return install("0200", {package, domain, hash, "", ""});
  }
  /// Blocks of 100 bytes. Gives the last answer, or the first that is not 00 9000.
  std::string load_blocks(ByteView load_file) {
    std::string answer;
    for (std::size_t block = 0; !load_file.empty(); ++block) {
      const auto size = std::min<std::size_t>(load_file.size(), 100);
      const bool last = size == load_file.size();
      answer = command("80E8" + std::string(last ? "80" : "00") + to_hex(static_cast<std::uint8_t>(block)),
                       load_file.first(size));
      if (answer != "009000") break;
      load_file = load_file.subspan(size);
    }
    return answer;
  }
  std::string load(const CapParts& parts = {}, std::string_view domain = "") {
    const auto begun = install_for_load(parts.package, domain);
    return begun == "009000" ? load_blocks(load_file_of(make_cap(parts))) : begun;
  }
  /// Install and make selectable, of the default load file.
  std::string make_application(std::string_view instance, std::string_view privileges = "00") {
    return install("0C00", {"E0E1E2E3E401", "E0E1E2E3E40101", instance, privileges, "C900", ""});
  }
  std::string make_domain(std::string_view instance, std::string_view privileges = "80") {
    return install("0C00", {"A0000000035350", "A000000003535041", instance, privileges, "C900", ""});
  }
  std::string remove(std::string_view aid, std::string_view p2 = "00") {
    return command("80E400" + std::string(p2), make_tlv(0x4F, hex(aid)));
  }
  std::string set_status(std::string_view p1_p2, std::string_view aid = "") {
    return command("80F0" + std::string(p1_p2), hex(aid));
  }
  [[nodiscard]] std::string registry() const { return registry_of(state()); }
};

}  // namespace gpsh::test
