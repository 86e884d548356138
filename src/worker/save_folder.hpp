#pragma once
// The folder into which a core writes by itself: looked after, and packed when something in it has changed.
#include "base/loop.hpp"
#include "cloudretro/protocol.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cloudretro::worker {

// Lives on the loop. Nothing is called back after it was destroyed.
class SaveFolder {
public:
    // What is in `dir` now is news only if `fresh`. Archives come into `keepDir`.
    SaveFolder(std::filesystem::path dir, std::filesystem::path keepDir, bool fresh);

    // Packs what has changed, though it may change still, and then calls `done`; at once, when nothing has.
    void finish(std::function<void()> done);

    // In a file that is the listener's from then on: a tar, compressed; `size` before that.
    std::function<void(const protocol::SavedBytes&)> onPacked;

private:
    void look();
    void pack(const std::string& state);
    void packed(const std::string& state, const protocol::SavedBytes& archive);

    const std::filesystem::path dir_, keepDir_;
    std::string seen_, packed_; // what it looked like: last, and when it was packed
    int number_ = 0;
    bool packing_ = false;
    std::function<void()> finished_;
    base::Watch looks_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}
