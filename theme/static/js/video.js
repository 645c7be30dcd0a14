// The poster of a video is a link to its page on another site. A plain click puts that site's player in
// the poster's place instead; before it nothing is asked of the other site.
(() => {
  const SANDBOX = "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox";

  const player = (link) => {
    const frame = document.createElement("iframe");
    frame.className = "video__frame";
    frame.title = link.dataset.title;
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute("sandbox", SANDBOX);
    frame.src = link.dataset.player;
    return frame;
  };

  // Who finds no player there, or an unwilling one, still has the way to the video's own page.
  const way = (link) => {
    const shown = document.createElement("a");
    shown.href = link.href;
    shown.rel = "noopener";
    shown.textContent = `Открыть на ${link.dataset.host}`;
    return shown;
  };

  for (const link of document.querySelectorAll("[data-player]")) {
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const frame = player(link);
      link.closest("figure").querySelector("[data-video-note]").replaceChildren(way(link));
      link.replaceWith(frame);
      frame.focus();
    });
  }
})();
