#include "coordinator/troubles.hpp"

#include "coordinator/qr.hpp"

#include <algorithm>

namespace cloudretro::coordinator {

using protocol::Trouble;

namespace {

std::string inWords(std::chrono::seconds wait) {
    return std::to_string(wait.count()) + (wait.count() == 1 ? " second" : " seconds");
}

}

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

Trouble noPlace() {
    return {"worker-gone", "The machine that ran this game is gone, and no other one is free.",
        "Start the game again from the library: it goes on from its last save."};
}

Trouble mayNotSave() {
    return {"may-not-save", "In this room only the host saves and loads.",
        "Ask the host, who can allow it to all who play."};
}

Trouble cannotSaveNow() { return {"not-now", "The game is not ready for this.", "Try again in a moment."}; }

Trouble notSavedInTime() {
    return {"save-timeout", "The game could not be saved in time.", "Try again in a moment."};
}

Trouble notLoadedInTime() {
    return {"load-timeout", "The save could not be loaded in time.", "Try again in a moment."};
}

Trouble machineLost() {
    return {"worker-gone", "The machine that runs this game was lost meanwhile.",
        "Try again once the game goes on."};
}

Trouble noSuchSave() {
    return {"no-save", "There is no such save.", "Look at the list of saves, and choose another."};
}

Trouble savedTooLate() { return {"save-timeout", "Nobody waits for this save any more.", "Save again."}; }

Trouble onlyWorkers() {
    return {"no-worker", "Only workers that know the secret may do this.",
        "Give the worker the coordinator's token file."};
}

Trouble noPlayer() { return {"no-player", "The page did not say whose saves it wants.", "Reload the page."}; }

Trouble tooManyUploads(std::chrono::seconds wait) {
    return {
        "too-many-uploads", "Too many saves were uploaded lately.", "Try again in " + inWords(wait) + "."};
}

Trouble nothingHere() { return {"unknown-path", "There is no such thing.", "Correct the address."}; }

Trouble badRequest() {
    return {"bad-request", "The server does not understand this request.", "Reload the page."};
}

Trouble badQrText() {
    return {"qr-text", "A QR code needs a text of 1 to " + std::to_string(maxQrBytes) + " bytes.",
        "Give a shorter one as ?text=…"};
}

Trouble strangeOrigin() {
    return {"origin", "This request comes from another site.", "Open this server's own page."};
}

Trouble notLoggedIn() { return {"password", "This server asks for a password.", "Log in on its page."}; }

Trouble wrongPassword() {
    return {"wrong-password", "This is not the password.", "Try again, or ask whoever runs this server."};
}

Trouble tooManyAttempts(std::chrono::seconds wait) {
    return {"too-many-attempts", "Too many wrong attempts.", "Try again in " + inWords(wait) + "."};
}

Trouble noAdmin() {
    return {"no-admin", "The admin page is switched off.",
        "Write a secret of 32 or more random characters into a file and start the server with "
        "--admin-token-file and its name."};
}

Trouble wrongAdminToken() {
    return {"wrong-token", "This is not the admin token.",
        "It stands in the file that --admin-token-file names."};
}

Trouble notPossible() {
    return {"not-possible", "This cannot be done: the room or worker is gone.", "Look at the list again."};
}

}
