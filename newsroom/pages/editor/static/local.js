/* The files of this machine, through the preview server: Decap's proxy protocol, but pictures are
   listed by their names and fetched when they are shown, not all at once, and a text is saved with the
   id of what was read: nothing that another wrote meanwhile is written over. */

export function localBackend(CMS) {
  const proxy = CMS.getBackend("proxy");
  return class {
    constructor(config, options) {
      const backend = proxy.init(config, options);
      backend.request = rememberingIds(backend.request.bind(backend));
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

/** `request`, with the id of each text as it was opened or saved here last; a list opens nothing. */
export function rememberingIds(request) {
  const ids = new Map();
  return async ({ action, params }) => {
    if (action !== "persistEntry") {
      const answer = await request({ action, params });
      if (action === "getEntry") ids.set(params.path, answer.file.id);
      return answer;
    }
    const dataFiles = params.dataFiles.map((file) => ({ ...file, id: ids.get(file.path) ?? null }));
    const answer = await request({ action, params: { ...params, dataFiles } });
    for (const [path, id] of Object.entries(answer.ids)) ids.set(path, id);
    return answer;
  };
}
