// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/aid.h"
#include "gp/command_chaining.h"
#include "interpreter/command_spec.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

inline constexpr std::size_t kMaxInstallParameters = 128;

/// How a load file is cut and what of it is loaded; not known to GPShell.
struct LoadingOptions {
  Decimal<0xFFFF> block_size;  ///< no load file is longer
  Flag omit_descriptor = Flag::absent;
};
inline constexpr auto loading_options =
    option_group(option("-blockSize", &LoadingOptions::block_size, "plain bytes of a LOAD block")
                     .if_absent("as much as the channel carries"),
                 option("-omitDescriptor", &LoadingOptions::omit_descriptor,
                        "leave out the Descriptor component; not where a hash or DAP covers the load file"));

struct Load {
  std::optional<FilePath> file;
  LoadingOptions loading;
};
inline constexpr auto load =
    command<Load>("load", "Load a CAP file after install_for_load", "load -file hello.cap",
                  option("-file", &Load::file, "CAP or IJC file").if_absent("required"),
                  group(&Load::loading, loading_options))
        .fails_as("load() returns");

inline constexpr std::string_view kChainMacHelp =
    "MAC of a command that is cut into several: over the whole, or over each for older cards";

/// Memory an application may claim, in bytes; 0 sends no limit.
struct MemoryLimits {
  Decimal<0xFFFFFFFF> volatile_data;
  Decimal<0xFFFFFFFF> non_volatile_data;
};
inline constexpr auto memory_options =
    option_group(option("-vDataLimit", &MemoryLimits::volatile_data, "volatile memory in bytes"),
                 option("-nvDataLimit", &MemoryLimits::non_volatile_data, "non-volatile memory in bytes"));

struct InstallParameters {
  HexData<kMaxInstallParameters> instance;
  HexData<kMaxInstallParameters> security_domain;
  HexData<kMaxInstallParameters> uicc;
  HexData<kMaxInstallParameters> sim;
};
inline constexpr auto parameter_options = option_group(
    option("-instParam", &InstallParameters::instance, "application specific parameters (C9)"),
    option("-sdParam", &InstallParameters::security_domain, "security domain parameters, appended within C9"),
    option("-uiccSystemSpecParam", &InstallParameters::uicc, "UICC system specific parameters (EA)"),
    option("-simSpecParam", &InstallParameters::sim, "SIM file access and toolkit parameters (CA)"));

struct Install {
  std::optional<FilePath> file;
  std::optional<Aid> aid;
  std::optional<Aid> package_aid;
  std::optional<Aid> instance_aid;
  std::optional<Aid> security_domain;
  PrivilegeNumber privileges;
  Decimal<0xFFFFFFFF> code_limit;
  MemoryLimits memory;
  InstallParameters parameters;
  LoadingOptions loading;
  gp::ChainMac chain_mac = gp::ChainMac::whole;
};
inline constexpr auto install =
    command<Install>(
        "install", "Load a CAP file, install its applets and make them selectable",
        "install -file hello.cap -priv 2 -nvDataLimit 500 -instParam 00",
        option("-file", &Install::file, "CAP or IJC file").if_absent("required"),
        option("-AID", &Install::aid, "the applet's class AID").if_absent("each applet of the file"),
        option("-pkgAID", &Install::package_aid, "package AID").if_absent("from the file"),
        option("-instAID", &Install::instance_aid, "instance AID").if_absent("the class AID"),
        option("-sdAID", &Install::security_domain, "security domain to load into")
            .if_absent("the selected one"),
        option("-priv", &Install::privileges, "privileges"),
        option("-nvCodeLimit", &Install::code_limit, "memory for the code in bytes")
            .if_absent("the file's size"),
        group(&Install::memory, memory_options), group(&Install::parameters, parameter_options),
        group(&Install::loading, loading_options), option("-chainMac", &Install::chain_mac, kChainMacHelp))
        .fails_as("install() returns");

struct InstallForLoad {
  std::optional<Aid> package_aid;
  std::optional<Aid> security_domain;
  Decimal<0xFFFFFFFF> code_limit;
  MemoryLimits memory;
  gp::ChainMac chain_mac = gp::ChainMac::whole;
};
inline constexpr auto install_for_load =
    command<InstallForLoad>(
        "install_for_load", "INSTALL [for load]: announce a package",
        "install_for_load -pkgAID D0D1D2D3D4D501 -nvCodeLimit 1000",
        option("-pkgAID", &InstallForLoad::package_aid, "package AID").if_absent("empty"),
        option("-sdAID", &InstallForLoad::security_domain, "security domain to load into")
            .if_absent("the selected one"),
        option("-nvCodeLimit", &InstallForLoad::code_limit, "memory for the code in bytes"),
        group(&InstallForLoad::memory, memory_options),
        option("-chainMac", &InstallForLoad::chain_mac, kChainMacHelp))
        .fails_as("install_for_load() returns");

struct InstallForInstall {
  std::optional<Aid> package_aid;
  std::optional<Aid> aid;
  std::optional<Aid> instance_aid;
  PrivilegeNumber privileges;
  MemoryLimits memory;
  InstallParameters parameters;
  gp::ChainMac chain_mac = gp::ChainMac::whole;
};
inline constexpr auto install_for_install =
    command<InstallForInstall>(
        "install_for_install", "INSTALL [for install]: create an instance of a loaded applet",
        "install_for_install -pkgAID D0D1D2D3D4D501 -AID D0D1D2D3D4D50101 -instAID D0D1D2D3D4D50101 -priv 0",
        option("-pkgAID", &InstallForInstall::package_aid, "package AID").if_absent("empty"),
        option("-AID", &InstallForInstall::aid, "the applet's class AID").if_absent("empty"),
        option("-instAID", &InstallForInstall::instance_aid, "instance AID").if_absent("empty"),
        option("-priv", &InstallForInstall::privileges, "privileges"),
        group(&InstallForInstall::memory, memory_options),
        group(&InstallForInstall::parameters, parameter_options),
        option("-chainMac", &InstallForInstall::chain_mac, kChainMacHelp))
        .fails_as("install_for_install() returns");

struct InstallForMakeSelectable {
  std::optional<Aid> instance_aid;
  PrivilegeNumber privileges;
  gp::ChainMac chain_mac = gp::ChainMac::whole;
};
inline constexpr auto install_for_make_selectable =
    command<InstallForMakeSelectable>(
        "install_for_make_selectable", "INSTALL [for make selectable]: let an instance be selected",
        "install_for_make_selectable -instAID D0D1D2D3D4D50101 -priv 0",
        option("-instAID", &InstallForMakeSelectable::instance_aid, "instance AID").if_absent("empty"),
        option("-priv", &InstallForMakeSelectable::privileges, "privileges"),
        option("-chainMac", &InstallForMakeSelectable::chain_mac, kChainMacHelp))
        .fails_as("install_for_make_selectable() returns");

struct InstallForPersonalization {
  std::optional<Aid> aid;
};
inline constexpr auto install_for_personalization =
    command<InstallForPersonalization>(
        "install_for_personalization", "INSTALL [for personalization]: pass STORE DATA on to an application",
        "install_for_personalization -AID D0D1D2D3D4D50101",
        option("-AID", &InstallForPersonalization::aid, "the application").if_absent("empty"))
        .fails_as("install_for_personalization() returns");

struct StoreData {
  HexData<4096> data;
  std::optional<CStyleByte> format;
  CStyleByte encryption;
  Decimal<255> response_expected;
};
inline constexpr auto store_data =
    command<StoreData>(
        "store_data", "STORE DATA: personalise the selected domain or application",
        "store_data -data 4504CAFEBABE -dataFormat 0x10",
        option("-data", &StoreData::data, "what to store; cut into blocks wherever one is full"),
        option("-dataFormat", &StoreData::format, "0x08 DGI, 0x10 BER-TLV").if_absent("0"),
        option("-dataEncryption", &StoreData::encryption, "0x20 application dependent, 0x60 encrypted"),
        option("-responseDataExpected", &StoreData::response_expected, "not 0: ask for response data"))
        .fails_as("store_data() returns");

/// 6A88, 6A82, 6A80 and 6985: the object is not there, or something still refers to it.
inline constexpr std::array<std::uint16_t, 4> kDeleteGoesOn = {0x6A88, 0x6A82, 0x6A80, 0x6985};

struct Delete {
  std::optional<Aid> aid;
  gp::ChainMac chain_mac = gp::ChainMac::whole;
};
inline constexpr auto delete_object =
    command<Delete>("delete", "Delete an application, or a load file and what came from it",
                    "delete -AID D0D1D2D3D4D501",
                    option("-AID", &Delete::aid, "what to delete").if_absent("required"),
                    option("-chainMac", &Delete::chain_mac, kChainMacHelp))
        .fails_as("delete() returns")
        .goes_on_at(kDeleteGoesOn);

}  // namespace gpsh::interpreter
