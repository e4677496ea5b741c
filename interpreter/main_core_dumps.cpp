// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_core_dumps.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace gpsh::interpreter {

// Where a call fails, which no system does here, the other one still holds.
NoCoreDumps::NoCoreDumps() {
  if (getrlimit(RLIMIT_CORE, &limit_) == 0) {
    const rlimit none{.rlim_cur = 0, .rlim_max = limit_.rlim_max};
    setrlimit(RLIMIT_CORE, &none);
  }
#ifdef __linux__
  // The limit does not hold back a pipe to a collecting program.
  dumpable_ = prctl(PR_GET_DUMPABLE);
  prctl(PR_SET_DUMPABLE, 0);
#endif
}

NoCoreDumps::~NoCoreDumps() {
#ifdef __linux__
  if (dumpable_ == 1) prctl(PR_SET_DUMPABLE, 1);
#endif
  setrlimit(RLIMIT_CORE, &limit_);
}

}  // namespace gpsh::interpreter
