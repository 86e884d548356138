import {drawText, lineHeight, textWidth} from './pixel_font.js';

const dot = 3;

/**
 * Writes the project's name into a canvas in the colours of the page, and again when these change.
 * @param {HTMLCanvasElement} canvas
 * @param {string} text
 */
export function paintWordmark(canvas, text) {
  canvas.width = textWidth(text) + 1;
  canvas.height = lineHeight + 1;
  canvas.style.width = `${dot * canvas.width}px`;
  canvas.style.height = `${dot * canvas.height}px`;
  const paint = () => {
    const context = canvas.getContext('2d');
    const style = getComputedStyle(canvas);
    if (!context) return;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = style.getPropertyValue('--wordmark-shadow');
    drawText(text, (x, y) => context.fillRect(x + 1, y + 1, 1, 1));
    context.fillStyle = style.getPropertyValue('--ink');
    drawText(text, (x, y) => context.fillRect(x, y, 1, 1));
  };
  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
}
