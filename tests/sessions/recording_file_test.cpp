// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_file.h"

#include <sys/stat.h>

#include "tests/support/program.h"
#include "tests/support/test_data.h"
#include "tests/support/thrown_error.h"
#include <gtest/gtest.h>

namespace gpsh::sessions {
namespace {

using test::thrown_error;

TEST(RecordingFile, IsForItsOwnerAndHoldsAtOnceWhatItWasGiven) {
  const test::WorkingFolder folder;
  const auto path = folder.path("a.jsonl");
  RecordingFile file(path);
  file.reserve(1000);
  file.append("one\n");
  EXPECT_EQ(test::read_file(path), "one\n");
  file.append("two\n");
  EXPECT_EQ(test::read_file(path), "one\ntwo\n");
  struct stat facts = {};
  ASSERT_EQ(stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777, 0600U);
}

TEST(RecordingFile, ReservedSpaceIsGivenBack) {
  const test::WorkingFolder folder;
  const auto path = folder.path("a.jsonl");
  {
    RecordingFile file(path);
    file.reserve(1U << 20);
    file.append("one\n");
  }
  struct stat facts = {};
  ASSERT_EQ(stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_size, 4);
  EXPECT_LE(facts.st_blocks * 512, 65536);
}

TEST(RecordingFile, NeverReplacesAFile) {
  const test::WorkingFolder folder;
  folder.write("a.jsonl", "precious");
  const auto path = folder.path("a.jsonl");
  const auto facts = thrown_error([&] { return std::make_unique<RecordingFile>(path); });
  EXPECT_EQ(facts.kind, ErrorKind::file);
  EXPECT_EQ(facts.code, "recording-exists");
  EXPECT_EQ(facts.message, path + " exists, and a recording never replaces a file");
  EXPECT_EQ(facts.advice, "give another name, or remove the file");
  EXPECT_EQ(test::read_file(path), "precious");
}

TEST(RecordingFile, FolderThatIsNotThere) {
  const auto facts = thrown_error([] { return std::make_unique<RecordingFile>("/absent/a.jsonl"); });
  EXPECT_EQ(facts.code, "recording-failed");
  EXPECT_EQ(facts.message, "cannot write the recording /absent/a.jsonl: No such file or directory");
}

TEST(RecordingFile, FullDisk) {
  RecordingFile file("/dev/full");
  const auto facts = thrown_error([&] {
    file.append("one\n");
    return 0;
  });
  EXPECT_EQ(facts.code, "recording-failed");
  EXPECT_EQ(facts.message, "cannot write the recording /dev/full: No space left on device");
  EXPECT_EQ(facts.advice, "nothing more is sent to the card; record to a place that can be written");
  ASSERT_TRUE(facts.exchange);
  EXPECT_TRUE(facts.exchange->apdu.empty()) << "a message must not say that something was sent";
}

}  // namespace
}  // namespace gpsh::sessions
