// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {

/// Writes the files that scripts of examples/ and tests/scripts/ name: hello.cap, package F0000000010001 with
/// applet F000000001000101, and keys of tests/data/pem.
inline void write_script_files(const WorkingFolder& folder) {
  folder.write("hello.cap", read_file(source_file("examples/hello.cap")));
  for (const auto* name :
       {"rsa2048-public.pem", "rsa-encrypted.pem", "rsa-exponent-3.pem", "p256-public.pem"}) {
    folder.write(name, read_file(source_file(std::string("tests/data/pem/") + name)));
  }
}

}  // namespace gpsh::test
