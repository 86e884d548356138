// How large a picture is shown.

/**
 * @param {{height: number, aspect: number}} picture  in the game's own pixels
 * @param {{width: number, height: number}} box       in CSS pixels
 * @param {{whole: boolean, density: number}} options whole: each of the game's lines is a whole number of the
 *                                                    screen's; density: device pixels per CSS pixel
 * @returns {{width: number, height: number}} CSS pixels
 */
export function fit({height: lines, aspect}, box, {whole, density}) {
  const height = Math.min(box.height, box.width / aspect);
  const times = Math.floor(height * density / lines);
  if (!whole || times < 1) return {width: height * aspect, height};
  const exact = times * lines / density;
  return {width: exact * aspect, height: exact};
}
