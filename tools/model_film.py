"""Makes ``tests/model_film.webm``: a second of layers of water, drawn and recorded by Chromium itself.

.venv/bin/python tools/model_film.py
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from newsroom.audit.chromium import chromium, find_chromium

TARGET = Path(__file__).parent.parent / "tests/model_film.webm"
RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const brush = canvas.getContext("2d");
  const kind = { mimeType: "video/webm", videoBitsPerSecond: 60000 };
  const recorder = new MediaRecorder(canvas.captureStream(10), kind);
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  for (let step = 0; step < 10; step += 1) {
    ["#06303b", "#17505e", "#2c6371", "#4a818e", "#7ca7b0"].forEach((colour, layer) => {
      brush.fillStyle = colour;
      brush.fillRect(0, 180 - (5 - layer) * (14 + step), 320, 180);
    });
    await new Promise((done) => setTimeout(done, 100));
  }
  recorder.stop();
  await new Promise((done) => (recorder.onstop = done));
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}"""


def main() -> None:
    """Record and write."""
    with chromium(find_chromium()) as browser:
        data = browser.new_page().evaluate(RECORD)
    TARGET.write_bytes(base64.b64decode(data))


if __name__ == "__main__":
    main()
