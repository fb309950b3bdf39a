"""Trained models, small enough to keep beside the code, and what runs them: numpy for one, onnxruntime for the other."""
