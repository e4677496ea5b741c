// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/aid.h"
#include "virtualcard/privileges.h"
#include "virtualcard/security_domain.h"

namespace gpsh::virtualcard {

/// Card life cycle (GPCS 2.3.1 Table 11-6).
enum class CardLifeCycle : std::uint8_t {
  op_ready = 0x01,
  initialized = 0x07,
  secured = 0x0F,
  locked = 0x7F,
  terminated = 0xFF
};

/// Life cycle of applications and security domains (GPCS 2.3.1 Tables 11-4 and 11-5).
namespace life_cycle {
inline constexpr std::uint8_t kLoaded = 0x01;  ///< of a load file (Table 11-3)
inline constexpr std::uint8_t kInstalled = 0x03;
inline constexpr std::uint8_t kSelectable = 0x07;
inline constexpr std::uint8_t kPersonalized = 0x0F;
inline constexpr std::uint8_t kLockedBit = 0x80;
}  // namespace life_cycle

/// The Issuer Security Domain's registry entry; its state is the card's.
struct IssuerSecurityDomain {
  Aid aid;
  CardLifeCycle life_cycle = CardLifeCycle::secured;
  Privileges privileges{};
  std::optional<Aid> load_file{};  ///< where it comes from, if the card tells
  bool selectable = true;          ///< false: SELECT does not find it, as before a JCOP is fused
  SecurityDomain domain{};         ///< has keys
};

/// Memory in bytes (GPCS 2.3.1 section 9.7).
struct Memory {
  std::size_t non_volatile = 0;
  std::size_t volatile_bytes = 0;

  friend bool operator==(const Memory&, const Memory&) = default;
};

/// An application of the registry (GPCS 2.3.1 section 6.5.1).
struct Application {
  Aid aid;
  std::uint8_t life_cycle = 0;
  Privileges privileges{};
  Aid load_file;
  std::optional<Aid> module{};             ///< where the card knows it
  std::optional<Aid> associated_domain{};  ///< absent: the Issuer Security Domain
  Memory memory{};                         ///< what it takes
  Bytes implicit_selection{};              ///< parameters CF (GPCS 2.3.1 Table 11-15)
  std::uint32_t counter = 0;               ///< of its answers of kind AnswerKind::counter
  std::optional<SecurityDomain> domain{};  ///< of a supplementary security domain

  [[nodiscard]] bool locked() const { return (life_cycle & life_cycle::kLockedBit) != 0; }
  /// Installed, made selectable and not locked (GPCS 2.3.1 section 6.4.2.1.2).
  [[nodiscard]] bool selectable() const { return life_cycle >= life_cycle::kSelectable && !locked(); }
};

/// An executable load file with its modules.
struct LoadFile {
  Aid aid;
  std::uint8_t life_cycle = life_cycle::kLoaded;
  Bytes version{};  ///< major, minor; empty: the card does not tell
  std::vector<Aid> modules{};
  std::vector<Aid> imports{};              ///< load files it needs
  std::optional<Aid> associated_domain{};  ///< absent: the Issuer Security Domain
  Memory memory{};                         ///< what it takes
};

/// What a card keeps when the power goes.
struct CardState {
  IssuerSecurityDomain issuer_security_domain;
  std::vector<LoadFile> load_files{};
  std::vector<Application> applications{};
  Memory memory{.non_volatile = 0x10000, .volatile_bytes = 0x1000};  ///< for load files and applications
  Bytes stored_data{};  ///< the data field of the last STORE DATA

  /// Null when there is none.
  [[nodiscard]] Application* find_application(const Aid& aid);
  [[nodiscard]] const Application* find_application(const Aid& aid) const;
  [[nodiscard]] LoadFile* find_load_file(const Aid& aid);
  [[nodiscard]] const LoadFile* find_load_file(const Aid& aid) const;
  [[nodiscard]] bool is_issuer_security_domain(const Aid& aid) const {
    return aid == issuer_security_domain.aid;
  }
  /// The issuer's or a supplementary one; null when no security domain has this AID.
  [[nodiscard]] SecurityDomain* find_domain(const Aid& aid);
  [[nodiscard]] const SecurityDomain* find_domain(const Aid& aid) const;
  /// Of an application or security domain; none for an AID that is no such thing.
  [[nodiscard]] Privileges privileges_of(const Aid& aid) const;
  /// The domain an application or load file belongs to; of the Issuer Security Domain itself.
  [[nodiscard]] const Aid& domain_of(const Aid& aid) const;
  template <typename Entry>
  [[nodiscard]] const Aid& domain_of_entry(const Entry& entry) const {
    return entry.associated_domain ? *entry.associated_domain : issuer_security_domain.aid;
  }
  /// The AID of the domain whose keys secure the channel of the application `aid`: its own domain with keys,
  /// or the nearest one up the hierarchy that has some.
  [[nodiscard]] const Aid& key_domain_of(const Aid& aid) const;
  /// A supplementary domain that is SELECTABLE becomes PERSONALIZED with its first key set, of its own accord
  /// (GPCS 2.3.1 section 5.3.2.3). True when it did.
  bool personalize_with_keys(const Aid& domain);
  /// True when `domain` is on the way up from an application or load file (GPCS 2.3.1 section 7.2).
  [[nodiscard]] bool is_associated(const Aid& aid, const Aid& domain) const;
  /// `from` or the nearest domain on the way up that has the privilege.
  [[nodiscard]] std::optional<Aid> nearest_with(Privilege privilege, const Aid& from) const;
  /// The application with the Final Application privilege, by default the Issuer Security Domain.
  [[nodiscard]] const Aid& final_application() const;
  /// Who is selected when a logical channel opens, 0 by a reset (GPCS 2.3.1 sections 6.4.1, 6.4.2.1.1 and
  /// 6.4.2.2).
  [[nodiscard]] const Aid& implicitly_selected(std::size_t channel) const;
  /// What load files and applications leave.
  [[nodiscard]] Memory free_memory() const;

  /// Of the Issuer Security Domain.
  [[nodiscard]] const KeySet& default_key_set() const {
    return issuer_security_domain.domain.default_key_set();
  }
};

/// True when `wanted` is the AID or its first bytes; empty matches all.
[[nodiscard]] bool matches_partially(const Aid& aid, ByteView wanted);

}  // namespace gpsh::virtualcard
