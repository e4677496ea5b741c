// SPDX-License-Identifier: Apache-2.0
#include "pcsc/t0_command.h"

#include "core/apdu.h"
#include "core/error.h"

namespace gpsh::pcsc {

Bytes t0_command(ByteView apdu) {
  auto command = CommandApdu::parse(apdu);
  if (command.extended()) {
    throw Error(
        {.kind = ErrorKind::usage,
         .code = "extended-on-t0",
         .message = "an extended APDU cannot be sent over T=0: " + std::to_string(command.data.size()) +
                    " bytes of data, Le " + std::to_string(command.le.value_or(0)),
         .advice = "send at most 255 bytes of data and ask for at most 256, or connect with T=1"});
  }
  if (!command.data.empty()) command.le.reset();
  return command.encode();
}

}  // namespace gpsh::pcsc
