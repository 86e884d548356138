#include "worker/troubles.hpp"

namespace cloudretro::worker {

base::Failure badOrder() {
    return {"bad-order", "The coordinator gave an order that cannot be right.",
        "Use the same version of the coordinator and the worker."};
}

base::Failure cannotWriteSave() {
    return {"no-space", "The machine that runs the game cannot write the save to its disk.",
        "Whoever runs this server has to look at the data folder of that worker."};
}

}
