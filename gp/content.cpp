// SPDX-License-Identifier: Apache-2.0
#include "gp/content.h"

#include "core/error.h"
#include "core/tlv.h"
#include "gp/expect_ok.h"
#include "gp/lost_answer.h"

namespace gpsh::gp {
namespace {

enum class Purpose : std::uint8_t {
  load = 0x02,
  install = 0x04,
  make_selectable = 0x08,
  install_and_make_selectable = 0x0C,
  personalization = 0x20,
};

constexpr std::uint8_t kInstall = 0xE6;
constexpr std::uint8_t kDelete = 0xE4;
constexpr std::uint8_t kAndRelated = 0x80;
constexpr std::uint32_t kAidTag = 0x4F;

std::string_view name_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::load: return "INSTALL [for load]";
    case Purpose::install: return "INSTALL [for install]";
    case Purpose::make_selectable: return "INSTALL [for make selectable]";
    case Purpose::install_and_make_selectable: return "INSTALL [for install and make selectable]";
    case Purpose::personalization: return "INSTALL [for personalization]";
  }
  return "INSTALL";
}

ByteView bytes_of(const std::optional<Aid>& aid) {
  return aid ? aid->bytes() : ByteView();
}

void append_short(Bytes& to, ByteView value) {
  to.push_back(static_cast<std::uint8_t>(value.size()));
  append(to, value);
}

void append_field(Bytes& to, ByteView value) {
  append_length(to, value.size());
  append(to, value);
}

CommandApdu command_for(Purpose purpose, Bytes data) {
  return {.cla = 0x80,
          .ins = kInstall,
          .p1 = static_cast<std::uint8_t>(purpose),
          .data = std::move(data),
          .le = CommandApdu::kShortMaximum};
}

struct Sending {
  Purpose purpose;
  ChainMac chain_mac;
};

/// SCP01 encrypts at most 255 bytes at once (GPCS 2.3.1 section D.3.4); in pieces of their own they fit.
ResponseApdu transmit(CardSession& session, const CommandApdu& command, const Sending& how) {
  try {
    return session.transmit_chained(command, name_of(how.purpose), how.chain_mac);
  } catch (const Error& error) {
    if (error.code() != "too-long-for-channel" || how.chain_mac == ChainMac::each) throw;
    auto facts = error.facts();
    facts.advice =
        "this is the length of the whole command: -chainMac each sends it in pieces that fit; or use a lower "
        "security level";
    throw Error(std::move(facts));
  }
}

ResponseApdu send(CardSession& session, Purpose purpose, Bytes data, ChainMac chain_mac) {
  const auto command = command_for(purpose, std::move(data));
  auto response = transmit(session, command, {.purpose = purpose, .chain_mac = chain_mac});
  expect_ok(response, name_of(purpose), command);
  return response;
}

std::optional<Confirmation> install(CardSession& session, Purpose purpose, const InstallRequest& request) {
  Bytes data;
  append_short(data, bytes_of(request.package));
  append_short(data, bytes_of(request.module));
  append_short(data, bytes_of(request.instance));
  append_short(data, privilege_bytes(request.privileges));
  append_field(data, install_parameters_field(request.parameters));
  append_field(data, {});  // token
  const auto response = send(session, purpose, std::move(data), request.chain_mac);
  return read_confirmation(response, name_of(purpose), session.observer());
}

}  // namespace

void install_for_load(CardSession& session, const InstallForLoadRequest& request) {
  auto limits = request.limits;
  if (limits.code != 0) limits.code = code_limit_with_margin(limits.code);
  Bytes data;
  append_short(data, bytes_of(request.package));
  append_short(data, bytes_of(request.security_domain));
  append_short(data, {});  // hash
  append_field(data, load_parameters_field(limits));
  append_field(data, {});  // token
  send(session, Purpose::load, std::move(data), request.chain_mac);
}

std::optional<Confirmation> install_for_install(CardSession& session, const InstallRequest& request) {
  return install(session, Purpose::install, request);
}

std::optional<Confirmation> install_for_install_and_make_selectable(CardSession& session,
                                                                    const InstallRequest& request) {
  return install(session, Purpose::install_and_make_selectable, request);
}

std::optional<Confirmation> install_for_make_selectable(CardSession& session,
                                                        const MakeSelectableRequest& request) {
  Bytes data{0x00, 0x00};
  append_short(data, bytes_of(request.instance));
  append_short(data, session.wire() == Wire::gpshell ? Bytes{static_cast<std::uint8_t>(request.privileges)}
                                                     : privilege_bytes(request.privileges));
  append_field(data, {});  // parameters
  append_field(data, {});  // token
  const auto response = send(session, Purpose::make_selectable, std::move(data), request.chain_mac);
  return read_confirmation(response, name_of(Purpose::make_selectable), session.observer());
}

void install_for_personalization(CardSession& session, const std::optional<Aid>& application) {
  Bytes data{0x00, 0x00};
  append_short(data, bytes_of(application));
  append(data, {0x00, 0x00, 0x00});
  const auto command = command_for(Purpose::personalization, std::move(data));
  expect_ok(session.transmit(command, name_of(Purpose::personalization)), name_of(Purpose::personalization),
            command);
}

std::optional<Confirmation> delete_object(CardSession& session, const DeleteRequest& request) {
  constexpr std::string_view kName = "DELETE";
  const CommandApdu command{
      .cla = 0x80,
      .ins = kDelete,
      .p2 = request.mode == CardMode::global_platform_211 ? kAndRelated : std::uint8_t{0x00},
      .data = make_tlv(kAidTag, request.aid.bytes()),
      .le = CommandApdu::kShortMaximum};
  const auto response =
      with_lost_answer_advice(kName, "the card may have deleted it: get_status shows whether it is there",
                              [&] { return session.transmit_chained(command, kName, request.chain_mac); });
  expect_ok(response, kName, command);
  return read_confirmation(response, kName, session.observer());
}

Aid associated_domain(const CardSession& session, const std::optional<Aid>& given, CardMode mode) {
  if (given) return *given;
  const auto& selected =
      session.wire() == Wire::gpshell ? session.selection().typed : session.selection().aid;
  if (selected) return *selected;
  const auto usual = mode == CardMode::open_platform_201 ? hex("A0000000030000") : hex("A0000001510000");
  return Aid::from_bytes(usual).value();
}

}  // namespace gpsh::gp
