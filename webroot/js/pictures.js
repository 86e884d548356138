/** Pictures that an <img> cannot ask for itself, since it sends no header: each is fetched once per path and element. */
export class Pictures {
  /** @param {(path: string) => Promise<Blob>} fetchPicture */
  constructor(fetchPicture) {
    this.fetch_ = fetchPicture;
  }

  /** @param {HTMLImageElement} image  @param {string} path  empty: none */
  async show(image, path) {
    if ((image.dataset.path ?? '') === path) return;
    image.dataset.path = path;
    const blob = path ? await this.fetch_(path).catch(() => null) : null;
    if (image.dataset.path !== path) return;
    image.hidden = !blob;
    if (!blob) return image.removeAttribute('src');
    const url = URL.createObjectURL(blob);
    image.onload = image.onerror = () => URL.revokeObjectURL(url);
    image.src = url;
  }
}
