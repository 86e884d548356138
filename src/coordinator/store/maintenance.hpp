#pragma once
// What `cloudretro saves …` does. Each runs the loop until it is done, so nothing else may live on it. Throws
// Failure when the store cannot be reached or the disk fails. The server may run meanwhile.
#include "coordinator/store/archive.hpp"
#include "coordinator/store/saves.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace cloudretro::coordinator::store {

struct Verified {
    std::size_t versions = 0, bad = 0;
};
// Reads every version back: object and thumbnail are there, match their hash, and unpack to their size.
// `report` gets a sentence for each that does not.
Verified verify(Saves& saves, const std::function<void(const std::string&)>& report);

struct Collected {
    std::size_t objects = 0, bytes = 0;
};
// Removes objects that nothing points to. One that is younger than an hour stays: its pointer may be yet to
// come.
Collected collectGarbage(Saves& saves);

std::size_t exportTo(Saves& saves, ArchiveWriter& archive); // how many versions

struct Imported {
    std::size_t versions = 0;
    std::size_t skippedSlots = 0; // that have saves here already: those are left alone
};
// All objects first, then the pointers. An archive that is incomplete or damaged changes no slot.
Imported importFrom(Saves& saves, ArchiveReader& archive);

}
