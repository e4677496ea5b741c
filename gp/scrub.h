// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace gpsh::gp {

/// Overwrites memory, also where a compiler sees that nobody reads it again.
void scrub(void* memory, std::size_t bytes);

/// Overwrites what functions that have returned left on the stack of this thread, 128 KiB deep.
void scrub_stack();

}  // namespace gpsh::gp
