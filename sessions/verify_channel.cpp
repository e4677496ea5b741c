// SPDX-License-Identifier: Apache-2.0
#include "sessions/verify_channel.h"

#include "gp/scp03.h"

namespace gpsh::sessions {

std::string words_of(MacReading reading) {
  switch (reading) {
    case MacReading::wrong: return "wrong under every variant";
    case MacReading::behind_wrong:
      return "not provable: it starts from the whole of the wrong one before, of which only half was sent";
    case MacReading::right: return "right";
    case MacReading::start_encrypted: return "right with an encrypted ICV";
    case MacReading::start_clear: return "right with an ICV that is not encrypted";
    case MacReading::start_zeros: return "right with an ICV of zeros";
    case MacReading::header_unmodified: return "right over the unmodified header";
    case MacReading::header_modified: return "right over the modified header";
    case MacReading::over_padding: return "right over the padded data";
    case MacReading::over_ciphertext: return "right over the encrypted data";
  }
  return {};
}

std::unique_ptr<ChannelCheck> make_channel_check(const ChannelFacts& facts) {
  return facts.protocol == gp::Scp03::kNumber ? make_aes_check(facts) : make_triple_des_check(facts);
}

}  // namespace gpsh::sessions
