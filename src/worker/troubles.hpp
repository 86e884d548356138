#pragma once
// What players are told when this machine cannot do its part.
#include "base/failure.hpp"

namespace cloudretro::worker {

base::Failure badOrder();        // of the coordinator
base::Failure cannotWriteSave(); // to this disk

}
