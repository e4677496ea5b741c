// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/delete_content.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/content_host.h"

namespace gpsh::virtualcard {
namespace {

using test::ContentHost;

constexpr std::string_view kFile = "E0E1E2E3E401";
constexpr std::string_view kInstance = "E0E1E2E3E4AA01";

ContentHost with_applet() {
  ContentHost host;
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application(kInstance), "009000");
  return host;
}

TEST(Delete, AnApplicationThenItsLoadFile) {
  ContentHost host;
  const auto before = host.registry();
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application(kInstance), "009000");
  EXPECT_EQ(host.remove(kFile), "6985") << "an application is made of it";
  EXPECT_EQ(host.remove(kInstance), "009000");
  EXPECT_EQ(host.remove(kFile), "009000");
  EXPECT_EQ(host.registry(), before) << "and all memory is free again";
  EXPECT_EQ(host.send("00A4040007E0E1E2E3E4AA01"), "6A82");
}

TEST(Delete, ALoadFileWithAllMadeOfIt) {
  ContentHost host;
  const auto before = host.registry();
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application(kInstance), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E4AA02"), "009000");
  EXPECT_EQ(host.remove(kFile, "80"), "009000");
  EXPECT_EQ(host.registry(), before);
}

TEST(Delete, WhatIsNotThere) {
  auto host = with_applet();
  EXPECT_EQ(host.remove("E0E1E2E3E499"), "6A88");
  EXPECT_EQ(host.remove("E0E1E2E3E40101"), "6A88") << "a module is no object of its own";
  EXPECT_EQ(host.remove("A000000003000000"), "6985") << "the issuer's domain stays";
}

TEST(Delete, UnreadableData) {
  auto host = with_applet();
  const auto before = host.registry();
  EXPECT_EQ(host.send("80E40000"), "6A80");
  EXPECT_EQ(host.send("80E40000024F00"), "6A80");
  EXPECT_EQ(host.send("80E40000064F04E0E1E2E3"), "6A80") << "no AID is that short";
  EXPECT_EQ(host.send("80E40000074F06E0E1E2E3E4"), "6A80") << "cut short";
  EXPECT_EQ(host.send("80E400000A4F06E0E1E2E3E401AA00"), "6A80") << "more data";
  EXPECT_EQ(host.registry(), before);
}

TEST(Delete, ALoadFileThatAnotherImports) {
  ContentHost host;
  EXPECT_EQ(host.load({.package = "E0E1E2E3E409", .applets = {}, .version = "0001"}), "009000");
  EXPECT_EQ(host.load({.imports = {"0001E0E1E2E3E409"}}), "009000");
  EXPECT_EQ(host.remove("E0E1E2E3E409"), "6985");
  EXPECT_EQ(host.remove("E0E1E2E3E409", "80"), "6985");
  EXPECT_EQ(host.remove(kFile), "009000");
  EXPECT_EQ(host.remove("E0E1E2E3E409"), "009000");
}

TEST(Delete, NotWhatIsSelectedOnAnyChannel) {
  auto host = with_applet();
  EXPECT_EQ(host.send("0070000001"), "019000");
  EXPECT_TRUE(host.send("01A4040007E0E1E2E3E4AA01").ends_with("9000"));
  EXPECT_EQ(host.remove(kInstance), "6985");
  EXPECT_EQ(host.remove(kFile, "80"), "6985");
  EXPECT_EQ(host.send("00708001"), "9000");
  EXPECT_EQ(host.remove(kInstance), "009000");
}

TEST(Delete, ADomainThatSomethingBelongsTo) {
  ContentHost host(test::profile_with_domain());
  EXPECT_EQ(host.remove("A000000151535041"), "6985") << "the applet belongs to it";
  EXPECT_EQ(host.remove("A0000000035350", "80"), "6985") << "so its load file cannot go with all made of it";
  EXPECT_EQ(host.remove("D0D1D2D3D4D50101"), "009000") << "the issuer has Global Delete";
  EXPECT_EQ(host.remove("A000000151535041"), "009000");
}

TEST(Delete, ADomainDeletesWhatIsItsOwn) {
  ContentHost host(test::profile_with_domain("80C000"));  // Trusted Path, Authorized Management
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application(kInstance), "009000");
  host.enter_domain();
  EXPECT_EQ(host.remove(kInstance), "6985") << "the issuer's";
  EXPECT_EQ(host.remove("A000000151535041"), "6985") << "itself";
  EXPECT_EQ(host.remove("D0D1D2D3D4D50101"), "009000");
}

TEST(Delete, ADomainWithoutPrivilegesDeletesNothing) {
  ContentHost host(test::profile_with_domain("808000"));
  host.enter_domain();
  EXPECT_EQ(host.remove("D0D1D2D3D4D50101"), "6985");
  EXPECT_EQ(host.install_for_load(), "6985");
  EXPECT_EQ(host.install("0C00", {"D0D1D2D3D4D501", "D0D1D2D3D4D50101", kInstance, "00", "C900", ""}),
            "6985");
}

TEST(Delete, GlobalDeleteReachesEverything) {
  ContentHost host(test::profile_with_domain("809000"));
  EXPECT_EQ(host.load(), "009000");
  host.enter_domain();
  EXPECT_EQ(host.remove(kFile), "009000");
}

}  // namespace
}  // namespace gpsh::virtualcard
