// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/aid.h"
#include "gp/card_session.h"
#include "gp/confirmation.h"
#include "gp/detection.h"
#include "gp/install_parameters.h"

namespace gpsh::gp {

// Card content: INSTALL and DELETE (GPCS 2.3.1 sections 11.5 and 11.2). Each sends one command, in pieces
// where it is too long for an APDU, and throws Error (card, "card-status") for a status word other than 9000.
// An AID that is not given is sent with length 00.

struct InstallForLoadRequest {
  std::optional<Aid> package{};
  std::optional<Aid> security_domain{};  ///< see associated_domain
  MemoryLimits limits{};                 ///< as asked for: the code gets its margin here
  ChainMac chain_mac = ChainMac::whole;
};
/// INSTALL [for load], P1 02 (section 11.5.2.3.1); without hash and token.
void install_for_load(CardSession& session, const InstallForLoadRequest& request);

struct InstallRequest {
  std::optional<Aid> package{};
  std::optional<Aid> module{};
  std::optional<Aid> instance{};
  std::uint32_t privileges = 0;  ///< three bytes, the first the highest
  InstallParameters parameters{};
  ChainMac chain_mac = ChainMac::whole;
};
/// INSTALL [for install], P1 04 (section 11.5.2.3.2): the instance cannot be selected yet.
std::optional<Confirmation> install_for_install(CardSession& session, const InstallRequest& request);
/// INSTALL [for install and make selectable], P1 0C.
std::optional<Confirmation> install_for_install_and_make_selectable(CardSession& session,
                                                                    const InstallRequest& request);

struct MakeSelectableRequest {
  std::optional<Aid> instance{};
  std::uint32_t privileges = 0;
  ChainMac chain_mac = ChainMac::whole;
};
/// INSTALL [for make selectable], P1 08 (section 11.5.2.3.3). On GPShell's wire the privilege is the lowest
/// of the three bytes (quirk Q21).
std::optional<Confirmation> install_for_make_selectable(CardSession& session,
                                                        const MakeSelectableRequest& request);

/// INSTALL [for personalization], P1 20 (section 11.5.2.3.6).
void install_for_personalization(CardSession& session, const std::optional<Aid>& application);

struct DeleteRequest {
  Aid aid;
  CardMode mode = CardMode::global_platform_211;  ///< 201: the object alone; 211: what came from it too
  ChainMac chain_mac = ChainMac::whole;
};
/// DELETE [card content] (section 11.2.2.3.1).
std::optional<Confirmation> delete_object(CardSession& session, const DeleteRequest& request);

/// The security domain to load into: the given one, else the selected application, else the mode's usual
/// issuer domain. On GPShell's wire the selected one is as it was typed (quirk Q41).
[[nodiscard]] Aid associated_domain(const CardSession& session, const std::optional<Aid>& given,
                                    CardMode mode);

}  // namespace gpsh::gp
