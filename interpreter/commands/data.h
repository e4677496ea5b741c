// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "interpreter/command_spec.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

struct GetData {
  DataIdentifier identifier;
};
inline constexpr auto get_data =
    command<GetData>("get_data", "Read a data object and print it in hex", "get_data -identifier 9F7F",
                     option("-identifier", &GetData::identifier, "the object's tag"))
        .fails_as("get_data() returns");

struct GetCardRecognitionData {};
inline constexpr auto get_card_recognition_data =
    command<GetCardRecognitionData>("get_card_recognition_data",
                                    "Read and decode the card recognition data (GET DATA 0066)",
                                    "get_card_recognition_data")
        .fails_as("get_card_recognition_data() returns");

struct GetKeyInformationTemplates {
  Decimal<255> key_template;
};
inline constexpr auto get_key_information_templates =
    command<GetKeyInformationTemplates>("get_key_information_templates",
                                        "List the keys of the selected security domain",
                                        "get_key_information_templates -keyTemplate 0",
                                        option("-keyTemplate", &GetKeyInformationTemplates::key_template,
                                               "which template, the first byte of its tag"))
        .fails_as("get_key_information_templates() returns");

struct GetExtendedCardResourcesInformation {};
inline constexpr auto get_extended_card_resources_information =
    command<GetExtendedCardResourcesInformation>("get_extended_card_resources_information",
                                                 "Print the number of applications and the free memory",
                                                 "get_extended_card_resources_information")
        .fails_as("get_extended_card_resources_information() returns");

inline constexpr std::array kRegistryElements = {
    Choice{"80", "issuer security domain"}, Choice{"40", "applications and security domains"},
    Choice{"20", "load files"}, Choice{"10", "load files with their modules"}};

struct GetStatus {
  HexByte element;
  StatusFormat format = StatusFormat::tagged;
};
inline constexpr auto get_status =
    command<GetStatus>(
        "get_status", "List what is on the card", "get_status -element 40",
        option(
            "-element", &GetStatus::element,
            "what to list: 80 issuer security domain, 40 applications and security domains, 20 load files, "
            "10 load files with their modules; bits may be combined")
            .mostly(kRegistryElements),
        option("-format", &GetStatus::format,
               "response format: 0 the old one, 2 TLV; mode_201 uses the old one"))
        .fails_as("get_status() returns");

}  // namespace gpsh::interpreter
