// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "core/error.h"
#include "gp/cap_file.h"
#include "gp/token_key.h"
#include "interpreter/checks/known.h"
#include "interpreter/file_reader.h"

namespace gpsh::interpreter::checks {

/// The rules about the files of a script, in the order of its lines. Remembers what was announced and loaded.
class Files {
 public:
  explicit Files(const FileReader& read) : read_(read) {}

  void check(const Known& known, BoundLine& line);

 private:
  struct PublicKeyFile {
    const std::optional<FilePath>& path;
    const std::optional<Text<64>>& pass;
    gp::PublicKeyKind kind = gp::PublicKeyKind::rsa;
  };
  struct Cap {
    gp::CapFile file;
    std::size_t load_file_bytes = 0;
  };

  void look(const Known&, const auto&, BoundLine&) {}
  void look(const Known& known, const Install& command, BoundLine& line);
  void look(const Known& known, const InstallForLoad& command, BoundLine& line);
  void look(const Known& known, const Load& command, BoundLine& line);
  void look(const Known& known, const InstallForInstall& command, BoundLine& line);
  void look(const Known& known, const PutDmTokenKeys& command, BoundLine& line);
  void look(const Known& known, const PutDmKeys& command, BoundLine& line);

  /// The file as a CAP; nothing, with the reason on the line, when it is none.
  const Cap* cap(const std::string& path, BoundLine& line);

  /// The file as a key in PEM; the reason on the line when it is none.
  void key(const PublicKeyFile& file, BoundLine& line);

  const FileReader& read_;
  std::map<std::string, std::variant<Cap, Error>> caps_;
  std::map<std::string, const Cap*> by_package_;  ///< of the files seen so far
  std::optional<Aid> announced_;                  ///< of the last install_for_load
};

}  // namespace gpsh::interpreter::checks
