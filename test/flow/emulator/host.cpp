#include "host.hpp"

#include "emulator_process.hpp"
#include "games.hpp"

namespace cloudretro::test {

int runHost() {
    base::dieWithParent();
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(10);
    base::sendPacket(ipc::controlFd, std::to_string(emulator.pid()));
    return base::Loop().run();
}

}
