#include "host.hpp"

#include "emulator_process.hpp"
#include "games.hpp"

namespace cloudretro::test {

int runHost() {
    base::dieWithParent();
    auto load = testCard("plain");
    load.systemDir = load.saveDir = ""; // who is killed leaves no folders
    EmulatorProcess emulator(load);
    emulator.awaitFrames(10);
    base::sendPacket(ipc::controlFd, std::to_string(emulator.pid()));
    return base::Loop().run();
}

}
