#pragma once
// Where the tests find cores and games.
#include "cloudretro/protocol.hpp"

#include <string>

namespace cloudretro::test {

protocol::Load testCard(const std::string& name); // "plain": plain.card in the test core
protocol::Load customCard(const std::string& name, const std::string& lines);
protocol::Load testRom(const std::string& file);                          // "flash.nes" in nestopia
protocol::Load ownGame(const std::string& core, const std::string& file); // "nestopia", "nes/Paint Paws.nes"
protocol::Load padsRom(); // pads.pce, which tells which pad holds a button
protocol::Load stubRom(const std::string& core, const std::string& file, const std::string& bytes);
std::string builtFile(const std::string& path);     // below the build's cores/
std::string installedCore(const std::string& name); // "nestopia": the path of Debian's
std::string scratchFile(
    const std::string& name, const std::string& bytes); // in a folder that ends with the tests

}
