#pragma once
// Small photos of the game for people who are not in the room.
#include "room/picture_pool.hpp"

#include <functional>
#include <memory>
#include <string>

namespace cloudretro::room {

// Lives on the loop. Costs nothing between photos; one at a time.
class Photographer {
public:
    // `done` gets a JPEG in base64, upright and of the right aspect, on the loop and later; never when there
    // is no picture, when the one before is not done, or when this object goes first.
    void take(const base::Ref<GstBuffer>& picture, const Shape& shape, double aspect,
        std::function<void(const std::string&)> done);

private:
    using Done = std::function<void(const std::string&)>;
    static void developed(GstSample* sample, GError* error, gpointer wanted);

    std::shared_ptr<Done> wanted_; // null: nothing is being done
};

}
