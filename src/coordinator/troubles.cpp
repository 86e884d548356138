#include "coordinator/troubles.hpp"

#include <algorithm>

namespace cloudretro::coordinator {

using protocol::Trouble;

Trouble unknownGame(const std::string& id) {
    return {"unknown-game", "There is no game \"" + id + "\" in the library.",
        "Go back to the library and choose another, or add the file to the games folder."};
}

Trouble unreadableGame(const std::string& name) {
    return {"missing-game", "The file of the game \"" + name + "\" cannot be read, or is empty.",
        "Look whether it is still in the games folder, and readable, then reload the library."};
}

Trouble unknownRoom() {
    return {
        "unknown-room", "This room does not exist any more.", "Go to the library and start the game again."};
}

Trouble noWorker() {
    return {"no-worker", "No machine that could run a game is connected.",
        "Try again in a moment; if it stays so, whoever runs this server needs to start a worker."};
}

Trouble noCapacity() {
    return {"no-capacity", "All machines are busy with other games.",
        "Try again in a few minutes, or join a friend's room."};
}

Trouble missingCore(const System& system) {
    const auto packaged = std::find_if(
        system.cores.begin(), system.cores.end(), [](const Core& core) { return !core.package.empty(); });
    return {"missing-core", "The emulator for " + system.name + " is not installed.",
        packaged == system.cores.end()
            ? "Put its libretro core \"" + system.cores.front().name +
                  "\" into a cores folder and start again."
            : "Whoever runs this server can install it: apt install " + packaged->package + "."};
}

Trouble missingCoreThere(const System& system) {
    return {"missing-core", "The place that you chose has no emulator for " + system.name + ".",
        "Choose another region or machine, or none: then the nearest that has one is found."};
}

Trouble unknownPlace(const std::string& name) {
    return {"unknown-place", "No region or machine is called \"" + name + "\" now.",
        "Choose another, or none: then the nearest is found."};
}

Trouble removedFromRoom() {
    return {"removed", "The host of this room has asked you to leave.",
        "Start a game of your own from the library."};
}

Trouble lockedRoom() {
    return {"locked", "The host of this room lets nobody new in.", "Ask them to unlock it, then try again."};
}

Trouble goesOnElsewhere() {
    return {"elsewhere", "You are playing this game in another tab or window now.",
        "Close this one, or try again to have the game here."};
}

Trouble workerGone() {
    return {
        "worker-gone", "The machine that ran this game is gone.", "Start the game again from the library."};
}

Trouble startTimedOut() {
    return {"start-timeout", "The game did not start in time.",
        "Try again; if it happens every time, try another game."};
}

Trouble wrongVersion() {
    return {"version", "This page is of another version than the server.", "Reload the page."};
}

Trouble badMessage() {
    return {
        "bad-message", "The page sent something that the server does not understand.", "Reload the page."};
}

}
