// What a .card file asks of the test core: lines of key=value, '#' starts a comment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testcard {

struct Card {
    // Picture.
    std::string format = "xrgb8888"; // or rgb565, 0rgb1555
    unsigned width = 320, height = 240;
    unsigned padding = 0;   // bytes after each line of pixels
    unsigned rotation = 0;  // quarter turns counter-clockwise, announced, not drawn
    double aspect = 0;      // 0: not said
    bool video = true;      // false: the video callback is never called
    unsigned duplicate = 0; // every n-th frame is NULL ("same as before")
    unsigned lag = 0;       // frames from reading the pads to showing them

    // Time.
    double fps = 60;
    unsigned slow = 0; // milliseconds that each frame wastes, busily

    // Sound: a sine wave while any A is held, or always.
    unsigned rate = 48000;
    std::string audio = "batch"; // or single, none
    double tone = 440;
    bool always = false;

    // Changes on the way; frame 0 is the first, 0 here means never.
    unsigned geometryAfter = 0; // SET_GEOMETRY to newWidth x newHeight
    unsigned avAfter = 0;       // SET_SYSTEM_AV_INFO, the same with newFps and newRate
    unsigned newWidth = 160, newHeight = 120;
    double newFps = 50;
    unsigned newRate = 48000;

    // The frontend's services.
    std::string options = "none"; // or v0, v1, v2: core options, answers are drawn
    bool directories = false;     // asks for system and save directory, answers are drawn
    std::string bios;             // a file without which the card does not load
    unsigned sram = 64;           // bytes of save memory
    bool states = true;           // false: cannot serialize
    bool restless = false;        // a state that is loaded does not bring everything back

    // Misbehaviour.
    unsigned crashAfter = 0, hangAfter = 0, shutdownAfter = 0;
    bool selectCrashes = false, selectHangs = false;
    std::string deed;    // see deeds.cpp: tried once, before frame 5 is drawn; cell 24 is red if it worked
    bool atLoad = false; // while the game is loaded instead: fails to load if it worked
    bool loads = true;
    std::string message; // shown when loading, whether that succeeds or not
};

// Parses a card. Nothing, and a sentence in `error`, when a line cannot be understood.
std::optional<Card> parse(std::string_view text, std::string& error);

} // namespace testcard
