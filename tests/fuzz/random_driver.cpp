// SPDX-License-Identifier: Apache-2.0
// Stands in for libFuzzer: `--random COUNT` inputs, always the same, or the files and folders of files that
// are named on the command line.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

/// How many files that were.
std::size_t run(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) {
    run_file(path);
    return 1;
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path)) files += run(entry.path());
  return files;
}

int run_random(int inputs) {
  constexpr std::size_t kLongest = 300;
  std::mt19937 random(20260101);
  for (int i = 0; i < inputs; ++i) {
    std::vector<std::uint8_t> input(random() % kLongest);
    for (auto& byte : input) byte = static_cast<std::uint8_t>(random());
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::cout << inputs << " inputs\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && argv[1] == std::string_view("--random")) return run_random(std::stoi(argv[2]));
  std::size_t files = 0;
  for (int i = 1; i < argc; ++i) files += run(argv[i]);
  std::cout << files << " files\n";
  return files == 0 ? 1 : 0;
}
