// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// The count of authentications that failed.
constexpr std::array kCodes = {
    Code{.code = "ledger-changed",
         .meaning = "the attempt that was under way is no longer in the ledger",
         .remedy = "Run the script again, and leave the ledger alone while it runs",
         .causes = "gpsh ledger clear ran meanwhile, or the file was replaced; EXTERNAL AUTHENTICATE was not "
                   "sent, as it could not be counted"},
    Code{.code = "ledger-damaged",
         .meaning = "the ledger is there and is no database that can be read",
         .example = "mv ~/.local/state/gpsh/ledger.db ledger.broken\n",
         .remedy = "Move it away; a new one begins at zero, and cards counted in the old one may have fewer "
                   "tries left than it knows",
         .causes = "the disk was full or failed, or another program wrote to it"},
    Code{
        .code = "ledger-failures",
        .severity = Severity::warning,
        .meaning = "authentication with this card has failed before, and not succeeded since",
        .example = "gpsh ledger\n",
        .remedy =
            "Find the right key before the next try; after three failures gpsh stops. gpsh ledger lists them",
        .causes = "a wrong key, or runs that were ended in the middle. Cards lock keys after 3, 10 or 65 "
                  "failures, some for good"},
    Code{.code = "ledger-refused",
         .meaning = "authentication was not tried, as it has failed three times in a row with this card",
         .example = "gpsh ledger\n",
         .remedy = "Find the right key without the card (gpsh doctor); then --force, or gpsh ledger clear if "
                   "the failures are not of this card",
         .causes = "keys that are wrong for it; a script that was ended or a card that was pulled in the "
                   "middle counts too, as nobody knows how it ended"},
    Code{.code = "ledger-unreadable",
         .meaning = "gpsh ledger cannot read the file",
         .remedy = "Mend the owner of the file and its folder",
         .causes = "it belongs to another user, as root after sudo, or its folder cannot be entered"},
    Code{.code = "ledger-unwritable",
         .meaning = "failed attempts cannot be counted, so gpsh does not authenticate",
         .example = "XDG_STATE_HOME=/var/lib/gpsh gpsh script.txt\n",
         .remedy = "Set XDG_STATE_HOME to a folder that stays and can be written",
         .causes = "no HOME, as in a service or container; a full disk; a file that root owns after a run "
                   "with sudo; a read-only file system"},
    Code{.code = "ledger-version",
         .meaning = "a newer gpsh has written the ledger",
         .remedy = "Use the newer one: an older one could count wrongly",
         .causes = "two versions are installed for one user"},
};

}  // namespace

std::span<const Code> ledger() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
