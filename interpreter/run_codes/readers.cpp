// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// What PC/SC, readers and drivers say.
constexpr std::array kCodes = {
    Code{.code = "access-denied",
         .meaning = "the PC/SC service does not let this user in",
         .remedy = "Log in at the machine, or give the user a polkit rule for "
                   "org.debian.pcsc-lite.access_pcsc and access_card",
         .causes = "polkit allows cards to who sits at the machine only: a remote login, a service account "
                   "or a container is refused"},
    Code{
        .code = "ambiguous-reader",
        .meaning = "a text that is part of several reader names",
        .example = "gpsh --reader \"Slot 01\" script.txt\n",
        .remedy = "Give more of the name, or the number that gpsh readers shows",
        .causes =
            "a reader with a contact and a contactless slot has two names that differ in their last letters"},
    Code{
        .code = "cancelled",
        .meaning = "the service ended a request that was under way",
        .remedy = "Run the script again; look with get_status at what is on the card if it was in the middle "
                  "of an INSTALL",
        .causes = "another program, or the system as it goes to sleep or ends the session, has cancelled it"},
    Code{.code = "card-mute",
         .meaning = "a card is there, and does not answer to a reset",
         .remedy = "Turn it, clean it, try another reader",
         .causes = "it lies the wrong way round, its contacts are dirty, it is a memory card without a "
                   "processor, or it is broken"},
    Code{.code = "card-removed",
         .meaning = "the card went away while it was in use",
         .remedy = "Put it in again and look what is on it before going on: what was done is done, and an "
                   "INSTALL may be half done. An authentication that was under way counts as failed",
         .causes = "it was taken out; a loose contact, or a contactless card at the edge of the field, looks "
                   "the same"},
    Code{.code = "card-reset",
         .meaning = "another program has reset the card, so selection and channel are gone",
         .remedy = "Close the other program and run the script again",
         .causes =
             "a program that watches readers (GnuPG, a browser, a middleware) opened the card meanwhile"},
    Code{.code = "card-unpowered",
         .meaning = "the reader gives the card no power",
         .remedy = "Take the card out and put it in again; try another port",
         .causes = "the card sits badly, the reader took its power away to save it, or the USB port gives "
                   "too little"},
    Code{.code = "card-unsupported",
         .meaning = "the reader or PC/SC cannot make sense of the ATR of this card",
         .remedy = "Try another reader",
         .causes = "the card asks for a voltage, speed or protocol that the reader does not have; old "
                   "readers fail so with new cards"},
    Code{.code = "communication-error",
         .meaning = "no answer came from the card",
         .remedy =
             "Look with get_status at what is on the card, then try a contact reader or a smaller -blockSize",
         .causes = "the command took too long or crashed the card (at INSTALL often the code of the applet), "
                   "the contactless field is too weak for it, or the contact is bad"},
    Code{.code = "driver-error",
         .meaning = "PC/SC or the driver of the reader refuses the request",
         .example = "install -file hello.cap -blockSize 200\n",
         .remedy = "Try a smaller -blockSize, another -protocol, or the CCID driver of the system",
         .causes =
             "the driver takes no APDU of this length; on Windows and macOS other codes stand for the same"},
    Code{.code = "extended-on-t0",
         .meaning = "an extended APDU, and a card that is spoken to with T=0",
         .example = "card_connect -protocol 2\n",
         .remedy = "Split the data, or connect with T=1 if the card has it",
         .causes = "T=0 carries 255 bytes of data and 256 of an answer; only T=1 knows longer ones"},
    Code{.code = "insufficient-buffer",
         .meaning = "the answer of the card is longer than the driver takes",
         .remedy = "Ask for fewer bytes at a time, or try another reader",
         .causes = "a raw APDU asked for an extended answer, and the driver has 258 bytes"},
    Code{.code = "no-card",
         .meaning = "a reader without a card",
         .remedy = "See with gpsh readers where PC/SC sees one",
         .causes = "the card is in another reader, not pushed in to its end, or too far from the antenna"},
    Code{.code = "no-reader",
         .meaning = "PC/SC runs and knows of no reader",
         .remedy = "Install the driver, plug the reader in again, restart pcscd",
         .causes = "the driver is missing (libccid for USB readers), a container or virtual machine has no "
                   "USB device, or the reader was plugged in while the service was ill"},
    Code{.code = "no-service",
         .meaning = "the PC/SC service cannot be reached",
         .example = "systemctl start pcscd.socket\n",
         .remedy = "Start it; a card in memory needs no service: --card virtual",
         .causes = "pcscd is not installed, not started or was restarted under the script; a container has "
                   "no /run/pcscd. GPShell and Windows show 8010001D"},
    Code{.code = "no-such-reader",
         .meaning = "no reader of this name or number",
         .remedy = "Choose one that gpsh readers lists; a unique part of its name is enough",
         .causes = "the script or GPSH_READER names the reader of another machine, or it was unplugged"},
    Code{.code = "not-ready",
         .meaning = "reader or card is busy or still starting",
         .remedy = "Try again; then take the card out and put it in",
         .causes = "the card was put in just now, or the reader wakes up"},
    Code{.code = "not-started",
         .severity = Severity::warning,
         .meaning = "cards of --reader all that were left alone",
         .remedy = "Find out why that one failed; --keep-going starts the others all the same",
         .causes = "the authentication with one card has failed, and a wrong key would cost each other card "
                   "one of its tries"},
    Code{.code = "pcsc",
         .meaning = "a result of PC/SC that gpsh has no words for",
         .remedy = "Look the code up at the maker of the reader; another reader or driver shows whether it "
                   "is theirs",
         .causes = "a driver passes on a code of its own; the message shows it in hex with the words of the "
                   "system, if it has any"},
    Code{.code = "protocol-mismatch-pcsc",
         .meaning = "the card cannot be connected with the protocol asked for",
         .remedy = "Leave -protocol out",
         .causes = "-protocol asks for T=0 or T=1 and the card has the other, or another program uses the "
                   "card already with another"},
    Code{.code = "reader-by-name",
         .severity = Severity::note,
         .meaning = "a number that is part of a reader name too, and is taken as that",
         .remedy = "Nothing is to be done if it is the right reader; else give more of the name of the other",
         .causes = "names end with numbers, as \"Reader 00 01\": the text was searched in the names first"},
    Code{.code = "reader-unavailable",
         .meaning = "the reader has gone",
         .remedy = "Plug it in again; gpsh readers shows whether it is back",
         .causes = "it was unplugged, or the system put its USB port to sleep"},
    Code{.code = "reader-unsupported",
         .meaning = "the driver of the reader does not work with this PC/SC service",
         .remedy = "Install the driver of its maker, or use another reader",
         .causes = "the driver is older than the service, or of another system"},
    Code{.code = "same-reader-name",
         .meaning = "two readers of one name, of which only the first can be used",
         .remedy = "Give each a name of its own",
         .causes = "two entries of the configuration in reader.conf.d have the same FRIENDLYNAME; PC/SC "
                   "opens readers by name"},
    Code{.code = "service-busy",
         .meaning = "the PC/SC service has no memory or connection left",
         .remedy = "Close them, or restart the service",
         .causes = "programs that open cards and never close them; all of them share its connections"},
    Code{.code = "service-fault",
         .meaning = "the PC/SC service reports a fault of its own",
         .example = "journalctl -u pcscd\n",
         .remedy = "Restart the service; its log says more",
         .causes = "a driver has crashed inside it, or its version does not fit that of the library"},
    Code{.code = "shared-card",
         .severity = Severity::note,
         .meaning = "another program has the card open too",
         .remedy =
             "Nothing is to be done if all works; a command of the other in between would end selection and "
             "channel, so close it for long work",
         .causes = "GnuPG, a browser or a middleware keeps it; it let gpsh in, and each command is a "
                   "transaction of its own"},
    Code{.code = "sharing-violation",
         .meaning = "another program has the card for itself",
         .example = "gpgconf --kill scdaemon\n",
         .remedy = "Close it",
         .causes = "scdaemon of GnuPG, a browser, an authenticator; or another gpsh"},
    Code{.code = "timeout",
         .meaning = "no answer within the time that PC/SC or the reader allows",
         .remedy = "Take the card out and put it in again, then look what is on it",
         .causes = "the card computes longer than it says, as for an RSA key, or has crashed; --fault mute "
                   "of the virtual card shows the same"},
};

}  // namespace

std::span<const Code> readers() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
