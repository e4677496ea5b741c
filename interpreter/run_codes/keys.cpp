// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// Keys that are put on a card, or read from the command line.
constexpr std::array kCodes = {
    Code{.code = "bad-keys",
         .meaning = "a keys file with a line that is no key",
         .example = "ISSUER_ENC = 404142434445464748494A4B4C4D4E4F\n",
         .remedy = "Mend the line that the message names; the key itself is never shown",
         .causes = "a line is not NAME = HEX, a name stands twice, name and key changed places, or JSON has "
                   "no object of texts"},
    Code{.code = "derivation-data",
         .meaning = "--data of gpsh keys derive is not the 10 bytes of a card",
         .example = "gpsh keys derive --key 404142434445464748494A4B4C4D4E4F --derivation visa2 --data "
                    "00004D001F9400C8C9CA\n",
         .remedy = "Give the first 10 bytes of the answer to INITIALIZE UPDATE",
         .causes = "the whole answer was given, or its status word with it"},
    Code{.code = "key-check-value",
         .meaning = "the card took new keys, and answers check values of others",
         .remedy = "Keep the old key set, and open a channel with the new one before anything else: if it "
                   "opens, the keys are right",
         .causes = "the DEK is wrong, so the keys arrived as garbage; or the card computes check values in a "
                   "way of its own"},
    Code{.code = "key-curve",
         .meaning = "an elliptic curve that tokens and receipts cannot use",
         .example = "openssl ecparam -name prime256v1 -genkey -out token.pem\n",
         .remedy = "Make a key on one of them",
         .causes = "cards know P-256, P-384 and P-521, the brainpool curves r1 of 256, 384 and 512 bits, and "
                   "SM2; openssl and ssh-keygen make many others"},
    Code{.code = "key-exponent",
         .meaning = "an RSA key whose public exponent is neither 3 nor 65537, so that cards do not take it",
         .example = "openssl genrsa -out token.pem 2048\n",
         .remedy = "Make a new key",
         .causes = "old tools took others, as 17 or 35"},
    Code{
        .code = "key-value",
        .meaning = "a value of --key, --enc, --mac or --dek that is no key",
        .remedy = "Give 16, 24 or 32 bytes as hex digits",
        .causes =
            "a digit is missing, the key stands with blanks or colons, or a name stands where hex is wanted"},
    Code{.code = "keys-readable",
         .meaning = "a keys file that others on this machine may read",
         .example = "chmod 600 card.keys\n",
         .remedy = "Take the rights of the others away",
         .causes = "it was made with the usual rights; gpsh reads keys from a file of its owner alone"},
    Code{.code = "new-keys",
         .severity = Severity::note,
         .meaning =
             "put_sc_key has done its work: the version that holds the keys now, with their check values",
         .remedy = "Open a channel with the new keys before you delete the old ones, and write the check "
                   "values down",
         .causes = "the card answered the check values that gpsh had computed"},
    Code{.code = "recording-discloses-keys",
         .severity = Severity::warning,
         .meaning = "new keys stand in a recording that anyone can decrypt",
         .remedy = "Keep the recording as you keep the keys, or remove it",
         .causes = "the channel was opened with a public test key, and the recording has every byte of it"},
    Code{.code = "unreadable-keys",
         .meaning = "the file of --keys cannot be read",
         .remedy = "Check the name and its owner: the rights should be 0600",
         .causes = "its name is relative to another folder, or it belongs to another user, as root"},
    Code{.code = "unused-kek",
         .severity = Severity::warning,
         .meaning = "-current_kek stands on the line and nothing uses it",
         .remedy = "Leave it out",
         .causes = "it is of SCP01, where new keys may be encrypted with a static key; later protocols use "
                   "the DEK of the channel"},
};

}  // namespace

std::span<const Code> keys() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
