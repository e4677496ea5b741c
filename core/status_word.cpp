// SPDX-License-Identifier: Apache-2.0
#include "core/status_word.h"

#include <algorithm>
#include <array>

#include "core/bytes.h"

namespace gpsh {
namespace {

constexpr int kAnyInstruction = -1;

struct Row {
  std::uint16_t sw;
  int ins;
  std::string_view meaning;
  std::string_view advice;
};

// A row with an instruction stands before the general row of the same status word.
constexpr std::array kRows = {
    Row{0x6283, 0xA4, "the card is locked (CARD_LOCKED)",
        "only the issuer security domain can be used; unlock it with SET STATUS in a channel"},
    Row{0x6283, kAnyInstruction, "selected file invalidated", ""},
    Row{0x6285, kAnyInstruction, "selected file is terminated", "a terminated card cannot be revived"},
    Row{0x6300, 0x82, "the card rejected the host cryptogram",
        "the key that makes the cryptogram may be wrong (ENC, on SCP03 MAC), or on SCP01 and SCP02 the MAC "
        "key; "
        "every further try may bring the card nearer to its lock"},
    Row{0x6310, kAnyInstruction, "more data available", ""},
    Row{0x6400, kAnyInstruction, "no specific diagnosis", ""},
    Row{0x6438, 0xE8, "an error code of the card's maker; nothing was changed",
        "the card cannot take this load file: it may need a newer Java Card version or a package the card "
        "does "
        "not have"},
    Row{0x6581, kAnyInstruction, "memory failure", "try again; if it stays, the card is worn out"},
    Row{0x6700, 0x50, "wrong length", "the card may want a host challenge of another length (SCP03 S16)"},
    Row{0x6700, 0xE8, "wrong length",
        "the block may be longer than the card takes: try a smaller -blockSize"},
    Row{0x6700, kAnyInstruction, "wrong length", ""},
    Row{0x6881, kAnyInstruction, "logical channel not supported", ""},
    Row{0x6882, kAnyInstruction, "secure messaging not supported",
        "no secure channel is open for the selected application"},
    Row{0x6982, 0x82,
        "security status not satisfied: the MAC of the command is wrong or authentication is blocked",
        "do not repeat it before the keys are known to be right"},
    Row{0x6982, 0x50, "security status not satisfied: authentication may be blocked", "do not repeat it"},
    Row{0x6982, 0xCA, "security status not satisfied",
        "the card gives this object only through a secure channel: open_sc first"},
    Row{0x6982, 0xE6, "security status not satisfied",
        "the card wants a secure channel of its security domain, or a token, or the domain lacks the "
        "privilege"},
    Row{0x6982, kAnyInstruction, "security status not satisfied",
        "open a secure channel with open_sc first, at the level the card wants"},
    Row{0x6983, kAnyInstruction, "authentication method blocked", "stop; repeating it does not help"},
    Row{0x6985, 0x50, "conditions of use not satisfied",
        "the sequence counter of this key set may be exhausted"},
    Row{0x6985, 0x82, "conditions of use not satisfied",
        "the card knows of no INITIALIZE UPDATE before this"},
    Row{0x6985, 0xE6, "conditions of use not satisfied",
        "the package or instance may already be on the card: look with get_status, remove it with delete; or "
        "the "
        "applet itself refused to be made, e.g. without install parameters"},
    Row{0x6985, 0xE4, "conditions of use not satisfied",
        "something on the card still refers to it: delete what depends on it first"},
    Row{0x6985, 0xA4, "conditions of use not satisfied",
        "the application is there, but its life cycle or its own rules do not let it be selected now"},
    Row{0x6985, 0xCA, "conditions of use not satisfied",
        "the card does not give this object in its present state or without a secure channel: go on without "
        "it; "
        "a channel needs none of it where INITIALIZE UPDATE names the protocol"},
    Row{0x6985, 0xD8, "conditions of use not satisfied",
        "the keys cannot be put like this: the new version may exist already, or the version to be replaced "
        "be "
        "a factory key set that wants another P1; see get_key_information_templates"},
    Row{0x6985, 0xE2, "conditions of use not satisfied",
        "the application takes no data now: it may be personalised already, or a block be missing before "
        "this; "
        "begin again with INSTALL [for personalization]"},
    Row{0x6985, 0xE8, "conditions of use not satisfied",
        "no load is under way, as INSTALL [for load] was missing or refused, or a block was lost: begin "
        "again "
        "with it; at the last block the card may want a newer Java Card version or a package it does not "
        "have"},
    Row{0x6985, 0xF0, "conditions of use not satisfied",
        "the life cycle does not go from the present state to this one; see it with get_status"},
    Row{0x6985, kAnyInstruction, "conditions of use not satisfied",
        "the card, or what the command is about, is in a state that does not allow it: look with get_status"},
    Row{0x6999, kAnyInstruction, "the application refused to be selected", ""},
    Row{0x6A80, 0xD8, "wrong values in the command data",
        "the key type, its length or the form of the key data is not what the card takes; replaced keys keep "
        "their type and length"},
    Row{0x6A80, 0xE2, "wrong values in the command data",
        "the application does not know a tag, or its length, or the data is not encrypted as it wants"},
    Row{0x6A80, 0xE4, "wrong values in the command data",
        "the AID has a wrong length, or the card cannot delete what it names"},
    Row{0x6A80, 0xE6, "wrong values in the command data",
        "an AID, a privilege or a parameter is not what the card takes, the AID is in use, or the applet "
        "itself "
        "refused its install parameters"},
    Row{0x6A80, 0xE8, "wrong values in the command data",
        "the card cannot take this load file: it may need a newer Java Card version or a package the card "
        "does "
        "not have"},
    Row{0x6A80, kAnyInstruction, "wrong values in the command data", ""},
    Row{0x6A81, 0xA4, "the card is locked or the application is not selectable", ""},
    Row{0x6A81, kAnyInstruction, "function not supported", ""},
    Row{0x6A82, 0xA4, "no application with this AID",
        "list what is there with get_status, or select without -AID for the issuer security domain"},
    Row{0x6A82, kAnyInstruction, "file or application not found", ""},
    Row{0x6A84, kAnyInstruction, "not enough memory on the card", "delete what is no longer needed"},
    Row{0x6A86, 0x50, "incorrect parameters P1, P2",
        "the card has no key set of this version: try -keyver 0"},
    Row{0x6A86, 0x82, "incorrect parameters P1, P2", "the card does not know this security level"},
    Row{0x6A86, 0xF2, "incorrect parameters P1, P2",
        "an older card may know no listings with tags: try get_status -format 0; or the selected domain may "
        "not list this element"},
    Row{0x6A86, kAnyInstruction, "incorrect parameters P1, P2",
        "the card does not know this variant of the command"},
    Row{0x6A88, 0x50, "referenced data not found", "the card has no key set of this version: try -keyver 0"},
    Row{0x6A88, 0xCA, "referenced data not found", "the card has no such object; most need none of it"},
    Row{0x6A88, 0xD8, "referenced data not found",
        "the card has no key set of the version to be replaced; P1 00 adds a new one"},
    Row{0x6A88, 0xE4, "referenced data not found", "it is not on the card: nothing was deleted"},
    Row{0x6A88, 0xE6, "referenced data not found",
        "the load file, the module or the security domain it names is not on the card; see get_status"},
    Row{0x6A88, 0xF2, "referenced data not found", "the card has no entry of this kind"},
    Row{0x6A88, kAnyInstruction, "referenced data not found", ""},
    Row{0x6B00, kAnyInstruction, "wrong parameters P1, P2", ""},
    Row{0x6D00, kAnyInstruction, "instruction not supported",
        "the selected application does not know it: select the security domain first"},
    Row{0x6E00, 0xE6, "class not supported",
        "what answers is no security domain with an open channel: a reset, another SELECT or another program "
        "at "
        "the reader ended it; select the security domain, open_sc, and install again"},
    Row{0x6E00, kAnyInstruction, "class not supported",
        "the selected application does not know it: select the security domain first"},
    Row{0x6F00, 0xE6, "the card reports an unknown error",
        "the applet's own code may have failed for want of memory, an algorithm or install parameters: "
        "get_status "
        "shows what is on the card"},
    Row{0x6F00, kAnyInstruction, "the card reports an unknown error",
        "the card does not say why: look with get_status at what is on it before trying again"},
    Row{0x9000, kAnyInstruction, "success", ""},
    Row{0x9484, kAnyInstruction, "algorithm not supported", ""},
    Row{0x9485, kAnyInstruction, "key check value wrong",
        "the key arrived damaged: the DEK is probably wrong"},
};

/// The length in SW2 of 61xx and 6Cxx, coded as Le: 00 is 256 (ISO/IEC 7816-3, 12.2.1).
int length_in(StatusWord sw) {
  return sw.sw2() == 0 ? 256 : sw.sw2();
}

std::string counted(int count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace

std::string StatusWord::text() const {
  return to_hex(sw1()) + to_hex(sw2());
}

StatusMeaning explain(StatusWord sw, std::uint8_t ins) {
  const auto row = std::ranges::find_if(kRows, [&](const Row& candidate) {
    return candidate.sw == sw.value() && (candidate.ins == ins || candidate.ins == kAnyInstruction);
  });
  if (row != kRows.end()) return {std::string(row->meaning), std::string(row->advice)};
  if (sw.sw1() == 0x61)
    return {counted(length_in(sw), "byte", "bytes") + " of response still available",
            "the card did not hand over the rest of its answer: connect to it again"};
  if (sw.sw1() == 0x6C)
    return {
        "wrong Le, the exact length is " + std::to_string(length_in(sw)),
        "the card wants this length; it is not sent again by itself, as that is not safe for every command"};
  if ((sw.value() & 0xFFF0) == 0x63C0) return {counted(sw.sw2() & 0x0F, "try", "tries") + " left", ""};
  return {"unknown status word", "the card's manual may know it"};
}

}  // namespace gpsh
