// SPDX-License-Identifier: Apache-2.0
// Stands in for libFuzzer: files named on the command line, else random inputs, always the same.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  constexpr int kInputs = 4000;
  constexpr std::size_t kLongest = 300;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  if (argc > 1) return 0;
  std::mt19937 random(20260101);
  for (int i = 0; i < kInputs; ++i) {
    std::vector<std::uint8_t> input(random() % kLongest);
    for (auto& byte : input) byte = static_cast<std::uint8_t>(random());
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::cout << kInputs << " inputs\n";
}
