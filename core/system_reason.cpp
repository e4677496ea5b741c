// SPDX-License-Identifier: Apache-2.0
#include "core/system_reason.h"

#include <cerrno>
#include <system_error>

namespace gpsh {

std::string system_reason(int number) {
  return std::generic_category().message(number == 0 ? EIO : number);
}

}  // namespace gpsh
