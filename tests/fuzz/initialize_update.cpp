// SPDX-License-Identifier: Apache-2.0
// Any answer to INITIALIZE UPDATE: read, and examined as every protocol it can be.
#include "core/error.h"
#include "gp/doctor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpsh;
  if (size == 0) return 0;
  // The layouts are few and exact, so most inputs are brought to one of their lengths.
  constexpr std::size_t kLengths[] = {28, 29, 32, 45, 48};
  Bytes answer(data + 1, data + size);
  if (data[0] < 0xF0) answer.resize(kLengths[data[0] % 5]);
  try {
    gp::DoctorCase asked{.answer = gp::InitializeUpdateResponse::parse(answer)};
    asked.host_challenge = Bytes(asked.answer.card_challenge.size(), 0x5A);
    static_cast<void>(gp::examine(asked, gp::published_candidates(), gp::known_diversifications()));
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
