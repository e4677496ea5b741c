// SPDX-License-Identifier: Apache-2.0
#include "gp/cap_file.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/error.h"
#include "tests/support/small_cap.h"
#include "tests/support/test_data.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::component;
using test::SmallCap;
using test::thrown_error;
using test::zip_of;
using testing::ElementsAre;
using testing::IsEmpty;

Aid aid(std::string_view text) {
  return *Aid::from_bytes(hex(text));
}

CapFile parsed(const SmallCap& cap) {
  return parse_cap_file(cap.zipped(), "small.cap");
}

ErrorFacts refused(ByteView bytes) {
  auto facts = thrown_error([&] { return parse_cap_file(bytes, "small.cap"); });
  EXPECT_EQ(facts.kind, ErrorKind::file);
  EXPECT_FALSE(facts.advice.empty());
  return facts;
}

std::string structure_fault(const SmallCap& cap) {
  const auto facts = refused(cap.zipped());
  EXPECT_EQ(facts.code, "cap-structure");
  return facts.message;
}

const std::string kNotGood = "small.cap is not a good CAP file: ";

TEST(CapFile, ReadsPackageAppletsAndImports) {
  const auto file = parsed(SmallCap());
  EXPECT_EQ(file.package, (CapPackage{.aid = aid("F0000000010001"), .major = 1, .minor = 2}));
  EXPECT_THAT(file.applets, ElementsAre(aid("F000000001000101")));
  EXPECT_THAT(file.imports, ElementsAre(CapPackage{.aid = aid("A0000000620101"), .major = 0, .minor = 1}));
}

TEST(CapFile, ComponentsAreLoadedInTheirOrderNotTheArchives) {
  const SmallCap cap;
  EXPECT_EQ(parsed(cap).load_file(Wire::gpsh), cap.load_file());
  EXPECT_EQ(parsed(cap).load_file(Wire::gpshell), cap.load_file());
}

TEST(CapFile, TheDescriptorCanBeLeftOut) {
  const SmallCap cap;
  EXPECT_EQ(parsed(cap).load_file(Wire::gpsh, CapDescriptor::omitted),
            concat({cap.header, cap.import, cap.applet, cap.method}));
}

TEST(CapFile, DebugAndOtherMembersAreNotLoaded) {
  SmallCap cap;
  cap.more = {{"META-INF/MANIFEST.MF", Bytes(10, 'x')},
              {"org/", {}},
              {"org/example/javacard/", {}},
              {cap.folder + "Debug.cap", component(12, Bytes(40))}};
  EXPECT_EQ(parsed(cap).load_file(Wire::gpsh), cap.load_file());
}

TEST(CapFile, StaticResourcesAreDroppedOnGpshellsWireOnly) {
  SmallCap cap;
  const auto resources = component(13, Bytes(9, 0x51));
  cap.more = {{cap.folder + "StaticResources.cap", resources}};
  EXPECT_EQ(parsed(cap).load_file(Wire::gpshell), cap.load_file());
  EXPECT_EQ(parsed(cap).load_file(Wire::gpsh),
            concat({cap.header, cap.import, cap.applet, cap.method, resources, cap.descriptor}));
}

TEST(CapFile, FoldersAndLettersMayBeWrittenAsToolsLike) {
  for (const auto* folder : {"javacard/", "", "a\\b\\javacard\\", "APPLET/JAVACARD/"}) {
    SmallCap cap;
    cap.folder = folder;
    EXPECT_EQ(parsed(cap).load_file(Wire::gpsh), cap.load_file()) << folder;
  }
  const SmallCap cap;
  const auto upper = zip_of({{"JAVACARD/HEADER.CAP", cap.header}, {"JAVACARD/METHOD.CAP", cap.method}});
  EXPECT_EQ(parse_cap_file(upper, "upper").load_file(Wire::gpsh), concat({cap.header, cap.method}));
}

TEST(CapFile, ALibraryHasNoApplets) {
  SmallCap cap;
  cap.applet.clear();
  const auto file = parsed(cap);
  EXPECT_TRUE(file.package);
  EXPECT_THAT(file.applets, IsEmpty());
}

TEST(CapFile, MoreThan32Applets) {
  Bytes content{40};
  for (std::uint8_t number = 0; number < 40; ++number) {
    append(content, hex("08 F0000000010001"));
    append(content, {number, 0x00, 0x0C});
  }
  SmallCap cap;
  cap.applet = component(3, content);
  EXPECT_EQ(parsed(cap).applets.size(), 40U);
  EXPECT_EQ(parsed(cap).applets.back(), aid("F000000001000127"));
}

TEST(CapFile, ARawLoadFileIsLoadedAsItIs) {
  const SmallCap cap;
  const auto raw = concat({cap.load_file(), component(12, Bytes(5))});
  const auto file = parse_cap_file(raw, "small.ijc");
  EXPECT_EQ(file.form, CapForm::raw);
  EXPECT_EQ(file.package->aid, aid("F0000000010001"));
  EXPECT_THAT(file.applets, ElementsAre(aid("F000000001000101")));
  EXPECT_EQ(file.load_file(Wire::gpshell), raw);
}

TEST(CapFile, ARawLoadFileThatIsNotOfJavaCardIsOpaque) {
  const auto file = parse_cap_file(hex("0102030405"), "native");
  EXPECT_FALSE(file.package);
  EXPECT_EQ(file.load_file(Wire::gpsh), hex("0102030405"));
}

TEST(CapFile, HelloworldOfGpshell) {
  const auto path = test::outside_file("golden/helloworld.cap");
  if (!path) GTEST_SKIP() << "golden/helloworld.cap is not below GPSH_TEST_DATA";
  const auto text = test::read_file(*path);
  const auto file = parse_cap_file(Bytes(text.begin(), text.end()), "helloworld.cap");
  EXPECT_EQ(file.package->aid, aid("D0D1D2D3D4D501"));
  EXPECT_THAT(file.applets, ElementsAre(aid("D0D1D2D3D4D50101")));
  EXPECT_EQ(file.load_file(Wire::gpsh).size(), 343U);
}

TEST(CapFileFaults, EveryTruncationOfTheArchive) {
  const auto whole = SmallCap().zipped();
  for (std::size_t size = 2; size < whole.size(); ++size) {
    EXPECT_EQ(refused(ByteView(whole).first(size)).code, "cap-unzip") << size;
  }
  EXPECT_EQ(refused(hex("504B")).message.substr(0, 30), "small.cap cannot be unzipped: ");
}

TEST(CapFileFaults, AChangedByteOfTheContentIsSeenByTheChecksum) {
  auto bytes = SmallCap().zipped();
  // Local header: 30 bytes and the name; then the packed content.
  bytes.at(30 + std::string("org/example/javacard/Descriptor.cap").size() + 2) ^= 0x10;
  EXPECT_EQ(refused(bytes).code, "cap-unzip");
}

// What is not noticed is a byte that carries nothing, as a date does; the content is the same then.
TEST(CapFileFaults, AnyChangedByteIsRefusedOrChangesNothing) {
  const SmallCap cap;
  const auto whole = cap.load_file();
  const auto good = cap.zipped();
  std::size_t refusals = 0;
  for (std::size_t at = 2; at < good.size(); ++at) {
    for (const unsigned change : {0x01U, 0x20U, 0x80U, 0xFFU}) {
      auto bytes = good;
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ change);
      try {
        const auto file = parse_cap_file(bytes, "small.cap");
        // A changed name hides a component: what is left is still what it was.
        for (const auto& each : file.components) {
          EXPECT_FALSE(std::ranges::search(whole, each.bytes).empty()) << at;
        }
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::file) << at;
        ++refusals;
      }
    }
  }
  EXPECT_GT(refusals, good.size());
}

TEST(CapFileFaults, AZipBombIsNotUnpacked) {
  SmallCap cap;
  cap.method = Bytes(20U << 20, 0x00);
  const auto facts = refused(cap.zipped());
  EXPECT_EQ(facts.code, "cap-unzip");
  EXPECT_EQ(facts.message, "small.cap cannot be unzipped: a member unpacks to more than 65538 bytes");
}

TEST(CapFileFaults, TooMuchToLoad) {
  SmallCap cap;
  cap.method = component(7, Bytes(0xFF00));
  cap.descriptor = component(11, Bytes(0x0100));
  const auto facts = refused(cap.zipped());
  EXPECT_EQ(facts.code, "load-file-too-long");
  EXPECT_EQ(facts.message, "small.cap has 65591 bytes to load; LOAD carries at most 65535");
}

TEST(CapFileFaults, Structure) {
  SmallCap cap;
  cap.header.clear();
  EXPECT_EQ(structure_fault(cap), kNotGood + "it has no Header component");
  cap = {};
  cap.header.at(3) = 0xDA;
  EXPECT_EQ(structure_fault(cap), kNotGood + "its Header does not have the magic number DECAFFED");
  cap = {};
  cap.applet.at(2) = 0xFF;
  EXPECT_EQ(structure_fault(cap),
            kNotGood + "org/example/javacard/Applet.cap says it has 255 bytes and has 12");
  cap = {};
  cap.method.at(0) = 8;
  EXPECT_EQ(structure_fault(cap), kNotGood + "org/example/javacard/Method.cap has the tag 8, not 7");
  cap = {};
  cap.import = hex("0400");
  EXPECT_EQ(structure_fault(cap), kNotGood + "org/example/javacard/Import.cap is cut");
  cap = {};
  cap.more = {{"other/Header.cap", cap.header}};
  EXPECT_EQ(structure_fault(cap),
            kNotGood + "it has both other/Header.cap and org/example/javacard/Header.cap");
}

TEST(CapFileFaults, AidsOutsideFiveToSixteenBytes) {
  SmallCap cap;
  cap.header = component(1, hex("DECAFFED 010204 0201 04 F0000000"));
  EXPECT_EQ(structure_fault(cap), kNotGood + "an AID of 4 bytes in its Header component; it has 5 to 16");
  cap = {};
  cap.applet = component(3, concat({hex("01 11"), Bytes(17, 0xF0), hex("000C")}));
  EXPECT_EQ(structure_fault(cap), kNotGood + "an AID of 17 bytes in its Applet component; it has 5 to 16");
}

TEST(CapFileFaults, AnAppletCountBeyondTheComponent) {
  SmallCap cap;
  cap.applet.at(3) = 2;
  const auto message = structure_fault(cap);
  EXPECT_TRUE(message.starts_with(kNotGood + "Applet component")) << message;
}

TEST(CapFileFaults, RawLoadFiles) {
  const auto raw = SmallCap().load_file();
  EXPECT_EQ(refused({}).message, kNotGood + "it is empty");
  EXPECT_EQ(refused(concat({raw, hex("0C00")})).message, kNotGood + "it ends within a component");
  EXPECT_EQ(refused(concat({raw, hex("0C000501")})).message,
            kNotGood + "its component 12 says it has 5 bytes, 1 are there");
  EXPECT_EQ(refused(concat({raw, component(11, {})})).message, kNotGood + "its component 11 is there twice");
  EXPECT_EQ(refused(Bytes(65536)).code, "load-file-too-long");
}

}  // namespace
}  // namespace gpsh::gp
