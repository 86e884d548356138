/** The rooms' thumbnails: an <img> cannot send the token, so each is fetched, once per picture. */
export class Pictures {
  /** @param {(path: string) => Promise<Blob>} fetchPicture */
  constructor(fetchPicture) {
    this.fetch_ = fetchPicture;
  }

  /** @param {HTMLImageElement} image  @param {string} path  empty: none */
  async show(image, path) {
    if (image.dataset.path === path) return;
    image.dataset.path = path;
    const blob = path ? await this.fetch_(path).catch(() => null) : null;
    if (image.dataset.path !== path) return;
    URL.revokeObjectURL(image.src);
    image.hidden = !blob;
    if (blob) image.src = URL.createObjectURL(blob);
    else image.removeAttribute('src');
  }
}
