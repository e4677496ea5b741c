// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/exchange_log.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "tests/support/scripted_connection.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/thrown_error.h"
#include "virtualcard/faulty_card.h"

namespace gpsh::virtualcard {
namespace {

class ExchangeLogTest : public testing::Test {
 protected:
  std::string text() {
    std::ifstream in(path_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// 1 January 2000, and a quarter of a second more each time.
  WallClock clock() {
    return [time = std::chrono::sys_days(std::chrono::January / 1 / 2000) +
                   std::chrono::milliseconds(0)]() mutable {
      return std::chrono::system_clock::time_point(time += std::chrono::milliseconds(250));
    };
  }

  const test::TemporaryFolder folder_;
  const std::string path_ = folder_.path / "exchanges.txt";
  test::ScriptedConnection card_;
};

TEST_F(ExchangeLogTest, EveryExchangeHasItsLinesAtOnce) {
  ExchangeLog log(path_, clock());
  FaultyCard faulty(card_, parse_faults("remove@2"));
  LoggedCard logged(faulty, log, "localhost:35963");
  card_.expect("00A4040000", "6F009000");
  static_cast<void>(logged.transmit(hex("00A4040000")));
  EXPECT_EQ(text(),
            "2000-01-01T00:00:00.250Z localhost:35963 > 00A4040000\n"
            "2000-01-01T00:00:00.500Z localhost:35963 < 6F009000\n");
  EXPECT_THROW(static_cast<void>(logged.transmit(hex("80CA006600"))), Error);
  logged.reset();
  EXPECT_TRUE(
      text().ends_with("2000-01-01T00:00:00.750Z localhost:35963 > 80CA006600\n"
                       "2000-01-01T00:00:01.000Z localhost:35963 ! the card was removed\n"
                       "2000-01-01T00:00:01.250Z localhost:35963 reset\n"))
      << text();
}

TEST_F(ExchangeLogTest, AnOldLogIsContinued) {
  { ExchangeLog(path_, clock()).write("a", "reset"); }
  { ExchangeLog(path_, clock()).write("b", "reset"); }
  EXPECT_EQ(text(), "2000-01-01T00:00:00.250Z a reset\n2000-01-01T00:00:00.250Z b reset\n");
}

TEST_F(ExchangeLogTest, ANewFileIsForItsOwnerAlone) {
  const ExchangeLog log(path_);
  struct stat found {};
  ASSERT_EQ(stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U) << "PINs stand in it";
}

TEST_F(ExchangeLogTest, AFileThatCannotBeWrittenIsSaid) {
  const auto error = test::thrown_error([] { return ExchangeLog("/nowhere/at/all.txt"), 0; });
  EXPECT_EQ(error.code, "unwritable-log");
  EXPECT_EQ(error.message, "cannot write the log /nowhere/at/all.txt: No such file or directory");
  if (std::ofstream("/dev/full")) {
    ExchangeLog full("/dev/full", clock());
    const auto no_space = test::thrown_error([&] { return full.write("a", "reset"), 0; });
    EXPECT_EQ(no_space.code, "unwritable-log");
    EXPECT_EQ(no_space.message, "cannot write the log /dev/full: No space left on device");
  }
}

}  // namespace
}  // namespace gpsh::virtualcard
