// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// Why a channel did not open, or ended.
constexpr std::array kCodes = {
    Code{.code = "aid-unknown",
         .meaning = "an implicit channel of an application whose whole AID is not known",
         .example = "select -AID A000000151000000\n",
         .remedy = "Select it with the whole AID first",
         .causes = "its first C-MAC is made with the AID, and the script selected by a part of it or not at "
                   "all, and the answer named none"},
    Code{.code = "card-cryptogram",
         .meaning = "the card cryptogram is not what the keys give, so they are not the keys of the card",
         .example = "gpsh doctor session.log\n",
         .remedy = "Read the advice: gpsh has tried each derivation and the public keys on the answer, "
                   "without the card. EXTERNAL AUTHENTICATE was not sent; some cards count the INITIALIZE "
                   "UPDATE alone, so do not try keys on the card",
         .causes =
             "keys of another card, keys that must be derived from data of the card, another key version, or "
             "an applet that is selected in place of the security domain. GPShell shows 80302000 for it"},
    Code{.code = "channel-ended",
         .meaning = "a command for a channel that a wrong answer has ended",
         .remedy = "Look at that answer first; then open_sc again",
         .causes = "an answer before had a wrong R-MAC or could not be decrypted, and nothing after it can "
                   "be trusted"},
    Code{.code = "counter-exhausted",
         .meaning = "a counter of the channel or of its keys is at its end",
         .remedy =
             "For a channel: open a new one. For the keys: use another key version; new keys set it back",
         .causes = "the sequence counter of an SCP02 key set ends at FFFF, after 65,535 channels; the "
                   "counter of encrypted commands in one channel ends likewise"},
    Code{.code = "derivation-protocol",
         .meaning = "a key derivation that makes no keys for the protocol of the card",
         .remedy = "Leave -keyDerivation out and see what the card answers; the doctor names what fits",
         .causes = "kdf3 makes the AES keys of SCP03, and the script is of another kind of card"},
    Code{.code = "detection-refused",
         .meaning = "the recording ends where the card refused GET DATA 0066",
         .remedy = "Run the script on a card: gpsh opens the channel without that object",
         .causes = "GPShell stops there, so its log holds no INITIALIZE UPDATE to go on with"},
    Code{.code = "key-derivation",
         .meaning = "a key derivation that gpsh does not know, or a template that cannot be read",
         .example = "open_sc -keyDerivation \"$4 $5 $6 $7 $8 $9 F0 $k $4 $5 $6 $7 $8 $9 0F $k\" -key "
                    "404142434445464748494A4B4C4D4E4F\n",
         .remedy = "Use a name that gpsh help open_sc lists, or write the template byte by byte",
         .causes = "a name of another tool, or a $ that is not followed by 0 to 9 or k"},
    Code{
        .code = "no-protocol",
        .meaning = "a card without a secure channel protocol that gpsh knows",
        .remedy = "Select the issuer security domain (select without -AID); what is managed over the air "
                  "only cannot be opened here",
        .causes = "a SIM with SCP80 or SCP81 only, or what answered INITIALIZE UPDATE is no security domain"},
    Code{.code = "one-base-key",
         .meaning = "different keys for a card whose SCP02 has one base key",
         .remedy = "Give that key as -key alone",
         .causes = "bit 01 of its i is clear, so ENC, MAC and DEK are one key (GPCS 2.3.1 section E.1.1)"},
    Code{.code = "protocol-mismatch",
         .meaning = "the options name a protocol, and the card answered with another",
         .remedy = "Leave both out: the card says what it speaks. EXTERNAL AUTHENTICATE was not sent",
         .causes = "-scp or -scpimpl came along from the script of another card"},
    Code{.code = "response-mac",
         .meaning = "an answer whose R-MAC is wrong",
         .remedy = "Trust nothing of this answer; open a new channel, with another reader if it comes again. "
                   "gpsh verify finds the first wrong one of a log",
         .causes = "something changed it on its way, an answer belongs to another command, or the card left "
                   "the channel in the middle"},
    Code{.code = "response-padding",
         .meaning = "an encrypted answer that cannot be decrypted, though its R-MAC is right",
         .example = "open_sc -security 19 -key 404142434445464748494A4B4C4D4E4F\n",
         .remedy = "Use a level without R-ENC",
         .causes = "the card encrypts otherwise than SCP03 says: some pad twice, some not at all"},
    Code{.code = "wrong-mode",
         .meaning = "a card of SCP02 or SCP03, and a script in mode_201",
         .example = "mode_211\n",
         .remedy = "Write mode_211 in the first line. EXTERNAL AUTHENTICATE was not sent",
         .causes = "mode_201 is the default of GPShell and knows SCP01 only; mode_211 is missing or stands "
                   "behind card_connect"},
};

}  // namespace

std::span<const Code> opening() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
