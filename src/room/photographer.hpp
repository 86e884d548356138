#pragma once
// Small photos of the game for people who are not in the room.
#include "room/picture_pool.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cloudretro::room {

// Lives on the loop. Costs nothing between photos; one at a time, which all get who ask meanwhile.
class Photographer {
public:
    // `done` gets a JPEG in base64, upright and of the right aspect, on the loop; nothing when there is no
    // picture, or none that can be converted. Never called when this object goes first.
    void take(const base::Ref<GstBuffer>& picture, const Shape& shape, double aspect,
        std::function<void(const std::string&)> done);

private:
    using Done = std::vector<std::function<void(const std::string&)>>;
    struct Order {
        Photographer* self;
        std::weak_ptr<Done> wanted;
    };
    static void developed(GstSample* sample, GError* error, gpointer order);

    std::shared_ptr<Done> wanted_; // null: nothing is being done
};

}
