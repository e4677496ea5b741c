// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gpsh {

/// What an error number of the system (errno) means, in its words; 0, where it gave none, is an input/output
/// error.
[[nodiscard]] std::string system_reason(int number);

}  // namespace gpsh
