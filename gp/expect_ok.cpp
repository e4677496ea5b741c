// SPDX-License-Identifier: Apache-2.0
#include "gp/expect_ok.h"

#include <string>

#include "core/secret_commands.h"

namespace gpsh::gp {

Error refusal(StatusWord sw, std::string_view command, const CommandApdu& plain) {
  auto meaning = explain(sw, plain.ins);
  return Error({.kind = ErrorKind::card,
                .code = "card-status",
                .message = std::string(command) + " was refused: " + sw.text() + ", " + meaning.meaning,
                .advice = std::move(meaning.advice),
                .exchange = Exchange{
                    .command = std::string(command), .apdu = shown_in_messages(plain.encode()), .sw = sw}});
}

void expect_ok(const ResponseApdu& response, std::string_view command, const CommandApdu& plain) {
  if (!response.sw.ok()) throw refusal(response.sw, command, plain);
}

}  // namespace gpsh::gp
