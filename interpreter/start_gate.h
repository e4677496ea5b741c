// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace gpsh::interpreter {

/// Whether a script opens secure channels.
enum class Authenticates { no, yes };

/// What a failed authentication means for cards that have not started.
enum class OnWrongKey { stop, keep_going };

/// Who of several cards may start, so that one wrong key does not cost each of them a try. One goes first.
/// Once a card has authenticated, all others may start; where the first one ended before it had, the next
/// goes first. A script that never authenticates lets all start when the first has ended. The first failed
/// authentication stops all that have not started, for good, unless they keep going. Thread-safe.
class StartGate {
 public:
  StartGate(Authenticates script, OnWrongKey on_wrong_key) : script_(script), on_wrong_key_(on_wrong_key) {}

  /// Waits until the next card may start, and counts it as running. False: it must not start.
  [[nodiscard]] bool start_next();

  void authenticated();
  void authentication_failed();
  /// A card that start_next() let start has ended, in whatever way.
  void ended();

 private:
  const Authenticates script_;
  const OnWrongKey on_wrong_key_;
  std::mutex mutex_;  ///< of what follows; never held while a card is talked to
  std::condition_variable changed_;
  std::size_t running_ = 0;
  bool open_ = false;
  bool stopped_ = false;
};

}  // namespace gpsh::interpreter
