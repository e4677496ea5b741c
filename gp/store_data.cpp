// SPDX-License-Identifier: Apache-2.0
#include "gp/store_data.h"

#include <algorithm>
#include <string>

#include "core/error.h"
#include "gp/expect_ok.h"
#include "gp/lost_answer.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "STORE DATA";
constexpr std::uint8_t kLastBlock = 0x80;
constexpr std::uint8_t kAnswerExpected = 0x01;
constexpr std::size_t kMaxBlocks = 256;

void require_block_numbers(std::size_t bytes, std::size_t block_bytes) {
  if (bytes <= kMaxBlocks * block_bytes) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "data-too-long",
               .message = std::to_string(bytes) + " bytes do not fit into 256 blocks of " +
                          std::to_string(block_bytes) + " bytes",
               .advice = "store them with several store_data; nothing was sent to the card"});
}

CommandApdu block_of(const StoreDataRequest& request, std::size_t number, ByteView block) {
  CommandApdu command{.cla = 0x80, .ins = 0xE2, .data = to_bytes(block)};
  const auto answer = request.answer == StoredAnswer::expected ? kAnswerExpected : std::uint8_t{0};
  command.p1 = static_cast<std::uint8_t>(request.format | request.encryption | answer);
  command.p2 = static_cast<std::uint8_t>(number);
  return command;
}

/// Without data the fifth byte is 00 all the same: cards that look for a length find one.
CommandApdu as_last(CommandApdu command, StoredAnswer answer) {
  command.p1 |= kLastBlock;
  if (answer == StoredAnswer::expected || command.data.empty()) command.le = CommandApdu::kShortMaximum;
  return command;
}

std::string blocks_taken(std::size_t number) {
  const auto lost = "whether the card took block " + std::to_string(number) + " is not known";
  const auto taken = number == 0   ? lost
                     : number == 1 ? "block 0 was taken, " + lost
                                   : "blocks 0 to " + std::to_string(number - 1) + " were taken, " + lost;
  return taken + ": begin again, for an application with install_for_personalization";
}

ResponseApdu send(CardSession& session, const CommandApdu& command) {
  auto response = with_lost_answer_advice(kName, blocks_taken(command.p2),
                                          [&] { return session.transmit(command, kName); });
  expect_ok(response, kName, command);
  return response;
}

}  // namespace

Bytes store_data(CardSession& session, const StoreDataRequest& request) {
  const auto block_bytes = session.max_command_data();
  require_block_numbers(request.data.size(), block_bytes);
  auto rest = ByteView(request.data);
  std::size_t number = 0;
  for (; rest.size() > block_bytes; rest = rest.subspan(block_bytes)) {
    static_cast<void>(send(session, block_of(request, number++, rest.first(block_bytes))));
  }
  return send(session, as_last(block_of(request, number, rest), request.answer)).data;
}

}  // namespace gpsh::gp
