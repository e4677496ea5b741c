// SPDX-License-Identifier: Apache-2.0
#include "gp/scrub.h"

#include <botan/mem_ops.h>

#include <array>

namespace gpsh::gp {

void scrub(void* memory, std::size_t bytes) {
  Botan::secure_scrub_memory(memory, bytes);
}

// In line it would be a part of its caller's frame, and overwrite nothing that others left.
[[gnu::noinline]] void scrub_stack() {
  constexpr std::size_t kDepth = std::size_t{128} * 1024;
  std::array<unsigned char, kDepth> left_behind;
  scrub(left_behind.data(), left_behind.size());
}

}  // namespace gpsh::gp
