"""The recogniser of text lines: rapidocr's model, run on one line at a time so that no line alters another."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import rapidocr_onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from gk_pipeline.documents.scan.upright import Grey

THREADS = 1
"""Threads of the recogniser: files are spread over processes, which must not ask for more than there are."""

_HEIGHT = 48
_NARROWEST, _WIDEST = 48, 3200
_MODEL = "ch_PP-OCRv4_rec_infer.onnx"


class Letter(NamedTuple):
    """A character as recognised, its probability, and where in the line it is, in pixels of the line."""

    text: str
    probability: float
    place: float


class Recogniser:
    """Reads pictures of one line of text."""

    def __init__(self) -> None:
        path = Path(rapidocr_onnxruntime.__file__).parent / "models" / _MODEL
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = THREADS
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        listed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self.alphabet = ("", *listed, " ")

    def odds(self, line: Grey) -> NDArray[np.float32]:
        """For each step through a line the probability of every character of the alphabet; the first is none."""
        height, width = line.shape
        wide = min(max(round(width * _HEIGHT / height), 8), _WIDEST)
        scaled = cv2.resize(
            line, (wide, _HEIGHT), interpolation=cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
        )
        canvas = np.full((_HEIGHT, max(_NARROWEST, -(-wide // 8) * 8)), 255, np.uint8)
        canvas[:, :wide] = scaled
        signal = (canvas.astype(np.float32) / 127.5 - 1)[None, None].repeat(3, axis=1)
        return self._session.run(None, {self._input: signal})[0][0]  # type: ignore[no-any-return]

    def read(self, line: Grey) -> list[Letter]:
        """The characters of a line."""
        odds = self.odds(line)
        best = odds.argmax(axis=1)
        canvas = max(_NARROWEST, -(-round(line.shape[1] * _HEIGHT / line.shape[0]) // 8) * 8)
        step_width = canvas * line.shape[0] / _HEIGHT / len(best)
        found = []
        for step, char in enumerate(best.tolist()):
            if char and (step == 0 or best[step - 1] != char):
                found.append(Letter(self.alphabet[char], float(odds[step, char]), (step + 0.5) * step_width))
        return found


@cache
def recogniser() -> Recogniser:
    """The recogniser of this process, made when first asked for."""
    return Recogniser()
