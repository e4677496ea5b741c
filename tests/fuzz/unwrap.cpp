// SPDX-License-Identifier: Apache-2.0
// Any sequence of responses in an open channel of any protocol, i and level.
#include "core/error.h"
#include "gp/channel_reading.h"

namespace {

using namespace gpsh;

gp::InitializeUpdateResponse answer_of(std::uint8_t protocol, std::uint8_t i) {
  gp::InitializeUpdateResponse answer{
      .diversification_data = Bytes(10), .key_version = 1, .protocol = protocol};
  const std::size_t bytes = protocol == 3 ? gp::Scp03::mac_bytes(i) : 8;
  if (protocol == 3) answer.i = i;
  answer.card_challenge = Bytes(bytes, 0x11);
  answer.card_cryptogram = Bytes(bytes, 0x22);
  answer.sequence_counter = Bytes(protocol == 3 ? 3 : 2);
  return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader input(ByteView(data, size), "fuzz input");
  try {
    const auto protocol = static_cast<std::uint8_t>(input.u8() % 3 + 1);
    const auto i = input.u8();
    const gp::SecurityLevel level(input.u8());
    const auto answer = answer_of(protocol, i);
    const Bytes host_challenge(answer.card_challenge.size(), 0x33);
    const gp::ChannelKeys keys{.base_key = gp::Secret::from_bytes(Bytes(16, 0x40))};
    auto started = gp::start_protocol(protocol, i, level,
                                      {.keys = keys, .answer = answer, .host_challenge = host_challenge});
    static_cast<void>(std::visit([](auto& each) { return each.external_authenticate(); }, started));
    gp::SecureChannel channel({.protocol = protocol, .i = i, .level = level}, std::move(started));
    while (!input.empty()) {
      const CommandApdu command{
          .cla = 0x80, .ins = input.u8(), .p1 = 0x10, .data = Bytes(input.remaining() % 64)};
      static_cast<void>(channel.wrap(command));
      const auto length = std::min<std::size_t>(input.remaining(), 40);
      const ResponseApdu response{.data = to_bytes(input.take(length)),
                                  .sw = StatusWord(length % 2 == 0 ? 0x9000 : 0x6A88)};
      static_cast<void>(channel.unwrap(response));
    }
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
