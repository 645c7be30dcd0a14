/* The files of this machine, through the preview server: Decap's proxy protocol, but pictures are
   listed by their names and fetched when they are shown, not all at once. */

export function localBackend(CMS) {
  const proxy = CMS.getBackend("proxy");
  return class {
    constructor(config, options) {
      const backend = proxy.init(config, options);
      const shown = (file) => {
        const url = `${config.backend.proxy_url}/media?path=${encodeURIComponent(file.path)}`;
        return { ...file, url, displayURL: url };
      };
      const ask = (action, params) =>
        backend.request({ action, params: { branch: backend.branch, ...params } });
      backend.getMedia = async (mediaFolder = config.media_folder) =>
        (await ask("getMedia", { mediaFolder })).map(shown);
      backend.getMediaFile = async (path) => {
        const media = shown({ id: path, name: path.split("/").pop(), path });
        const blob = await (await fetch(media.url)).blob();
        return { ...media, size: blob.size, file: new File([blob], media.name, { type: blob.type }) };
      };
      backend.getNotes = async () => [];
      return backend;
    }
  };
}
