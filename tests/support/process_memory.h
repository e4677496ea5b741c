// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <map>
#include <set>
#include <string>

namespace gpsh::test {

/// What is looked for in memory, and what it is called.
using MemoryPatterns = std::map<std::string, std::string>;

/// A key of this many bytes as it may stand in memory: each 8 bytes of it raw, and their hex digits in either
/// case, as characters of one byte or of four.
[[nodiscard]] MemoryPatterns patterns_of(const std::string& name, const std::string& hex);

/// The memory of a child process. Opened while the child stands at its exec(), it can be read from then on,
/// also once the child has closed itself to others.
class ProcessMemory {
 public:
  explicit ProcessMemory(pid_t process);
  ~ProcessMemory();
  ProcessMemory(const ProcessMemory&) = delete;
  ProcessMemory& operator=(const ProcessMemory&) = delete;

  /// Which of the patterns (8 bytes at least) stand anywhere in memory that can be written: heap, stack,
  /// data. Each with the mapping it stands in. Throws std::runtime_error when memory cannot be read.
  [[nodiscard]] std::set<std::string> found(const MemoryPatterns& patterns) const;

 private:
  int memory_ = -1;
  int mappings_ = -1;
};

}  // namespace gpsh::test
