// SPDX-License-Identifier: Apache-2.0
#include "gp/zip_archive.h"

#include <zip.h>

#include <array>

#include "core/error.h"

namespace gpsh::gp {
namespace {

[[noreturn]] void unreadable(const std::string& archive, const std::string& why) {
  throw Error({.kind = ErrorKind::file,
               .code = "cap-unzip",
               .message = archive + " cannot be unzipped: " + why,
               .advice = "copy or build it again; the file may be cut or damaged"});
}

/// libzip's words for a failure.
class ZipError {
 public:
  ZipError() { zip_error_init(&error_); }
  ~ZipError() { zip_error_fini(&error_); }
  ZipError(const ZipError&) = delete;
  ZipError& operator=(const ZipError&) = delete;

  zip_error_t* get() { return &error_; }
  std::string text() { return zip_error_strerror(&error_); }

 private:
  zip_error_t error_{};
};

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

ZipArchive::ZipArchive(ByteView bytes, std::string_view name) : name_(name) {
  ZipError error;
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, error.get());
  if (source == nullptr) unreadable(name_, error.text());
  archive_.reset(zip_open_from_source(source, ZIP_RDONLY, error.get()));
  if (archive_) return;
  zip_source_free(source);
  unreadable(name_, error.text());
}

ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

std::vector<std::string> ZipArchive::member_names() const {
  std::vector<std::string> names;
  const auto count = zip_get_num_entries(archive_.get(), 0);
  for (zip_int64_t at = 0; at < count; ++at) {
    const char* name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(at), ZIP_FL_ENC_GUESS);
    names.emplace_back(name == nullptr ? "" : name);
  }
  return names;
}

Bytes ZipArchive::read(std::size_t member, std::size_t most) const {
  const std::unique_ptr<zip_file_t, CloseMember> file(zip_fopen_index(archive_.get(), member, 0));
  if (!file) unreadable(name_, zip_strerror(archive_.get()));
  Bytes content;
  std::array<std::uint8_t, 4096> part{};
  // Read to the end, where libzip compares the checksum.
  for (;;) {
    const auto count = zip_fread(file.get(), part.data(), part.size());
    if (count < 0) unreadable(name_, zip_file_strerror(file.get()));
    if (count == 0) return content;
    append(content, ByteView(part).first(static_cast<std::size_t>(count)));
    if (content.size() > most) {
      unreadable(name_, "a member unpacks to more than " + std::to_string(most) + " bytes");
    }
  }
}

}  // namespace gpsh::gp
