// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

namespace gpsh::interpreter {

/// As long as it lives a crash leaves no picture of this process' memory, neither in a file nor with a
/// program of the system's that collects them (Linux).
class NoCoreDumps {
 public:
  NoCoreDumps();
  ~NoCoreDumps();
  NoCoreDumps(const NoCoreDumps&) = delete;
  NoCoreDumps& operator=(const NoCoreDumps&) = delete;

 private:
  rlimit limit_{};
  int dumpable_ = 0;
};

}  // namespace gpsh::interpreter
