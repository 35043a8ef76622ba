// Files of the picture: a drawing, and an image made from that drawing, so that both say the same.

const IMAGE_AT_MOST = 8000; // pixels of a side

async function savePng(picture) {
  try {
    await drawPng(picture);
  } catch {
    say(picture, "This browser cannot make an image of this size. Save the drawing (SVG) instead.");
    picture.data.note = picture.live.textContent;
    drawBanner(picture);
  }
}

async function drawPng(picture) {
  const { text, wide, high } = svgFile(picture);
  const scale = Math.min(2, IMAGE_AT_MOST / wide, IMAGE_AT_MOST / high);
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  image.src = address;
  await image.decode();
  const canvas = element("canvas", { width: Math.round(wide * scale), height: Math.round(high * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("no image");
  save(picture, "png", blob);
}

function saveSvg(picture) {
  save(picture, "svg", new Blob([svgFile(picture).text], { type: "image/svg+xml" }));
}

function save(picture, ending, blob) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: `${picture.data.file}.${ending}` });
  picture.host.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
