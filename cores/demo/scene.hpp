// Draws the game. Holds nothing but what never changes while an arena is played.
#pragma once

#include "canvas.hpp"
#include "game.hpp"

namespace demo {

class Scene {
public:
    explicit Scene(const Arena& arena);

    const Canvas& draw(const Game& game);

private:
    void drawSky(const Game& game);
    void drawThings(const Game& game);
    void drawShip(const Game& game, int seat);
    void drawComet(const Game& game);

    Arena arena_;
    Canvas sky_; // gradient, clouds and planets
    Canvas canvas_;
};

// overlay.cpp: words and numbers over the picture.
void drawOverlay(Canvas& canvas, const Game& game, const Arena& arena);

// sky.cpp: what is behind everything and stands still.
void paintSky(Canvas& canvas, const Arena& arena);

} // namespace demo
