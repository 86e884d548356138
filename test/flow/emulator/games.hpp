#pragma once
// Where the tests find cores and games.
#include "cloudretro/protocol.hpp"

#include <string>

namespace cloudretro::test {

protocol::Load testCard(const std::string& name);   // "plain": plain.card in the test core
protocol::Load testRom(const std::string& file);    // "flash.nes" in nestopia
std::string builtFile(const std::string& path);     // below the build's cores/
std::string installedCore(const std::string& name); // "nestopia": the path of Debian's
std::string scratchFile(
    const std::string& name, const std::string& bytes); // in a folder that ends with the tests

}
