// Flags ▶ role ▶ exit code.
#include "base/child.hpp"
#include "base/config.hpp"
#include "base/describe_protocol.hpp"
#include "base/failure.hpp"
#include "base/glib.hpp"
#include "base/log.hpp"
#include "coordinator/role.hpp"
#include "coordinator/store/command.hpp"
#include "emulator/emulator.hpp"
#include "room/role.hpp"
#include "worker/relay.hpp"
#include "worker/role.hpp"

#include <sysexits.h>

#include <cstdlib>
#include <iostream>

namespace {

using namespace cloudretro;

int serve(const base::Config& config) {
    if (config.debug) g_setenv("G_MESSAGES_DEBUG", "cloudretro", FALSE); // children inherit it
    base::startLog(base::nameOf(config.role));
    switch (config.role) {
    case base::Role::All:
    case base::Role::Coordinator:
        return coordinator::run(config);
    case base::Role::Worker:
        return worker::run(config);
    case base::Role::Room:
        return room::run();
    case base::Role::Emulator:
        return emulator::run();
    case base::Role::Relay:
        return worker::runRelay();
    }
    return EX_SOFTWARE;
}

int obey(const base::CommandLine& line) {
    switch (line.request) {
    case base::Request::Serve:
        return serve(line.config);
    case base::Request::Saves:
        return coordinator::store::runSavesCommand(line.config, line.saves);
    case base::Request::CheckConfig:
        std::cout << "The configuration is good.\n";
        break;
    case base::Request::DescribeProtocol:
        std::cout << base::describeProtocol() << '\n';
        break;
    case base::Request::Nothing:
        break;
    }
    return EX_OK;
}

int exitCodeOf(const std::string& code) {
    if (code == "usage") return EX_USAGE;   // 64
    if (code == "config") return EX_CONFIG; // 78
    return EX_UNAVAILABLE;                  // 69: the port is in use, no processes left, …
}

}

int main(int argc, char** argv) {
    base::dieWithParent();
    try {
        return obey(base::readCommandLine(argc, argv));
    } catch (const base::Failure& failure) {
        std::cerr << "cloudretro: " << failure.what() << ' ' << failure.trouble().remedy << '\n';
        return exitCodeOf(failure.trouble().code);
    } catch (const std::exception& error) {
        std::cerr << "cloudretro: " << error.what() << '\n';
        return EX_SOFTWARE;
    }
}
