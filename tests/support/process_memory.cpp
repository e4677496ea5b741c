// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process_memory.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <bitset>
#include <cctype>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace gpsh::test {
namespace {

constexpr std::size_t kPiece = 8;
constexpr std::uint64_t kPage = 4096;
/// The address sanitizer's own notes are larger by far, and hold no bytes of the program.
constexpr std::uint64_t kLargest = std::uint64_t{1} << 30;

struct Mapping {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::string name;
};

std::string all_of(int file) {
  std::string text;
  std::array<char, 65536> buffer{};
  lseek(file, 0, SEEK_SET);
  for (;;) {
    const auto count = read(file, buffer.data(), buffer.size());
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

std::vector<Mapping> writable_mappings(int file) {
  std::vector<Mapping> mappings;
  std::istringstream lines(all_of(file));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    Mapping mapping;
    char dash = 0;
    std::string access;
    std::string ignored;
    fields >> std::hex >> mapping.start >> dash >> mapping.end >> access >> ignored >> ignored >> ignored >>
        mapping.name;
    const bool readable = access.starts_with("rw") && mapping.end - mapping.start <= kLargest;
    if (readable) mappings.push_back(mapping);
  }
  return mappings;
}

/// All patterns in one walk over the bytes.
class Search {
 public:
  explicit Search(const MemoryPatterns& patterns) : patterns_(patterns) {
    for (const auto& [name, bytes] : patterns) starts_.set(start_of(bytes.data()));
  }

  void look(std::string_view memory, const std::string& place, std::set<std::string>& found) const {
    for (std::size_t at = 0; at + kPiece <= memory.size(); ++at) {
      if (at % kPage == 0 && untouched(memory.substr(at, kPage))) at += kPage - kPiece + 1;
      if (!starts_[start_of(memory.data() + at)]) continue;
      for (const auto& [name, bytes] : patterns_) {
        if (memory.substr(at).starts_with(bytes)) found.insert(name + " in " + place);
      }
    }
  }

 private:
  /// Most pages; looked at by the byte they would take most of the time.
  static bool untouched(std::string_view page) {
    static constexpr std::array<char, kPage> kZeros{};
    return page == std::string_view(kZeros.data(), kZeros.size());
  }

  static std::size_t start_of(const char* bytes) {
    std::uint16_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return value;
  }

  const MemoryPatterns& patterns_;
  std::bitset<65536> starts_{};
};

std::string wide(const std::string& text) {
  std::string result;
  for (const char c : text) result += {c, '\0', '\0', '\0'};
  return result;
}

std::string in_case(std::string text, int (*convert)(int)) {
  for (char& c : text) c = static_cast<char>(convert(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

MemoryPatterns patterns_of(const std::string& name, const std::string& hex_digits) {
  MemoryPatterns patterns;
  for (std::size_t at = 0; at < hex_digits.size(); at += 2 * kPiece) {
    const auto digits = hex_digits.substr(at, 2 * kPiece);
    const auto what = name + " from byte " + std::to_string(at / 2) + ", ";
    const auto raw = hex(digits);
    const auto upper = in_case(digits, std::toupper);
    const auto lower = in_case(digits, std::tolower);
    patterns.emplace(what + "raw", std::string(raw.begin(), raw.end()));
    patterns.emplace(what + "upper case", upper);
    patterns.emplace(what + "lower case", lower);
    patterns.emplace(what + "upper case, wide", wide(upper));
    patterns.emplace(what + "lower case, wide", wide(lower));
  }
  return patterns;
}

ProcessMemory::ProcessMemory(pid_t process) {
  const auto folder = "/proc/" + std::to_string(process);
  memory_ = open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  mappings_ = open((folder + "/maps").c_str(), O_RDONLY | O_CLOEXEC);
  if (memory_ < 0 || mappings_ < 0) throw std::runtime_error("the memory of a child cannot be opened");
}

ProcessMemory::~ProcessMemory() {
  close(memory_);
  close(mappings_);
}

std::set<std::string> ProcessMemory::found(const MemoryPatterns& patterns) const {
  const auto mappings = writable_mappings(mappings_);
  if (mappings.empty()) throw std::runtime_error("the process has no memory any more");
  const Search search(patterns);
  std::set<std::string> found;
  for (const auto& mapping : mappings) {
    std::string memory(mapping.end - mapping.start, '\0');
    // A page that was never there, or is kept from everybody, ends a reading; what is behind it is read
    // still.
    for (std::uint64_t at = 0; at < memory.size();) {
      const auto count =
          pread(memory_, memory.data() + at, memory.size() - at, static_cast<off_t>(mapping.start + at));
      at += count > 0 ? static_cast<std::uint64_t>(count) : kPage;
    }
    search.look(memory, mapping.name.empty() ? "unnamed memory" : mapping.name, found);
  }
  return found;
}

}  // namespace gpsh::test
