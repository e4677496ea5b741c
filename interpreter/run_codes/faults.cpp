// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// What only a fault of gpsh, or a program around its library, can cause.
constexpr std::array kCodes = {
    Code{.code = "bad-block",
         .meaning = "a cipher was given data that are no whole blocks",
         .remedy = "Please report it with the command line, the script and --version",
         .causes = "a fault of gpsh: each answer is measured before it is decrypted"},
    Code{.code = "bad-constant",
         .meaning = "a text in the program that should be hex is not",
         .remedy = "Please report it with the command line, the script and --version",
         .causes = "a fault of gpsh"},
    Code{.code = "bad-derivation",
         .meaning = "a key of a length was to be derived that no protocol has",
         .remedy = "Please report it with the command line, the script and --version",
         .causes = "a fault of gpsh: lengths of keys are looked at before"},
    Code{.code = "bad-le",
         .meaning = "a command was to ask for no byte, or for more than 65,536",
         .remedy = "Leave Le away, or give 1 to 65536",
         .causes = "a program that uses gpsh as a library built it so; a script cannot"},
    Code{.code = "card-crypto",
         .meaning = "the virtual card was to encrypt what is no whole block",
         .remedy = "Please report it with the command line, the script and --version",
         .causes = "a fault of its code: it answers wrong lengths with a status word"},
    Code{.code = "data-group",
         .meaning = "data that INSTALL or STORE DATA brought to the virtual card are malformed",
         .remedy = "Look at the command that was answered 6A80; --trace explain shows it in words",
         .causes = "a script sent such data; the virtual card keeps the message to itself and answers 6A80"},
    Code{.code = "internal",
         .meaning = "something happened that should not be possible",
         .remedy = "Please report it with the command line, the script and --version",
         .causes = "a fault of gpsh, or no memory was left; what the script did before is done"},
    Code{.code = "key-field",
         .meaning = "a key that PUT KEY brought to the virtual card is malformed",
         .remedy = "Look at the command that was answered 6A80; --trace explain shows it in words",
         .causes = "a script sent such data; the virtual card keeps the message to itself and answers 6A80"},
    Code{.code = "no-random",
         .meaning = "a fixed host challenge of no bytes",
         .remedy = "Give 8 or 16 bytes",
         .causes =
             "a program that uses gpsh as a library gave none; --fixed-host-challenge refuses it before"},
    Code{.code = "r-mac-data",
         .meaning = "more than 24 bytes for BEGIN R-MAC SESSION",
         .remedy = "Give at most 24 bytes (GPCS 2.3.1 section E.5.3)",
         .causes = "a program that uses gpsh as a library gave them; scripts have no command for it"},
    Code{.code = "tlv-too-long",
         .meaning = "a TLV object of more than 16 MB",
         .remedy = "Divide it",
         .causes = "a program that uses gpsh as a library built it; a script has no room for one"},
    Code{.code = "unknown-protocol",
         .meaning = "a secure channel protocol that gpsh does not have was to be started",
         .remedy = "Please report it with the command line, the script and --version",
         .causes = "a fault of gpsh: what card and options name is looked at before"},
};

}  // namespace

std::span<const Code> faults() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
