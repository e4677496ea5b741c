// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/load.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/content_host.h"
#include "virtualcard/signature.h"

namespace gpsh::virtualcard {
namespace {

using test::CapParts;
using test::ContentHost;
using test::load_file_of;
using test::make_cap;

TEST(Load, ALoadFileIsInTheRegistryWithItsModulesAndVersion) {
  ContentHost host;
  const auto before = host.state().free_memory().non_volatile;
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.send("80F21002084F06E0E1E2E3E40100"),
            "E3234F06E0E1E2E3E4019F700101CE020102CC08A0000000030000008407E0E1E2E3E401019000");
  EXPECT_EQ(before - host.state().free_memory().non_volatile, make_cap().size());
}

TEST(Load, EveryBlockSizeAndEveryLengthFormIsReassembled) {
  for (const std::size_t code : {10U, 60U, 200U, 1000U}) {
    ContentHost host;
    EXPECT_EQ(host.load({.code_bytes = code}), "009000") << code;
  }
}

TEST(Load, BlocksFollowEachOther) {
  for (const std::string_view wrong : {"80E8000201AA", "80E8000001AA", "80E8800201AA"}) {
    ContentHost host;
    const auto before = host.registry();
    const auto file = load_file_of(make_cap());
    EXPECT_EQ(host.install_for_load(), "009000");
    EXPECT_EQ(host.command("80E80000", ByteView(file).first(50)), "009000");
    EXPECT_EQ(host.send(wrong), "6A86") << wrong;
    EXPECT_EQ(host.command("80E88001", ByteView(file).subspan(50)), "6985") << "the load is over";
    EXPECT_EQ(host.registry(), before);
  }
}

TEST(Load, NeedsInstallForLoadBefore) {
  ContentHost host;
  EXPECT_EQ(host.send("80E8800001AA"), "6985");
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.send("80E8800101AA"), "6985") << "the last block was the last";
}

TEST(Load, AnotherCommandEndsItButLookingDoesNot) {
  ContentHost host;
  const auto file = load_file_of(make_cap());
  EXPECT_EQ(host.install_for_load(), "009000");
  EXPECT_TRUE(host.send("80F28002024F0000").ends_with("9000"));
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000"));
  EXPECT_EQ(host.command("80E80000", ByteView(file).first(50)), "009000");
  EXPECT_EQ(host.remove("D0D1D2D3D4D599"), "6A88");
  EXPECT_EQ(host.command("80E88001", ByteView(file).subspan(50)), "6985");
}

TEST(Load, ANewSessionOrSelectEndsIt) {
  ContentHost host;
  EXPECT_EQ(host.install_for_load(), "009000");
  host.send(test::kSelectIssuer);
  host.open(0x00);
  EXPECT_EQ(host.load_blocks(load_file_of(make_cap())), "6985");
  EXPECT_EQ(host.install_for_load(), "009000");
  host.open(0x00);
  EXPECT_EQ(host.load_blocks(load_file_of(make_cap())), "6985");
}

std::string loaded_as(ByteView load_file, std::string_view package = "E0E1E2E3E401") {
  ContentHost host;
  const auto before = host.registry();
  EXPECT_EQ(host.install_for_load(package), "009000");
  auto answer = host.load_blocks(load_file);
  EXPECT_EQ(host.registry(), before);
  return answer;
}

TEST(Load, TheAidMustBeTheAnnouncedOne) {
  EXPECT_EQ(loaded_as(load_file_of(make_cap()), "E0E1E2E3E402"), "6A80");
}

TEST(Load, WhatIsNoLoadFile) {
  const auto cap = make_cap();
  EXPECT_EQ(loaded_as(make_tlv(0xC5, cap)), "6A80") << "another tag";
  EXPECT_EQ(loaded_as(concat({load_file_of(cap), Bytes{0x00}})), "6A80") << "more than announced";
  auto cut = load_file_of(cap);
  cut.pop_back();
  EXPECT_EQ(loaded_as(cut), "6A80") << "less than announced";
  EXPECT_EQ(loaded_as(hex("C400")), "6A80");
  EXPECT_EQ(loaded_as(hex("E2054F03A00000")), "6A80") << "a DAP block alone";
  EXPECT_EQ(loaded_as(hex("FF")), "6A80");
}

TEST(Load, WhatIsNoCap) {
  auto cap = make_cap();
  cap.at(3) ^= 0x01;
  EXPECT_EQ(loaded_as(load_file_of(cap)), "6A80") << "the magic";
  cap = make_cap();
  cap.at(9) = 0x00;
  EXPECT_EQ(loaded_as(load_file_of(cap)), "6A80") << "applets without the flag";
  cap = make_cap();
  EXPECT_EQ(loaded_as(load_file_of(concat({cap, cap}))), "6A80") << "components twice";
  cap.pop_back();
  EXPECT_EQ(loaded_as(load_file_of(cap)), "6A80") << "a component cut short";
  EXPECT_EQ(loaded_as(load_file_of(test::component(7, Bytes(20, 0x00)))), "6A80") << "no Header";
  EXPECT_EQ(loaded_as(load_file_of(hex("010000"))), "6A80") << "an empty Header";
}

TEST(Load, ImportsMustBeThere) {
  EXPECT_EQ(loaded_as(load_file_of(make_cap({.imports = {"0001E0E1E2E3E409"}}))), "6A80")
      << "not on the card";
  const auto with_library = [](const std::string& import) {
    ContentHost host;
    EXPECT_EQ(host.load({.package = "E0E1E2E3E409", .applets = {}, .version = "0301"}), "009000");
    return host.load({.imports = {import}});
  };
  EXPECT_EQ(with_library("0301E0E1E2E3E409"), "009000");
  EXPECT_EQ(with_library("0201E0E1E2E3E409"), "009000") << "an older minor version will do";
  EXPECT_EQ(with_library("0401E0E1E2E3E409"), "6A80") << "a newer one is wanted";
  EXPECT_EQ(with_library("0302E0E1E2E3E409"), "6A80") << "another major version";
}

TEST(Load, AidsAreUnique) {
  ContentHost host;
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.install_for_load(), "6985") << "there already";
  EXPECT_EQ(host.install_for_load("D0D1D2D3D4D50101"), "6985") << "an application";
  EXPECT_EQ(host.install_for_load("A000000003000000"), "6985") << "the issuer's domain";
  EXPECT_EQ(host.load({.package = "E0E1E2E3E402"}), "6985") << "a module of another load file";
  EXPECT_EQ(host.load({.package = "E0E1E2E3E40101", .applets = {}}), "6985") << "a module's AID";
  EXPECT_EQ(host.load({.package = "E0E1E2E3E402", .applets = {"E0E1E2E3E40201", "E0E1E2E3E40201"}}), "6985");
}

TEST(Load, MemoryIsCounted) {
  auto profile = load_profile("generic-scp02");
  profile.card.memory.non_volatile = 300;
  ContentHost host(std::move(profile));
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "EF04C602012D", ""}), "6A84") << "301 wanted";
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "EF04C602012C", ""}), "009000");
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "EF08C602012CC8020001", ""}), "6A84");
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "EF04C7021001", ""}), "6A84");
  const auto before = host.registry();
  EXPECT_EQ(host.load({.code_bytes = 800}), "6A84");
  EXPECT_EQ(host.registry(), before) << "what was received is given back";
  EXPECT_EQ(host.load({.code_bytes = 100}), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E40101"), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E40102"), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E40103"), "6A84");
  EXPECT_EQ(host.remove("E0E1E2E3E40101"), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E40103"), "009000");
}

TEST(Load, TheHashIsChecked) {
  const auto file = load_file_of(make_cap());
  for (const std::size_t bytes : {20U, 32U, 48U, 64U}) {
    auto hash = digest_of_length(bytes, make_cap());
    ContentHost host;
    EXPECT_EQ(host.install_for_load("E0E1E2E3E401", "", to_hex(hash)), "009000");
    EXPECT_EQ(host.load_blocks(file), "009000") << bytes;
    EXPECT_EQ(host.remove("E0E1E2E3E401"), "009000");
    hash.back() ^= 0x01;
    EXPECT_EQ(host.install_for_load("E0E1E2E3E401", "", to_hex(hash)), "009000");
    EXPECT_EQ(host.load_blocks(file), "6985") << bytes;
    EXPECT_EQ(host.state().find_load_file(test::aid("E0E1E2E3E401")), nullptr);
  }
  EXPECT_EQ(ContentHost().install_for_load("E0E1E2E3E401", "", "0102"), "6A80") << "no hash is that long";
}

TEST(Load, InstallForLoadsData) {
  ContentHost host;
  EXPECT_EQ(host.install("0200", {"E0E1E2E3", "", "", "", ""}), "6A80") << "no AID is that short";
  EXPECT_EQ(host.install("0200", {"", "", "", "", ""}), "6A80");
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", ""}), "6A80") << "no token field";
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "", "", ""}), "6A80") << "a field too many";
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "EF", ""}), "6A80") << "parameters that are no TLV";
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "EF03C60102", ""}), "6A80");
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "", "", "", "AABB"}), "6A80") << "a token nobody asked for";
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "A000000099999999", "", "", ""}), "6A88");
  EXPECT_EQ(host.install("0200", {"E0E1E2E3E401", "D0D1D2D3D4D50101", "", "", ""}), "6A88") << "no domain";
  EXPECT_EQ(host.send("80E6020000"), "6A80");
}

TEST(Load, ADomainTakesLoadFilesOncePersonalized) {
  ContentHost host(test::profile_with_domain());
  EXPECT_EQ(host.load({}, "A000000151535041"), "009000");
  EXPECT_EQ(host.state().domain_of(test::aid("E0E1E2E3E401")), test::domain_aid());
  EXPECT_EQ(host.make_domain("A000000151535042"), "009000");
  EXPECT_EQ(host.install_for_load("E0E1E2E3E402", "A000000151535042"), "6985") << "SELECTABLE only";
}

}  // namespace
}  // namespace gpsh::virtualcard
