// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// What is told about a channel that opens.
constexpr std::array kCodes = {
    Code{.code = "card-challenge",
         .severity = Severity::warning,
         .meaning = "the challenge of the card is not the pseudo-random one that it announces",
         .example = "gpsh keys kcv --key 404142434445464748494A4B4C4D4E4F\n",
         .remedy = "Compare the check values with the sheet of the issuer; without --force it is an error "
                   "and EXTERNAL AUTHENTICATE is not sent",
         .causes =
             "the key that made it (MAC in SCP02, ENC in SCP03) or the AID is another than the card has, "
             "although the cryptogram fits. Where the AID is unknown, it is a note and nothing was checked"},
    Code{.code = "derived-keys",
         .severity = Severity::note,
         .meaning = "which derivation made the keys of the card, with their check values",
         .remedy = "Compare the check values with those of the issuer, if you have them",
         .causes = "the line names one with -keyDerivation; what is put on a card later must be derived the "
                   "same way"},
    Code{.code = "fci-unreadable",
         .severity = Severity::note,
         .meaning = "the answer to SELECT is not as GPCS says and is not used",
         .remedy = "Nothing is to be done if the channel opens; else say with -AID, -scp and -scpimpl what "
                   "the answer "
                   "would have said",
         .causes = "an old or foreign card answers SELECT in a form of its own"},
    Code{.code = "implementation-differs",
         .severity = Severity::warning,
         .meaning = "options and card name different i of the protocol",
         .remedy = "Leave -scp and -scpimpl out, above all if the card refuses commands",
         .causes = "-scpimpl came along from another card. SCP03 follows the answer; in SCP01 and SCP02 the "
                   "options win. It is a note where the difference changes nothing that is sent"},
    Code{.code = "implementation-reserved",
         .severity = Severity::warning,
         .meaning = "the card answers an i that SCP03 does not have",
         .remedy = "Try -security 1 if commands are refused",
         .causes = "bits that Amendment D reserves are set; the bits that are known are used"},
    Code{.code = "implicit-channel",
         .severity = Severity::note,
         .meaning =
             "SCP02 with implicit initiation begins with the first command, and no key is proven before",
         .remedy = "Be sure of the key: the first command is the try",
         .causes = "-scpimpl names such an i: 0A, 0B, 1A or 1B. Whether the keys are right shows the status "
                   "word of the next command, which the ledger counts as the attempt"},
    Code{.code = "implicit-ended",
         .severity = Severity::note,
         .meaning = "a command in clear has ended the implicit channel",
         .remedy = "Send it with -sc 1, or open_sc again behind it",
         .causes = "send_apdu without -sc 1; the card begins another channel with the next C-MAC, of which "
                   "gpsh knows nothing"},
    Code{.code = "key-for-all",
         .severity = Severity::note,
         .meaning = "-key is used as ENC, MAC and DEK key",
         .remedy = "Nothing is to be done if it is meant; write the three where they differ",
         .causes = "none of the three is given, or those given do not fit and -key does"},
    Code{.code = "key-version-differs",
         .severity = Severity::warning,
         .meaning = "the card answered with another key version than was asked for",
         .remedy = "See with get_key_information_templates what it has, before put_sc_key or delete_key "
                   "change the wrong set",
         .causes = "the card has no set of the version that -keyver names and took its own, which GPCS "
                   "allows for version 0 only; 255 and 1 are often the factory keys"},
    Code{.code = "keys-proven",
         .severity = Severity::note,
         .meaning = "which keys the card has proven, and which it has not",
         .remedy = "Before put_sc_key be sure of the DEK: new keys that a wrong one encrypts are garbage to "
                   "the card",
         .causes = "the cryptogram proves ENC alone in SCP01 and SCP02 and MAC alone in SCP03; a "
                   "pseudo-random challenge proves the other. The DEK is proven by nothing"},
    Code{.code = "long-challenge",
         .severity = Severity::note,
         .meaning = "INITIALIZE UPDATE was repeated with a host challenge of 16 bytes",
         .remedy = "Nothing is to be done",
         .causes = "the card refused 8 bytes with 6700: SCP03 in its S16 form takes 16 only"},
    Code{.code = "protocol-differs",
         .severity = Severity::note,
         .meaning = "the card answers with a protocol that it does not announce, or whose cryptogram is that "
                    "of another",
         .remedy = "Nothing is to be done if the channel works",
         .causes = "the announcement in tag 64 or the answer is wrong in some cards; the cryptogram decides"},
    Code{.code = "protocol-source",
         .severity = Severity::note,
         .meaning = "which protocol and i are used, and who said so",
         .remedy = "Give -scpimpl if you know better",
         .causes = "it is told where the answer to INITIALIZE UPDATE alone does not say it (SCP01, SCP02)"},
    Code{.code = "public-key",
         .severity = Severity::note,
         .meaning = "the keys of the card are public test keys, as they are or derived",
         .remedy = "Nothing is to be done on a test card; give a card in use keys of its own with put_sc_key",
         .causes = "it is new from its maker, or made for tests"},
    Code{.code = "visa1-without-effect",
         .severity = Severity::note,
         .meaning = "visa1 was asked for, and the keys fit without it",
         .remedy = "Leave -keyDerivation out",
         .causes = "GPShell takes -keyDerivation visa1 and does nothing with it, so scripts name it for keys "
                   "that are not derived"},
};

}  // namespace

std::span<const Code> opening_remarks() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
