// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// What is wrong with an answer of the card.
constexpr std::array kCodes = {
    Code{.code = "answer-not-fetched",
         .meaning =
             "the card accepted a command (61xx) and then refused GET RESPONSE, which asks for its answer",
         .remedy =
             "The card has done the command: look with get_status or get_key_information_templates before "
             "it is sent again",
         .causes = "a card or reader whose T=0 is faulty; the status word in the message is GET RESPONSE's"},
    Code{.code = "bad-response",
         .meaning = "an answer that is not in the form that the specification says",
         .remedy = "Select the security domain (select without -AID); see the bytes with enable_trace, and "
                   "in words with --trace explain",
         .causes = "at INITIALIZE UPDATE an applet answered in place of a security domain; else the card "
                   "departs from GPCS, or answered by version 2.0.1 to a script of mode_211"},
    Code{.code = "bad-tlv",
         .meaning = "an answer whose tags and lengths do not add up",
         .remedy = "See the bytes with enable_trace; send_apdu asks for the object as it is",
         .causes = "it was cut, or the card writes a length in a form that BER does not have"},
    Code{.code = "card-locked",
         .severity = Severity::warning,
         .meaning = "SELECT was answered with 6283: the card is locked (CARD_LOCKED)",
         .example = "send_apdu -sc 1 -APDU 80F0800F00\n",
         .remedy = "Unlock it with SET STATUS in a channel of the issuer security domain, which alone can "
                   "still be selected",
         .causes = "its issuer, or an application with the privilege Card Lock, has locked it"},
    Code{
        .code = "card-status",
        .meaning = "the card refused a command",
        .remedy =
            "Follow the advice below the message; docs/troubleshooting.md lists the status words by command, "
            "as one word means different things. A word that is not there is of the maker of the card",
        .causes =
            "no channel is open or its level is too low, what the command names is not there or is there "
            "already, no memory is left, or the life cycle does not allow it; the status word says which"},
    Code{.code = "confirmation-unreadable",
         .severity = Severity::warning,
         .meaning = "the card did what it was told, and its confirmation cannot be read",
         .remedy = "Look with get_status: the command was carried out. The bytes stand in the trace",
         .causes = "a receipt of delegated management, or what stands in its place, is not as GPCS 2.3.1 "
                   "section 11.1.6 says"},
    Code{.code = "data-too-long",
         .meaning = "more data than a command, or 256 blocks of it, can carry",
         .remedy = "Divide the data among several store_data; nothing was sent",
         .causes = "P2 of STORE DATA and LOAD counts blocks in one byte; a command ends at 65,535 bytes"},
    Code{.code = "empty-listing",
         .severity = Severity::note,
         .meaning = "the card has nothing of the kind that get_status asked for",
         .remedy = "Nothing is to be done; -element 80, 40, 20 and 10 ask for the domain, applications, load "
                   "files, and "
                   "load files with modules",
         .causes = "a new card has no load files or applications, or the selected domain sees its own only"},
    Code{.code = "jcop-identify",
         .severity = Severity::note,
         .meaning = "what the answer to the IDENTIFY command of JCOP says, in words",
         .remedy = "Nothing is to be done; it names the mask and the state of fuses",
         .causes = "select or send_apdu named A000000167413000FF, the AID that JCOP cards answer with their "
                   "IDENTIFY data"},
    Code{.code = "refused-in-channel",
         .severity = Severity::note,
         .meaning = "send_apdu was answered with 6982 although a secure channel is open",
         .remedy = "Open the channel with a higher -security, or once more with open_sc; the note says which",
         .causes =
             "the command wants more protection than the channel has, a plain command ended the channel, "
             "or the card is locked"},
    Code{.code = "short-data",
         .meaning = "an answer ends before what it announces",
         .remedy = "See the bytes with enable_trace; try another reader",
         .causes = "a driver or a reader cut it, or the card counts wrongly"},
    Code{.code = "short-response",
         .meaning = "an answer of less than two bytes, so without a status word",
         .remedy = "Reseat the card, try another reader",
         .causes = "the reader or its driver cut it"},
};

}  // namespace

std::span<const Code> responses() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
