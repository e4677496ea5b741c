// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/vpcd_fleet.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace gpsh::virtualcard {
namespace {

// A signal handler can set a flag but wake nobody.
constexpr auto kBetweenLooks = std::chrono::milliseconds(50);

/// The threads of a fleet, and what ended the first of them.
class Fleet {
 public:
  void launch(const ServedCard& served) {
    ++running_;
    threads_.emplace_back([this, &served] {
      std::exception_ptr failure;
      try {
        serve_vpcd(served.card, served.address, stop_, served.listener);
      } catch (...) {  // NOLINT(bugprone-empty-catch): goes to the thread that waits
        failure = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = failure;
      --running_;
      changed_.notify_all();
    });
  }
  void wait(const std::atomic<bool>& stop) {
    std::unique_lock lock(mutex_);
    while (running_ > 0 && !failure_ && !stop.load()) changed_.wait_for(lock, kBetweenLooks);
  }
  void stop() {
    stop_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }
  [[nodiscard]] std::exception_ptr failure() const { return failure_; }

 private:
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t running_ = 0;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

}  // namespace

void serve_vpcd_fleet(const std::vector<ServedCard>& cards, const std::atomic<bool>& stop) {
  Fleet fleet;
  for (const auto& card : cards) fleet.launch(card);
  fleet.wait(stop);
  fleet.stop();
  if (const auto failure = fleet.failure()) std::rethrow_exception(failure);
}

}  // namespace gpsh::virtualcard
