// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "virtualcard/vpcd_link.h"

namespace gpsh::virtualcard {

/// A card and the reader it goes into.
struct ServedCard {
  Connection& card;
  VpcdAddress address;
  LinkListener listener;
};

/// serve_vpcd for each, at the same time, until `stop`. The first that fails stops the others; its error is
/// thrown on. A listener is called from its card's thread.
void serve_vpcd_fleet(const std::vector<ServedCard>& cards, const std::atomic<bool>& stop);

}  // namespace gpsh::virtualcard
