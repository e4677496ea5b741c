// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/observer.h"

namespace gpsh::sessions {

/// Looks at the APDUs that are recorded. The first PUT KEY after an INITIALIZE UPDATE whose card cryptogram a
/// published key explains is a remark: whoever has the recording can decrypt the new keys. Does not own the
/// observer.
class PublicKeyWatch {
 public:
  explicit PublicKeyWatch(Observer& observer) : observer_(observer) {}

  void sending(ByteView wire);
  void answered(ByteView response);

 private:
  [[nodiscard]] bool opened_with_public_key() const;

  Observer& observer_;
  Bytes sent_;
  Bytes host_challenge_;  // of the last INITIALIZE UPDATE
  Bytes card_answer_;     // its data
  bool told_ = false;
};

}  // namespace gpsh::sessions
