// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interpreter/command_spec.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

inline constexpr std::size_t kMaxRawApdu = 261;

struct RawApdu {
  HexData<kMaxRawApdu> apdu;
  Wrapping wrapping = Wrapping::off;
};
inline constexpr auto raw_apdu_options =
    option_group(option("-APDU", &RawApdu::apdu, "the command APDU").if_absent("required"),
                 option("-sc", &RawApdu::wrapping, "1: through the secure channel, 0: as it is"));

struct SendApdu {
  RawApdu raw;
};
inline constexpr auto send_apdu =
    command<SendApdu>("send_apdu", "Send an APDU; any status word is fine",
                      "send_apdu -sc 0 -APDU 80CA9F7F00", group(&SendApdu::raw, raw_apdu_options))
        .fails_as("send_APDU() returns");

struct SendApduNostop {
  RawApdu raw;
};
inline constexpr auto send_apdu_nostop =
    command<SendApduNostop>("send_apdu_nostop", "Send an APDU; go on even if it cannot be sent",
                            "send_apdu_nostop -sc 0 -APDU 80CA9F7F00",
                            group(&SendApduNostop::raw, raw_apdu_options))
        .fails_as("send_APDU() returns")
        .goes_on();

struct Print {
  std::string text;  ///< to the line's end, with it
};
inline constexpr auto print =
    command<Print>("print", "Print the rest of the line", "print Here the applet is installed").takes_text();

struct Exit {};
inline constexpr auto exit_script =
    command<Exit>("exit", "End the script with success", "exit").ignores_rest().untimed();

}  // namespace gpsh::interpreter
