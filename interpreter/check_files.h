// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/check.h"
#include "interpreter/file_reader.h"

namespace gpsh::interpreter {

/// The checked script with what is found in the files that it names: missing or broken ones, AIDs that are
/// not theirs, load files that LOAD cannot carry. Each file is read once. `known`: of the session
/// before the text. Does not throw for any file.
[[nodiscard]] BoundScript check_files(BoundScript script, const FileReader& read, checks::Known known = {});

}  // namespace gpsh::interpreter
