// SPDX-License-Identifier: Apache-2.0
#include "core/system_reason.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace gpsh::test {
namespace {

TEST(SystemReason, IsInWords) {
  EXPECT_EQ(system_reason(ENOSPC), "No space left on device");
  EXPECT_EQ(system_reason(0), system_reason(EIO));
}

}  // namespace
}  // namespace gpsh::test
