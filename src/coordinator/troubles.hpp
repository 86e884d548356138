#pragma once
// What players are told when something goes wrong in the coordinator: every sentence in one place.
#include "cloudretro/protocol.hpp"
#include "coordinator/catalogue.hpp"

#include <chrono>
#include <string>

namespace cloudretro::coordinator {

protocol::Trouble unknownGame(const std::string& id);
protocol::Trouble unreadableGame(const std::string& name);
protocol::Trouble unknownRoom();
protocol::Trouble noWorker();
protocol::Trouble noCapacity();
protocol::Trouble missingCore(const System& system);
protocol::Trouble missingCoreThere(const System& system);
protocol::Trouble unknownPlace(const std::string& name);
protocol::Trouble removedFromRoom();
protocol::Trouble lockedRoom();
protocol::Trouble goesOnElsewhere();
protocol::Trouble startTimedOut();
protocol::Trouble wrongVersion();
protocol::Trouble badMessage();

protocol::Trouble noPlace(); // for a room whose machine was lost

// Saves
protocol::Trouble mayNotSave();
protocol::Trouble cannotSaveNow();
protocol::Trouble notSavedInTime();
protocol::Trouble notLoadedInTime();
protocol::Trouble machineLost();
protocol::Trouble noSuchSave();
protocol::Trouble savedTooLate();
protocol::Trouble onlyWorkers();
protocol::Trouble noPlayer();
protocol::Trouble tooManyUploads(std::chrono::seconds wait);

// HTTP
protocol::Trouble nothingHere();
protocol::Trouble badRequest();
protocol::Trouble badQrText();
protocol::Trouble strangeOrigin();
protocol::Trouble notLoggedIn();
protocol::Trouble wrongPassword();
protocol::Trouble tooManyAttempts(std::chrono::seconds wait);
protocol::Trouble noAdmin();
protocol::Trouble wrongAdminToken();
protocol::Trouble notPossible(); // what an administrator asked for

}
