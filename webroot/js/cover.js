/**
 * @param {HTMLCanvasElement} canvas
 * @param {import('./protocol.js').Game} game
 */
export function paintCover(canvas, game) {
  canvas.width = 80;
  canvas.height = 60;
  void game;
}
