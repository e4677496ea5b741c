// SPDX-License-Identifier: Apache-2.0
#include "interpreter/cap_source.h"

#include "core/error.h"
#include "interpreter/file_reader.h"

namespace gpsh::interpreter {
gp::CapFile read_cap_file(const std::optional<FilePath>& path) {
  if (!path) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "no-file-name",
                 .message = "there is no -file with a CAP file to load",
                 .advice = "add -file NAME.cap"});
  }
  return gp::parse_cap_file(read_file(path->text), path->text);
}

}  // namespace gpsh::interpreter
