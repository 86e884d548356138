#pragma once
// The smallest program of each console, an endless loop, made here: foreign games may not be shipped.
#include <string>

namespace cloudretro::test {

std::string gameBoyStub();
std::string gameBoyAdvanceStub();
std::string superNesStub();
std::string pcEngineStub();
std::string virtualBoyStub();
std::string wonderSwanStub();
std::string nintendoDsStub();

}
