// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_record.h"

#include <filesystem>

#include "gp/digest.h"
#include "sessions/recording_access.h"

namespace gpsh::interpreter {
namespace {

namespace files = std::filesystem;

class FileRecording final : public RunRecording {
 public:
  FileRecording(const files::path& path, sessions::RecordingHeader header, CardAccess& access)
      : file_(path), writer_(file_, std::move(header)), access_(access, writer_) {}

  [[nodiscard]] RunRecorder& recorder() override { return writer_; }
  [[nodiscard]] CardAccess& access() override { return access_; }

 private:
  sessions::RecordingFile file_;
  sessions::RecordingWriter writer_;
  sessions::RecordingAccess access_;
};

/// Nothing for a script that is no file.
std::optional<std::string> path_from(const files::path& recording, const CommandLine& line) {
  if (line.scripts.empty() || line.scripts.front() == "-") return std::nullopt;
  const auto folder = files::absolute(recording).parent_path();
  return files::absolute(line.scripts.front())
      .lexically_normal()
      .lexically_proximate(folder)
      .generic_string();
}

sessions::RecordedOptions options_of(const CommandLine& line, gp::Wire wire) {
  return {.wire = wire, .lenient = line.lenient, .no_check = line.no_check, .force = line.force};
}

}  // namespace

std::string script_digest(const Source& script) {
  const auto text = script.text();
  return to_lower_hex(gp::sha256(Bytes(text.begin(), text.end())));
}

std::unique_ptr<RunRecording> start_recording(const CommandLine& line, const RecordedRun& run) {
  if (line.record.empty()) return nullptr;
  sessions::RecordingHeader header{.gpsh = GPSH_VERSION,
                                   .script = path_from(line.record, line),
                                   .script_sha256 = script_digest(run.script),
                                   .options = options_of(line, run.wire)};
  return std::make_unique<FileRecording>(line.record, std::move(header), run.access);
}

std::unique_ptr<RunRecording> record_session(const std::string& file, const CommandLine& line, gp::Wire wire,
                                             CardAccess& access) {
  sessions::RecordingHeader header{.gpsh = GPSH_VERSION, .options = options_of(line, wire)};
  return std::make_unique<FileRecording>(file, std::move(header), access);
}

}  // namespace gpsh::interpreter
