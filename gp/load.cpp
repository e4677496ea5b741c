// SPDX-License-Identifier: Apache-2.0
#include "gp/load.h"

#include <algorithm>
#include <string>

#include "core/tlv.h"
#include "gp/cap_file.h"
#include "gp/expect_ok.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "LOAD";
constexpr std::uint8_t kLastBlock = 0x80;
constexpr std::uint32_t kLoadFileDataBlock = 0xC4;
constexpr std::size_t kMostBlocks = 256;  // P2 counts them
// GPShell leaves one cipher block more than it has to.
constexpr std::size_t kGpshellMostEncrypted = 231;

bool gpshell_leaves_room(const CardSession& session) {
  const auto* channel = session.channel();
  return session.wire() == Wire::gpshell && channel != nullptr && channel->protocol == Scp03::kNumber &&
         channel->level.c_decryption();
}

std::size_t most_of(const CardSession& session) {
  const auto most = session.max_command_data();
  return gpshell_leaves_room(session) ? std::min(most, kGpshellMostEncrypted) : most;
}

std::size_t block_size(const CardSession& session, std::size_t wanted) {
  const auto most = most_of(session);
  return wanted == 0 ? most : std::min(wanted, most);
}

std::size_t with_header(std::size_t file_bytes) {
  Bytes header{static_cast<std::uint8_t>(kLoadFileDataBlock)};
  append_length(header, file_bytes);
  return header.size() + file_bytes;
}

CommandApdu block_command(std::size_t number, ByteView block) {
  return {.cla = 0x80, .ins = 0xE8, .p2 = static_cast<std::uint8_t>(number), .data = to_bytes(block)};
}

}  // namespace

std::size_t load_block_count(const CardSession& session, std::size_t file_bytes, std::size_t block_bytes) {
  const auto size = block_size(session, block_bytes);
  return (with_header(file_bytes) + size - 1) / size;
}

void require_loadable(const CardSession& session, const LoadRequest& request) {
  const auto bytes = request.load_file.size();
  const auto blocks =
      bytes > CapFile::kMaxLoadFile ? kMostBlocks + 1 : load_block_count(session, bytes, request.block_bytes);
  if (blocks <= kMostBlocks) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "load-file-too-long",
               .message = "the load file has " + std::to_string(bytes) + " bytes; in blocks of " +
                          std::to_string(block_size(session, request.block_bytes)) +
                          " bytes LOAD carries less, as it counts to 256",
               .advice = "use the largest -blockSize, a lower security level, or split the package"});
}

std::optional<Confirmation> load(CardSession& session, const LoadRequest& request) {
  require_loadable(session, request);
  const auto file = make_tlv(kLoadFileDataBlock, request.load_file);
  const auto size = block_size(session, request.block_bytes);
  LoadProgress progress{
      .all_blocks = load_block_count(session, request.load_file.size(), request.block_bytes),
      .all_bytes = file.size()};
  for (auto rest = ByteView(file);;) {
    const auto block = rest.first(std::min(size, rest.size()));
    rest = rest.subspan(block.size());
    auto command = block_command(progress.blocks, block);
    if (rest.empty()) {
      command.p1 = kLastBlock;
      command.le = CommandApdu::kShortMaximum;
    }
    const auto response = session.transmit(command, kName);
    expect_ok(response, kName, command);
    ++progress.blocks;
    progress.bytes += block.size();
    if (request.progress) request.progress(progress);
    if (rest.empty()) return read_confirmation(response, kName, session.observer());
  }
}

}  // namespace gpsh::gp
