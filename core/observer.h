// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.h"

namespace gpsh {

enum class Severity { note, warning, error };

/// Something a person should know although the command goes on.
struct Remark {
  Severity severity = Severity::note;
  std::string_view code{};  ///< stable, a string literal; shown as gpsh.CODE
  std::string text{};
  std::string advice{};  ///< may be empty
};

/// How a command travels: as one APDU, or cut into several (GPCS 2.3.1 section 11.1.5.1).
enum class Framing { single, chained };

/// What happens, told to whoever prints or records it. Views are valid during the call only. Keys never come
/// here.
class Observer {
 public:
  virtual ~Observer() = default;

  /// A command is about to be sent: before and after secure messaging.
  virtual void command(ByteView plain, ByteView wire, Framing framing) = 0;
  /// One physical APDU of a chained command.
  virtual void chained_command(ByteView wire) = 0;
  /// The answer as the card gave it, GET RESPONSE already joined, with status word.
  virtual void response(ByteView wire, Framing framing) = 0;
  /// The answer after its R-MAC was verified and its encryption removed.
  virtual void unwrapped(ByteView plain) = 0;
  virtual void remark(const Remark& remark) = 0;
};

}  // namespace gpsh
