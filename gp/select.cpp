// SPDX-License-Identifier: Apache-2.0
#include "gp/select.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/expect_ok.h"
#include "gp/implicit_channel.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "SELECT";
constexpr StatusWord kCardLocked{0x6283};

std::optional<Aid> aid_of(ByteView fci, Observer& observer) {
  try {
    const auto name = find_path(fci, {0x6F, 0x84}, "FCI");
    return name ? Aid::from_bytes(name->value) : std::nullopt;
  } catch (const Error& error) {
    observer.remark({.severity = Severity::note,
                     .code = "fci-unreadable",
                     .text = "the SELECT response cannot be read: " + error.facts().message,
                     .advice = "what it says of AID and protocols is not used"});
    return std::nullopt;
  }
}

/// Without an AID there is nothing left to advise of the AID.
void need_application(const ResponseApdu& response, const CommandApdu& command) {
  constexpr StatusWord kNotFound{0x6A82};
  if (response.sw != kNotFound || !command.data.empty()) return expect_ok(response, kName, command);
  auto facts = refusal(response.sw, kName, command).facts();
  facts.message = "SELECT was refused: 6A82, no issuer security domain";
  facts.advice =
      "the card lets no issuer security domain be selected: name its AID if you know it; a JCOP card that is "
      "not "
      "fused yet answers so (select -AID A000000167413000FF tells), as do cards whose domain was terminated";
  throw Error(std::move(facts));
}

std::optional<Aid> take_selection(CardSession& session, const std::optional<Aid>& typed, ByteView fci) {
  auto named = aid_of(fci, session.observer());
  if (!named) named = typed;
  session.set_selection({.typed = typed, .aid = named, .fci = to_bytes(fci)});
  return named;
}

/// Nothing for the default application, and for bytes that are no command.
std::optional<Aid> aid_asked_for(ByteView apdu) {
  try {
    return Aid::from_bytes(CommandApdu::parse(apdu).data);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

SelectResult select(CardSession& session, const std::optional<Aid>& aid) {
  CommandApdu command{.cla = 0x00, .ins = 0xA4, .p1 = 0x04, .p2 = 0x00};
  if (aid) {
    command.data = to_bytes(aid->bytes());
  } else {
    command.le = CommandApdu::kShortMaximum;  // the same five bytes as an Lc of zero
  }
  auto response = session.transmit_plain(command, kName);
  if (!response.sw.ok() && response.sw != kCardLocked) {
    end_implicit_channel(session, command.encode());
    need_application(response, command);
  }
  auto named = take_selection(session, aid, response.data);
  return {.response = std::move(response), .aid = std::move(named)};
}

bool selects_by_name(ByteView apdu) {
  constexpr std::array<std::uint8_t, 3> kSelectByName = {0x00, 0xA4, 0x04};
  constexpr std::size_t kHeaderBytes = 4;
  return apdu.size() >= kHeaderBytes && std::ranges::equal(apdu.first(kSelectByName.size()), kSelectByName);
}

void note_raw_command(CardSession& session, ByteView apdu, const ResponseApdu& response) {
  if (selects_by_name(apdu) && (response.sw.ok() || response.sw.warning())) {
    take_selection(session, aid_asked_for(apdu), response.data);
  } else {
    end_implicit_channel(session, apdu);
  }
}

}  // namespace gpsh::gp
