// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/checks/codes.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::array kCodes = {
    Code{"aid-mismatch", Severity::warning, "an AID of the line is not in the file that it names",
         "install -file hello.cap -pkgAID D0D1D2D3D4D5FF\n",
         "Write the AIDs of the file, or leave the options out: install takes them from it"},
    Code{"apdu-length", Severity::warning, "the lengths in a raw APDU do not add up",
         "send_apdu -APDU 80CA9F7F0211\n", "Write CLA INS P1 P2, then Lc and data, then Le"},
    Code{"bad-apdu", Severity::error, "send_apdu without at least the four bytes of a header",
         "send_apdu -APDU 80CA\n", "Write CLA INS P1 P2, then Lc and data, then Le"},
    Code{"bad-element", Severity::warning, "get_status asks for bits that list nothing",
         "get_status -element 01\n", "Write 80, 40, 20, 10 or a sum of them"},
    Code{"bad-hex", Severity::error, "a character that is not a hex digit, in a value that is hex",
         "select -AID A00000015100000O\n", "Write hex digits only, without 0x and without blanks"},
    Code{"bad-length", Severity::error, "a value with more or fewer bytes than possible",
         "open_sc -key 4041\n", "Check it for missing or additional digits"},
    Code{"bad-number", Severity::error, "a value that is not a number, or is too large",
         "open_sc -keyver 300\n", "Write a decimal number, or a hex number with 0x in front"},
    Code{"bad-value", Severity::error, "a word that the option does not know",
         "open_sc -keyDerivation visa9\n", "Write one of the words that gpsh help lists for the option"},
    Code{"cap-structure", Severity::error,
         "a CAP file whose components are missing, double, or not as long as they say",
         "load -file broken.cap\n", "Make the file anew with the converter"},
    Code{"cap-unzip", Severity::error, "a CAP file that cannot be unpacked", "load -file cut.cap\n",
         "Make the file anew, or copy it again"},
    Code{"channel-option", Severity::error, "a protocol, implementation or level that does not exist",
         "mode_211\nopen_sc -scp 17\n", "Leave out -scp and -scpimpl; use -security 0, 1, 3, 17, 19 or 51"},
    Code{"data-format", Severity::warning,
         "bits of -dataFormat or -dataEncryption that STORE DATA does not have",
         "store_data -data 00 -dataFormat 2\n", "Write 0x08 or 0x10 as format, 0x20 or 0x60 as encryption"},
    Code{"empty-data", Severity::note, "store_data without data", "store_data -dataFormat 0x10\n",
         "Give -data, if it is not meant so"},
    Code{"empty-script", Severity::error, "a script without a command", "# nothing yet\n",
         "Write at least one command"},
    Code{"empty-value", Severity::error, "a text that must not be empty", "card_connect -reader \"\"\n",
         "Write a value or leave the option out"},
    Code{"every-version", Severity::warning, "delete_key that deletes a key of every version",
         "delete_key -keyind 1\n", "Name the version with -keyver"},
    Code{"hex-number", Severity::note, "a number in hex that GPShell reads as 0", "open_sc -security 0x33\n",
         "Write it in decimal to mean the same everywhere"},
    Code{"hex-privileges", Severity::warning, "privileges in hex, which GPShell does not grant",
         "install -file hello.cap -priv 0x04\n", "Write them in decimal if they are meant"},
    Code{"ignored-option", Severity::warning,
         "an option that another one, or a command before, makes useless",
         "card_connect -reader Foo -readerNumber 1\n", "Remove one of them"},
    Code{"kept-keys", Severity::warning,
         "keys of the lines before are used: -key of open_sc is passed over, or put_sc_key was not given "
         "three",
         "mode_211\nestablish_context\ncard_connect\nselect -AID A000000151000000\nopen_sc -enc_key "
         "404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F\nopen_sc -key "
         "47454D5850524553534F53414D504C45\n",
         "Give -enc_key, -mac_key and -kek_key on the line"},
    Code{"key-in-clear", Severity::note, "a key that is not a public test key, or a pass phrase, in the text",
         "open_sc -key 00112233445566778899AABBCCDDEEFF\n",
         "Keep it in an environment variable and write ${NAME}"},
    Code{"key-length", Severity::error, "the keys of one set have different lengths",
         "open_sc -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
         "404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F\n",
         "Give keys of one length"},
    Code{"key-missing", Severity::error, "open_sc without the keys that a channel needs",
         "open_sc -enc_key 404142434445464748494A4B4C4D4E4F\n",
         "Give -enc_key, -mac_key and -kek_key, or -key"},
    Code{"key-selection", Severity::warning, "delete_key that names no key", "delete_key\n",
         "Give -keyver, -keyind or both"},
    Code{"key-set-in-use", Severity::warning,
         "PUT KEY or DELETE of the key set with which the channel was opened",
         "mode_211\nestablish_context\ncard_connect\nselect -AID A000000151000000\nopen_sc -keyver 32 "
         "-enc_key 404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F -kek_key "
         "404142434445464748494A4B4C4D4E4F\ndelete_key -keyver 32\n",
         "Open a channel with other keys first; if those are wrong, this set is the way back"},
    Code{"key-type", Severity::error, "a -keyType that keys of this command cannot have",
         "mode_211\nput_sc_key -newkeyver 2 -keyType 99 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
         "404142434445464748494A4B4C4D4E4F -kek_key 404142434445464748494A4B4C4D4E4F\n",
         "Leave -keyType out to get the type that fits"},
    Code{"key-version", Severity::error, "a key version outside 1 to 127",
         "put_sc_key -newkeyver 200 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
         "404142434445464748494A4B4C4D4E4F -kek_key 404142434445464748494A4B4C4D4E4F\n",
         "Give -newkeyver a version from 1 to 127"},
    Code{"large-limit", Severity::note,
         "a memory limit above 65535, of which GPShell sends the low half only",
         "install -file hello.cap -nvDataLimit 70000\n",
         "Keep limits below 65536 to mean the same everywhere"},
    Code{"level-not-covered", Severity::error,
         "a security level that the protocol and the i of the options do not have",
         "mode_211\nestablish_context\ncard_connect\nselect -AID A000000151000000\nopen_sc -scp 2 -scpimpl "
         "0x15 -security 19 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
         "404142434445464748494A4B4C4D4E4F\n",
         "Use a level that it has, or leave out -scp and -scpimpl"},
    Code{"line-too-long", Severity::error, "a line of more than 65535 bytes", "",
         "Divide it, or check that the file is a script"},
    Code{"load-file-too-long", Severity::error, "a load file that LOAD cannot carry with its 256 blocks",
         "load -file large.cap\n", "Split the package"},
    Code{"load-without-install", Severity::warning, "load without an install_for_load before it",
         "load -file hello.cap\n", "Use install, or put install_for_load before it"},
    Code{"missing-option", Severity::error,
         "an option without which the command makes no sense; a warning where the card decides", "delete\n",
         "Give it"},
    Code{"missing-value", Severity::error, "an option at the end of its line, or before a comment",
         "select -AID\n", "Write the value behind the option"},
    Code{"mode-after-connect", Severity::note,
         "mode_211 behind card_connect, where GPShell no longer heeds it",
         "establish_context\ncard_connect\nmode_211\n",
         "Put it before card_connect to mean the same everywhere"},
    Code{"needs-mode-211", Severity::warning, "something that mode_201, the default, does not have",
         "open_sc -scp 3 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
         "404142434445464748494A4B4C4D4E4F\n",
         "Put mode_211 before card_connect"},
    Code{"new-keys-missing", Severity::error, "put_sc_key without three new keys",
         "put_sc_key -newkeyver 2 -enc_key 404142434445464748494A4B4C4D4E4F\n",
         "Give -enc_key, -mac_key and -kek_key"},
    Code{"no-channel", Severity::warning,
         "a command without the secure channel that cards want for it; an error for new keys, which its DEK "
         "encrypts",
         "establish_context\ncard_connect\nget_status -element 40\n", "Put open_sc before it"},
    Code{"no-connection", Severity::error, "a card command without a card", "select -AID A000000151000000\n",
         "Put establish_context and card_connect before it"},
    Code{"no-context", Severity::error, "card_connect or list_readers without the PC/SC service",
         "card_connect\n", "Put establish_context before it"},
    Code{"no-dek", Severity::error, "new keys in a channel that has no DEK to encrypt them",
         "mode_211\nestablish_context\ncard_connect\nselect -AID A000000151000000\nopen_sc -enc_key "
         "404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F\nput_sc_key -newkeyver "
         "2 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F -kek_key "
         "404142434445464748494A4B4C4D4E4F\n",
         "Give open_sc -kek_key too"},
    Code{"no-selection", Severity::warning, "open_sc without select",
         "establish_context\ncard_connect\nopen_sc -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
         "404142434445464748494A4B4C4D4E4F\n",
         "Select the security domain first"},
    Code{"not-selectable", Severity::warning, "install_for_install whose instance is never made selectable",
         "install_for_install -pkgAID D0D1D2D3D4D501 -AID D0D1D2D3D4D50101 -instAID D0D1D2D3D4D50101\n",
         "Add install_for_make_selectable"},
    Code{"nul-byte", Severity::error, "a NUL byte in the text", "",
         "Save the script as plain text, not as UTF-16"},
    Code{"octal-number", Severity::warning, "a number that a leading 0 makes octal", "open_sc -scpimpl 015\n",
         "Write it in decimal, or in hex with 0x in front"},
    Code{"odd-hex", Severity::error, "hex with half a byte", "select -AID A00000015100000\n",
         "Write the missing digit; leading zeros count"},
    Code{"odd-privileges", Severity::warning,
         "privileges that only a security domain can hold, without being one",
         "install -file hello.cap -priv 80\n", "Write the number in decimal: Security Domain is 128"},
    Code{"old-command", Severity::note, "a command of GPShell 1.4 that GPShell 3 does not know",
         "visa_key_derivation\n", "Write open_sc -keyDerivation to mean the same everywhere"},
    Code{"pem", Severity::error, "a key file that is no PEM, or whose key cannot be used",
         "put_dm_token_keys -file hello.cap\n",
         "Convert the key to PEM; give -pass for an encrypted one, -keyType F1 for a curve"},
    Code{"plain-in-channel", Severity::note,
         "a raw APDU without secure messaging in a channel that is used again: many cards end the channel "
         "there",
         "mode_211\nestablish_context\ncard_connect\nselect -AID A000000151000000\nopen_sc -security 1 "
         "-enc_key "
         "404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F\nsend_apdu -APDU "
         "80CA9F7F00\nget_status -element 40\n",
         "Send it with -sc 1, or open_sc again behind it"},
    Code{"repeated-option", Severity::warning, "an option that is given twice",
         "get_status -element 40 -element 20\n", "Remove one of them; the last counts"},
    Code{"short-aid", Severity::warning, "an AID of less than 5 bytes where no partial one can serve",
         "delete -AID D0D1\n", "Write the whole AID"},
    Code{"small-limit", Severity::warning, "-nvCodeLimit is less than the load file",
         "install -file hello.cap -nvCodeLimit 10\n",
         "Leave it out, or give at least the size of the load file"},
    Code{"text-after-quote", Severity::error, "text directly behind a closing quote",
         "card_connect -reader \"Foo\"Bar\n", "Put a blank behind the quote"},
    Code{"too-long-for-channel", Severity::error, "more data than one command of the channel can carry",
         "mode_211\nestablish_context\ncard_connect\nselect -AID A000000151000000\nopen_sc -security 3 "
         "-enc_key 404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F\nsend_apdu -sc "
         "1 -APDU "
         "80E28000F000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
         "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
         "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
         "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
         "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\n",
         "Split the data"},
    Code{"unclosed-quote", Severity::error, "a quote without its other one", "card_connect -reader \"Foo\n",
         "Close it on the same line"},
    Code{"unclosed-variable", Severity::error, "a ${ without a name and }", "card_connect -reader ${READER\n",
         "Write ${NAME}"},
    Code{"unknown-code", Severity::warning, "# gpsh:allow with a code that no check has",
         "print hello\nmode_211 # gpsh:allow hex-numbr\n", "See gpsh help checks"},
    Code{"unknown-command", Severity::error,
         "a command that the language does not have; a warning with --lenient", "open_cs\n", "See gpsh help"},
    Code{"unknown-option", Severity::error, "an option that no command has; a warning with --lenient",
         "select -aid A000000151000000\n", "See gpsh help COMMAND"},
    Code{"unreachable", Severity::note, "lines behind exit", "exit\nprint never\n",
         "Remove them, or the exit"},
    Code{"unreadable-file", Severity::error, "a file that cannot be read", "install -file absent.cap\n",
         "Check the name; it is relative to the folder gpsh runs in"},
    Code{"unset-variable", Severity::error, "a variable without value, in a value that is hex",
         "select -AID ${NOT_SET}\n", "Set it before running gpsh"},
    Code{"unused-option", Severity::warning, "an option that belongs to other commands",
         "select -file hello.cap\n", "Remove it; GPShell ignores it too"},
};

}  // namespace

std::span<const Code> code_table() {
  return kCodes;
}

}  // namespace gpsh::interpreter::checks
