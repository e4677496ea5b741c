// SPDX-License-Identifier: Apache-2.0
#include "interpreter/check_files.h"

#include "interpreter/checks/allow.h"
#include "interpreter/checks/files.h"

namespace gpsh::interpreter {

BoundScript check_files(BoundScript script, const FileReader& read, checks::Known known) {
  if (script.lines.empty()) return script;
  checks::Files files(read);
  script.diagnostics.clear();
  for (auto& line : script.lines) {
    if (!known.finished) files.check(known, line);
    known.advance(line);
    checks::drop_allowed(line);
    script.diagnostics.insert(script.diagnostics.end(), line.diagnostics.begin(), line.diagnostics.end());
  }
  return script;
}

}  // namespace gpsh::interpreter
