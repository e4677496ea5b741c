// SPDX-License-Identifier: Apache-2.0
#include "tests/support/zip_builder.h"

#include <zip.h>

#include <stdexcept>

namespace gpsh::test {
namespace {

void require(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("libzip: ") + what);
}

Bytes content_of(zip_source_t* source) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  require(zip_source_stat(source, &stat) == 0, "stat");
  Bytes bytes(stat.size);
  require(zip_source_open(source) == 0, "open");
  require(zip_source_read(source, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()),
          "read");
  zip_source_close(source);
  return bytes;
}

}  // namespace

Bytes zip_of(const std::vector<std::pair<std::string, Bytes>>& members) {
  auto* source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  auto* archive = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
  require(archive != nullptr, "create");
  zip_source_keep(source);
  for (const auto& [name, content] : members) {
    if (name.ends_with('/')) {
      require(zip_dir_add(archive, name.c_str(), 0) >= 0, "folder");
      continue;
    }
    auto* member = zip_source_buffer(archive, content.data(), content.size(), 0);
    require(zip_file_add(archive, name.c_str(), member, 0) >= 0, "member");
  }
  require(zip_close(archive) == 0, "close");
  auto bytes = content_of(source);
  zip_source_free(source);
  return bytes;
}

}  // namespace gpsh::test
