// SPDX-License-Identifier: Apache-2.0
#include "gp/cap_file.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/error.h"
#include "gp/zip_archive.h"

namespace gpsh::gp {
namespace {

constexpr std::uint8_t kHeader = 1;
constexpr std::uint8_t kApplet = 3;
constexpr std::uint8_t kImport = 4;
constexpr std::uint8_t kDescriptor = 11;
constexpr std::uint8_t kStaticResources = 13;
constexpr std::uint8_t kFirstCustom = 128;  // tags of tools' own components; one may occur several times
constexpr std::size_t kTagAndSize = 3;
constexpr std::size_t kMaxComponent = kTagAndSize + 0xFFFF;

struct ComponentName {
  std::uint8_t tag;
  std::string_view name;
};

/// In the order of loading (JCVM 2.2.2 section 6.2); StaticResources came with 3.1. Debug is never loaded.
constexpr std::array kComponents = {
    ComponentName{kHeader, "header.cap"},
    ComponentName{2, "directory.cap"},
    ComponentName{kImport, "import.cap"},
    ComponentName{kApplet, "applet.cap"},
    ComponentName{6, "class.cap"},
    ComponentName{7, "method.cap"},
    ComponentName{8, "staticfield.cap"},
    ComponentName{10, "export.cap"},
    ComponentName{5, "constantpool.cap"},
    ComponentName{9, "reflocation.cap"},
    ComponentName{kStaticResources, "staticresources.cap"},
    ComponentName{kDescriptor, "descriptor.cap"},
};

const Bytes& magic() {
  static const Bytes bytes = hex("DECAFFED");
  return bytes;
}

/// Builds a CapFile and the messages about it.
class Reader {
 public:
  explicit Reader(std::string_view name) : name_(name) {}

  CapFile unpacked(const std::vector<CapMember>& members) const;
  CapFile raw(ByteView bytes) const;

 private:
  [[noreturn]] void broken(const std::string& why) const {
    throw Error({.kind = ErrorKind::file,
                 .code = "cap-structure",
                 .message = std::string(name_) + " is not a good CAP file: " + why,
                 .advice = "build it again; gpsh check says whether it can be read"});
  }
  [[nodiscard]] CapComponent component(const CapMember& member, const ComponentName& expected) const;
  [[nodiscard]] CapPackage package(ByteReader& reader, const std::string& where) const;
  [[nodiscard]] Aid aid(ByteReader& reader, const std::string& where) const;
  void read_header(CapFile& file, ByteView component) const;
  void read_applets(CapFile& file, ByteView component) const;
  void read_imports(CapFile& file, ByteView component) const;
  void describe(CapFile& file) const;
  void require_loadable(const CapFile& file) const;

  std::string_view name_;
};

/// The last part of a path in lower case: tools write folders and letters as they like.
std::string file_name(std::string_view path) {
  const auto slash = path.find_last_of("/\\");
  std::string name(slash == std::string_view::npos ? path : path.substr(slash + 1));
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

const ComponentName* component_named(std::string_view path) {
  const auto name = file_name(path);
  const auto found = std::ranges::find(kComponents, name, &ComponentName::name);
  return found == kComponents.end() ? nullptr : &*found;
}

CapComponent Reader::component(const CapMember& member, const ComponentName& expected) const {
  ByteReader reader(member.content, "component");
  if (reader.remaining() < kTagAndSize) broken(member.path + " is cut");
  if (const auto tag = reader.u8(); tag != expected.tag) {
    broken(member.path + " has the tag " + std::to_string(tag) + ", not " + std::to_string(expected.tag));
  }
  if (const auto size = reader.u16(); size != reader.remaining()) {
    broken(member.path + " says it has " + std::to_string(size) + " bytes and has " +
           std::to_string(reader.remaining()));
  }
  return {.tag = expected.tag, .bytes = member.content};
}

Aid Reader::aid(ByteReader& reader, const std::string& where) const {
  const auto length = reader.u8();
  const auto aid = Aid::from_bytes(reader.take(length));
  if (!aid || !aid->registered_length()) {
    broken("an AID of " + std::to_string(length) + " bytes in its " + where + " component; it has 5 to 16");
  }
  return *aid;
}

CapPackage Reader::package(ByteReader& reader, const std::string& where) const {
  const auto minor = reader.u8();
  const auto major = reader.u8();
  return {.aid = aid(reader, where), .major = major, .minor = minor};
}

void Reader::read_header(CapFile& file, ByteView component) const {
  ByteReader reader(component.subspan(kTagAndSize), "Header component");
  if (!equal(reader.take(magic().size()), magic()))
    broken("its Header does not have the magic number DECAFFED");
  reader.take(3);  // version of the format, flags
  file.package = package(reader, "Header");
}

void Reader::read_applets(CapFile& file, ByteView component) const {
  ByteReader reader(component.subspan(kTagAndSize), "Applet component");
  for (auto count = reader.u8(); count > 0; --count) {
    file.applets.push_back(aid(reader, "Applet"));
    reader.u16();  // where its install method is
  }
}

void Reader::read_imports(CapFile& file, ByteView component) const {
  ByteReader reader(component.subspan(kTagAndSize), "Import component");
  for (auto count = reader.u8(); count > 0; --count) file.imports.push_back(package(reader, "Import"));
}

void Reader::describe(CapFile& file) const {
  try {
    for (const auto& component : file.components) {
      if (component.tag == kHeader) read_header(file, component.bytes);
      if (component.tag == kApplet) read_applets(file, component.bytes);
      if (component.tag == kImport) read_imports(file, component.bytes);
    }
  } catch (const Error& error) {
    if (error.code() == "cap-structure") throw;
    broken(error.facts().message);
  }
}

void Reader::require_loadable(const CapFile& file) const {
  const auto size = file.load_file(Wire::gpsh).size();
  if (size <= CapFile::kMaxLoadFile) return;
  throw Error({.kind = ErrorKind::file,
               .code = "load-file-too-long",
               .message = std::string(name_) + " has " + std::to_string(size) +
                          " bytes to load; LOAD carries at most " + std::to_string(CapFile::kMaxLoadFile),
               .advice = "split the package"});
}

CapFile Reader::unpacked(const std::vector<CapMember>& members) const {
  CapFile file;
  for (const auto& expected : kComponents) {
    const CapMember* found = nullptr;
    for (const auto& member : members) {
      if (component_named(member.path) != &expected) continue;
      if (found != nullptr) broken("it has both " + found->path + " and " + member.path);
      found = &member;
    }
    if (found != nullptr) file.components.push_back(component(*found, expected));
  }
  if (file.components.empty() || file.components.front().tag != kHeader) broken("it has no Header component");
  describe(file);
  require_loadable(file);
  return file;
}

CapFile Reader::raw(ByteView bytes) const {
  CapFile file{.form = CapForm::raw};
  ByteReader reader(bytes, "load file");
  const bool of_java_card = bytes.size() >= kTagAndSize + magic().size() && bytes.front() == kHeader &&
                            equal(bytes.subspan(kTagAndSize, magic().size()), magic());
  if (!of_java_card) {
    if (bytes.empty()) broken("it is empty");
    file.components.push_back({.tag = 0, .bytes = to_bytes(bytes)});
  }
  while (of_java_card && !reader.empty()) {
    const auto at = reader.offset();
    if (reader.remaining() < kTagAndSize) broken("it ends within a component");
    const auto tag = reader.u8();
    const auto size = reader.u16();
    if (size > reader.remaining()) {
      broken("its component " + std::to_string(tag) + " says it has " + std::to_string(size) + " bytes, " +
             std::to_string(reader.remaining()) + " are there");
    }
    reader.take(size);
    const bool custom = tag >= kFirstCustom;
    if (!custom && std::ranges::find(file.components, tag, &CapComponent::tag) != file.components.end()) {
      broken("its component " + std::to_string(tag) + " is there twice");
    }
    file.components.push_back({.tag = tag, .bytes = to_bytes(bytes.subspan(at, kTagAndSize + size))});
  }
  if (of_java_card) describe(file);
  require_loadable(file);
  return file;
}

std::vector<CapMember> unpack(ByteView bytes, std::string_view name) {
  const ZipArchive archive(bytes, name);
  std::vector<CapMember> members;
  const auto names = archive.member_names();
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (component_named(names[at]) == nullptr) continue;
    members.push_back({.path = names[at], .content = archive.read(at, kMaxComponent)});
    if (members.size() > 2 * kComponents.size()) break;  // one of them is there twice
  }
  return members;
}

}  // namespace

Bytes CapFile::load_file(Wire wire, CapDescriptor descriptor) const {
  Bytes all;
  for (const auto& component : components) {
    const bool dropped =
        (component.tag == kDescriptor && descriptor == CapDescriptor::omitted) ||
        (component.tag == kStaticResources && wire == Wire::gpshell && form == CapForm::archive);
    if (!dropped) append(all, component.bytes);
  }
  return all;
}

CapFile parse_cap_file(ByteView bytes, std::string_view name) {
  const bool zipped = bytes.size() >= 2 && bytes[0] == 'P' && bytes[1] == 'K';
  return zipped ? parse_cap_members(unpack(bytes, name), name) : Reader(name).raw(bytes);
}

CapFile parse_cap_members(const std::vector<CapMember>& members, std::string_view name) {
  return Reader(name).unpacked(members);
}

}  // namespace gpsh::gp
