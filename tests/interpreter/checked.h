// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "core/error.h"
#include "interpreter/check_files.h"
#include "interpreter/render_text.h"
#include "tests/interpreter/script_run.h"
#include "tests/support/small_cap.h"

namespace gpsh::test {

inline const std::string kTestKey = "404142434445464748494A4B4C4D4E4F";
inline const std::string kThreeKeys =
    "-enc_key " + kTestKey + " -mac_key " + kTestKey + " -kek_key " + kTestKey;
/// Lines 1 to 4 of a script; what is to be looked at stands on line 5.
inline const std::string kSelected =
    "mode_211\nestablish_context\ncard_connect\nselect -AID A000000151000000\n";
/// Lines 1 to 5; the channel has a DEK and key version 32.
inline const std::string kOpened = kSelected + "open_sc -keyver 32 " + kThreeKeys + "\n";

/// Files without a disk.
inline interpreter::FileReader files_of(std::map<std::string, Bytes> files) {
  return [files = std::move(files)](const std::string& path) {
    const auto found = files.find(path);
    if (found != files.end()) return found->second;
    throw Error({.kind = ErrorKind::file,
                 .code = "unreadable-file",
                 .message = "cannot read " + path + ": No such file or directory",
                 .advice = "check the name; it is relative to the folder gpsh runs in"});
  };
}

/// What the check says of a script called list.txt.
inline std::string told(const interpreter::BoundScript& script) {
  std::string all;
  for (const auto& diagnostic : script.diagnostics)
    all += render_text(diagnostic, script.source, interpreter::Colour::off);
  return all;
}

inline interpreter::BoundScript bound(const std::string& text,
                                      interpreter::Strictness strictness = interpreter::Strictness::strict) {
  return interpreter::check(interpreter::Source("list.txt", text), no_environment, strictness,
                            interpreter::SecretDisplay::masked);
}

inline std::string told(const std::string& text) {
  return told(bound(text));
}

}  // namespace gpsh::test
