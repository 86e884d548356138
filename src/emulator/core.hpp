#pragma once
// A libretro core with a game in it.
#include "cloudretro/protocol.hpp"
#include "emulator/audio.hpp"
#include "emulator/content.hpp"
#include "emulator/environment.hpp"
#include "emulator/input.hpp"
#include "emulator/library.hpp"
#include "emulator/video.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace cloudretro::emulator {

// The folders that `load` names for a core's files. Throws Failure "no-save-folder".
void makeFolders(const protocol::Load& load);

// Calls a function at the end: the one that undoes what was just done.
class Undo {
public:
    explicit Undo(void (*call)()) : call_(call) {}
    Undo(const Undo&) = delete;
    Undo& operator=(const Undo&) = delete;
    ~Undo() { call_(); }

private:
    void (*call_)();
};

// At most one in a process: libretro's callbacks carry no pointer to whom they belong. Calls the core on the
// thread that made it; `video`, `audio` and `input` must outlive it.
class Core {
public:
    // Loads the game. Throws Failure, in words for a player: "missing-core", "broken-core", "missing-game",
    // "broken-game", "missing-firmware", "picture-too-large".
    Core(const protocol::Load& load, Video& video, Audio& audio, Input& input);
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    // One frame. Not `shown`: its picture is not wanted, as far as the one after does not refer to it.
    void run(Run run = Run::Fresh, bool shown = true);
    void reset() const;

    // The game's state: how large it is at most, 0 where the core has none; out into memory of that size; and
    // in again. False: the core refuses.
    std::size_t stateSize() const { return library_.serializeSize(); }
    bool saveState(std::span<std::byte> into) const { return library_.serialize(into.data(), into.size()); }
    bool loadState(std::span<const std::byte> state) const {
        return library_.unserialize(state.data(), state.size());
    }

    std::span<std::byte> sram() const; // the core's own memory, read and written by both; may be empty

    protocol::Loaded describe() const;
    protocol::TimingChanged timing() const { return environment_.timing(); }
    bool wantsShutdown() const { return environment_.wantsShutdown(); }

private:
    struct Callbacks;
    void loadGame(const protocol::Load& load);
    void plugInPads();

    static inline Core* current_ = nullptr;

    Library library_;
    Video& video_;
    Audio& audio_;
    Input& input_;
    Environment environment_;
    std::optional<Undo> installed_, initialized_;
    std::optional<Content> content_;
    std::optional<Undo> loaded_;
};

}
