"""Reports on paper, scanned: a page is printed by chromium, rendered, and then suffers what scanners do to it.

Nothing is fetched: chromium prints a file of its own folder, with the fonts that are installed.
"""

import io
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]

CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer"),
)
STYLE = """<style>
@page {{ size: A4; margin: 18mm 15mm }}
body {{ font: {size}pt '{font}', sans-serif; line-height: 1.5 }}
table {{ border-collapse: collapse; width: 100%; margin: 6pt 0 }}
td, th {{ border: {rule}px solid black; padding: {padding}pt 3pt; text-align: center }}
td, th {{ font: {table_size}pt '{digits}', '{font}', sans-serif; line-height: 1.3 }}
tr {{ break-inside: avoid }}
</style>"""


@dataclass(frozen=True)
class Look:
    """How a report is typeset: fonts, sizes in points, rules in pixels, padding of cells in points."""

    font: str = "Noto Serif CJK SC"
    digits: str = "Noto Serif CJK SC"
    size: float = 11
    table_size: float = 9.5
    rule: float = 1
    padding: float = 2


LOOKS = {
    "song": Look("AR PL UMing CN", "AR PL UMing CN"),
    "hei": Look("WenQuanYi Zen Hei", "WenQuanYi Zen Hei"),
    "noto serif": Look(),
    "noto sans": Look("Noto Sans CJK SC", "Noto Sans CJK SC"),
    "song, times": Look("AR PL UMing CN", "Liberation Serif", table_size=10),
    "hei, arial": Look("WenQuanYi Micro Hei", "Liberation Sans", table_size=9),
    "kai": Look("AR PL UKai CN", "AR PL UKai CN", table_size=10),
}


@dataclass(frozen=True)
class Wear:
    """What a scanner does: degrees, blur in pixels, noise in grey levels, share of specks, light, JPEG quality."""

    angle: float
    blur: float
    noise: float
    specks: float
    shade: float
    quality: int


def worn(random: np.random.Generator, dpi: int) -> Wear:
    """Some wear, as scanners go."""
    return Wear(
        angle=float(random.choice((-1, 1)) * random.uniform(0.5, 1.5)),
        blur=float(random.uniform(0.5, 0.8) * dpi / 200),
        noise=float(random.uniform(3, 10)),
        specks=float(random.uniform(0, 2e-4)),
        shade=float(random.uniform(0.05, 0.3)),
        quality=int(random.integers(60, 90)),
    )


def printed(html: str, look: Look) -> bytes:
    """The PDF that chromium prints of a page."""
    style = STYLE.format(**vars(look))
    with TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(f'<meta charset="utf-8">{style}{html}', encoding="utf-8")
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return pdf.read_bytes()


def rendered(pdf: bytes, dpi: int) -> list[Picture]:
    """The pages of a PDF in grey."""
    pages = (page.render(scale=dpi / 72, grayscale=True) for page in pypdfium2.PdfDocument(pdf))
    return [np.array(page.to_pil().convert("L")) for page in pages]


def together(pages: Sequence[bytes]) -> bytes:
    """Scanned pages as one TIFF file, without another loss."""
    first, *others = [Image.open(io.BytesIO(page)) for page in pages]
    file = io.BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=others, compression="tiff_lzw")
    return file.getvalue()


def scanned(page: Picture, wear: Wear, random: np.random.Generator) -> bytes:
    """The page as a JPEG file after it has been scanned."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), wear.angle, 1)
    image = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255).astype(np.float32)
    image = cv2.GaussianBlur(image, (0, 0), wear.blur)
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    direction = random.uniform(0, 2 * np.pi)
    slope = (np.cos(direction) * across + np.sin(direction) * down) / 2
    image = 20 + image * (235 / 255) * (1 - wear.shade * (0.5 + slope) / 1.4)
    image += random.normal(0, wear.noise, image.shape)
    specks = cv2.dilate((random.random(image.shape) < wear.specks).astype(np.uint8), np.ones((2, 2), np.uint8))
    image[specks > 0] = random.uniform(30, 120)
    _, jpeg = cv2.imencode(".jpg", np.clip(image, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, wear.quality])
    return jpeg.tobytes()
